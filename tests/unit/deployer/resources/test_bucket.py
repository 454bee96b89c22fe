"""Buckets: closed unless a policy opens them, never somebody else's, and emptied before they go."""

import json
from dataclasses import replace
from typing import Any

import pytest

from deployer.access import reading_by_distribution
from deployer.aws import Aws
from deployer.planner import Step, Verb, plan
from deployer.problem import Problem
from deployer.resources.access_block import ACCESS
from deployer.resources.bucket import CORS, ENCRYPTION, EXPIRY, OWNER, WEBSITE, Bucket, BucketAdapter
from deployer.resources.bucket_policy import POLICY
from deployer.resources.resource import Found
from tests.unit.deployer.samples import PLACE, offline_aws, quiet, script

NAME = "bar-journeys"
PRIVATE = Bucket(NAME, PLACE.account, expiry_days=30)
READING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], "Principal": "*"}]}
PUBLIC = Bucket(NAME, PLACE.account, policy=READING)
OWNED = {"Bucket": NAME, "ExpectedBucketOwner": PLACE.account}
ANY = {"Bucket": NAME}
CLOSED = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
AES = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}]}
NOTHING = {
    "get_public_access_block": "NoSuchPublicAccessBlockConfiguration",
    "get_bucket_encryption": "ServerSideEncryptionConfigurationNotFoundError",
    "get_bucket_lifecycle_configuration": "NoSuchLifecycleConfiguration",
    "get_bucket_cors": "NoSuchCORSConfiguration",
    "get_bucket_policy": "NoSuchBucketPolicy",
}


@pytest.fixture
def aws() -> Aws:
    return offline_aws()


def step(aws: Aws, wanted: Bucket, answers: dict[str, Any]) -> Step:
    """What is done about a bucket of ours that answers so; what is not answered does not exist."""
    with script(aws.s3) as s3:
        for operation in ("get_bucket_policy", *NOTHING):  # which first tells whether it is ours
            if operation in answers:
                s3.add_response(operation, answers[operation], OWNED if operation == "get_bucket_policy" else ANY)
            else:
                s3.add_client_error(operation, NOTHING[operation])
        (found,) = plan([Found(wanted, BucketAdapter(aws, quiet).read(wanted))])
    return found


def answers(of: Bucket) -> dict[str, Any]:
    """How S3 answers about a bucket that is as it must be."""
    found: dict[str, Any] = {
        "get_public_access_block": {"PublicAccessBlockConfiguration": of.access_block()},
        "get_bucket_encryption": {"ServerSideEncryptionConfiguration": AES},
    }
    if of.lifecycle():
        found["get_bucket_lifecycle_configuration"] = {"Rules": of.lifecycle()}
    if of.policy:
        found["get_bucket_policy"] = {"Policy": json.dumps(of.policy)}
    return found


@pytest.mark.parametrize("bucket", [PRIVATE, PUBLIC], ids=["private", "public"])
def test_a_bucket_that_is_as_it_must_be_is_left_alone(aws: Aws, bucket: Bucket) -> None:
    assert step(aws, bucket, answers(bucket)).verb is Verb.LEAVE


def test_a_website_is_put_where_there_is_to_be_one_and_not_again(aws: Aws) -> None:
    website = {"IndexDocument": {"Suffix": "index.html"}}
    site = replace(PRIVATE, website=website)
    with script(aws.s3) as s3:
        s3.add_client_error("get_bucket_website", "NoSuchWebsiteConfiguration")
        s3.add_response("get_bucket_website", website, ANY)
        s3.add_response("put_bucket_website", {}, ANY | {"WebsiteConfiguration": website})
        adapter = BucketAdapter(aws, quiet)
        assert [adapter._website(NAME), adapter._website(NAME)] == [None, website]
        adapter.update(site, frozenset({WEBSITE}))
        s3.assert_no_pending_responses()
    assert site.state() == {**PRIVATE.state(), WEBSITE: website}


def test_a_bucket_without_a_policy_is_closed_in_every_way() -> None:
    assert PRIVATE.access_block() == CLOSED


def test_a_bucket_with_a_policy_is_opened_by_nothing_else() -> None:
    assert PUBLIC.access_block() == {**CLOSED, "BlockPublicPolicy": False, "RestrictPublicBuckets": False}


def test_a_bucket_that_only_a_distribution_reads_is_closed_in_every_way() -> None:
    policy = reading_by_distribution("arn:aws:s3:::bar", "arn:aws:cloudfront::123456789012:distribution/E1")
    assert all(Bucket("bar", PLACE.account, policy=policy).access_block().values())


def test_a_policy_beside_it_is_no_business_of_the_buckets(aws: Aws) -> None:
    beside = replace(PRIVATE, has_policy_beside=True)
    told = answers(beside) | {"get_bucket_policy": {"Policy": json.dumps(READING)}}
    assert step(aws, beside, told).verb is Verb.LEAVE


def test_whatever_is_missing_or_too_much_differs(aws: Aws) -> None:
    assert step(aws, PRIVATE, {}).differing == {ACCESS, ENCRYPTION, EXPIRY}
    opened = {
        "get_bucket_policy": {"Policy": json.dumps(READING)},
        "get_bucket_cors": {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]},
    }
    assert step(offline_aws(), PRIVATE, {**answers(PRIVATE), **opened}).differing == {CORS, POLICY}


def test_a_bucket_that_is_not_there_is_made(aws: Aws) -> None:
    with script(aws.s3) as s3:
        s3.add_client_error("get_bucket_policy", "NoSuchBucket", expected_params=OWNED)
        assert BucketAdapter(aws, quiet).read(PRIVATE) is None


def test_a_name_that_somebody_else_has_is_refused_and_not_removed(aws: Aws) -> None:
    with script(aws.s3) as s3:
        s3.add_client_error("get_bucket_policy", "AccessDenied")
        s3.add_client_error("get_bucket_policy", "AccessDenied")
        (found,) = plan([Found(PRIVATE, BucketAdapter(aws, quiet).read(PRIVATE))])
        assert BucketAdapter(aws, quiet).remains(PRIVATE) == []
    assert found.verb is Verb.REFUSE
    assert "owner: somebody else -> this account" in found.reason
    assert OWNER in PRIVATE.state()


def test_a_name_that_somebody_else_took_meanwhile_is_told(aws: Aws) -> None:
    with script(aws.s3) as s3:
        s3.add_client_error("create_bucket", "BucketAlreadyExists")
        with pytest.raises(Problem, match="the name bar-journeys is taken"):
            BucketAdapter(aws, quiet).create(PRIVATE)


def test_the_access_block_is_opened_before_the_policy_is_put(aws: Aws) -> None:
    with script(aws.s3) as s3:
        opened = {"Bucket": NAME, "PublicAccessBlockConfiguration": PUBLIC.access_block()}
        s3.add_response("put_public_access_block", {}, opened)
        s3.add_response("put_bucket_policy", {}, {"Bucket": NAME, "Policy": json.dumps(READING)})
        BucketAdapter(aws, quiet).update(PUBLIC, frozenset({POLICY, ACCESS}))
        s3.assert_no_pending_responses()


def test_what_must_not_be_is_taken_away(aws: Aws) -> None:
    with script(aws.s3) as s3:
        for operation in ("delete_bucket_lifecycle", "delete_bucket_cors", "delete_bucket_policy"):
            s3.add_response(operation, {}, {"Bucket": NAME})
        BucketAdapter(aws, quiet).update(Bucket(NAME, PLACE.account), frozenset({EXPIRY, CORS, POLICY}))
        s3.assert_no_pending_responses()


def test_every_version_on_every_page_is_deleted_before_the_bucket(aws: Aws) -> None:
    first, second = {"Key": "a", "VersionId": "1"}, {"Key": "a", "VersionId": "2"}
    more = {"IsTruncated": True, "NextKeyMarker": "a", "NextVersionIdMarker": "1"}
    with script(aws.s3) as s3:
        s3.add_response("list_object_versions", {"Versions": [first], **more})
        s3.add_response("delete_objects", {}, {"Bucket": NAME, "Delete": {"Objects": [first], "Quiet": True}})
        s3.add_response("list_object_versions", {"DeleteMarkers": [second]})
        s3.add_response("delete_objects", {}, {"Bucket": NAME, "Delete": {"Objects": [second], "Quiet": True}})
        s3.add_response("delete_bucket", {}, {"Bucket": NAME})
        BucketAdapter(aws, quiet).delete(PRIVATE)
        s3.assert_no_pending_responses()


def test_an_object_that_s3_keeps_is_told(aws: Aws) -> None:
    with script(aws.s3) as s3:
        s3.add_response("list_object_versions", {"Versions": [{"Key": "a", "VersionId": "1"}]})
        s3.add_response("delete_objects", {"Errors": [{"Key": "a", "Message": "Access Denied"}]})
        with pytest.raises(Problem, match="S3 did not delete a: Access Denied"):
            BucketAdapter(aws, quiet).delete(PRIVATE)


def test_a_bucket_that_is_gone_is_a_success(aws: Aws) -> None:
    with script(aws.s3) as s3:
        s3.add_client_error("list_object_versions", "NoSuchBucket")
        BucketAdapter(aws, quiet).delete(PRIVATE)
