"""Pages at a domain of one's own: CloudFront before a bucket that is closed to all others, there and back."""

from types import SimpleNamespace
from typing import Any

import pytest

from deployer import remote
from deployer.desired import pages_bucket
from deployer.executor import execute
from deployer.pipeline import Pipeline
from deployer.planner import Verb, to_do
from deployer.problem import Problem
from deployer.rehearsal.account import Account, Refused
from deployer.rehearsal.rehearsed import deploy, planned
from tests.aws_account.deployment import CERTIFICATE, DOMAIN, OWN_DOMAIN, way_to, whole_project, with_certificate

KINDS = ("origin access control", "response headers policy", "distribution")


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=lambda _: None))


@pytest.fixture
def way(account: Account) -> Pipeline:
    return way_to(with_certificate(account), whole_project(**OWN_DOMAIN))


@pytest.fixture
def deployed(way: Pipeline, account: Account) -> Account:
    deploy(way, account)
    return account


def kinds(steps: list[Any], verb: Verb) -> list[str]:
    return [step.resource.kind for step in steps if step.verb is verb and step.resource.kind in KINDS]


def remove(way: Pipeline) -> None:
    execute([step for step in way.plan_removal() if step.resource.kind in KINDS], way.adapters, way.report)


def distribution(account: Account) -> Any:
    """As it was last told to be."""
    return [one for verb in ("Create", "Update") for one in account.all(f"cloudfront:{verb}Distribution")][-1][
        "DistributionConfig"
    ]


def test_it_is_made_whole_and_then_there_is_nothing_to_do(way: Pipeline, account: Account) -> None:
    assert kinds(planned(way), Verb.CREATE) == list(KINDS)
    deploy(way, account)
    assert [step.title for step in to_do(planned(way))] == []


def test_it_answers_to_its_domain_by_tls_alone_and_compresses(deployed: Account) -> None:
    told = distribution(deployed)
    assert told["Aliases"]["Items"] == [DOMAIN]
    assert told["ViewerCertificate"]["ACMCertificateArn"] == CERTIFICATE
    assert told["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert told["DefaultCacheBehavior"]["Compress"]
    assert told["DefaultRootObject"] == "index.html"
    assert told["CustomErrorResponses"]["Items"][0]["ResponsePagePath"] == "/404.html"


def test_only_the_distribution_reads_the_bucket(deployed: Account, way: Pipeline) -> None:
    bucket = pages_bucket(way.place)
    blocks = deployed.all("s3:PutPublicAccessBlock", Bucket=bucket)
    assert all(blocks[-1]["PublicAccessBlockConfiguration"].values())
    policy = deployed.last("s3:PutBucketPolicy", Bucket=bucket)["Policy"]
    assert "arn:aws:cloudfront::123456789012:distribution/EDFDVBD6EXAMPLE" in policy
    assert '"*"' not in policy


def test_nobody_can_take_the_buckets_name_while_the_distribution_reads_it(way: Pipeline, account: Account) -> None:
    deploy(way, account)
    made = [one.operation for one in account.done]
    buckets = [index for index, one in enumerate(made) if one == "s3:CreateBucket"]
    assert max(buckets) < made.index("cloudfront:CreateDistribution")
    removed = [step.resource.title for step in way.plan_removal()]
    assert removed.index("distribution serverlesspresso-pages") < removed.index(f"bucket {pages_bucket(way.place)}")


def test_a_bucket_that_a_distribution_reads_yet_is_kept_when_all_else_goes(way: Pipeline, deployed: Account) -> None:
    deployed.documented = {**deployed.documented, "s3:ListObjectVersions": lambda _, __: {}}
    deployed.refuses("cloudfront:UpdateDistribution", Refused("AccessDenied", 403), times=1)
    steps = [step for step in way.plan_removal() if step.resource.kind in (*KINDS, "bucket")]
    with pytest.raises(ExceptionGroup) as told:
        way.down(steps)
    assert [one["Bucket"] for one in deployed.all("s3:DeleteBucket")] == [
        "serverlesspresso-journeys-123456789012-eu-west-1"
    ]
    assert f"remove bucket {pages_bucket(way.place)}: it is kept" in str(told.value.exceptions[-1])


def test_browsers_are_told_what_the_pages_may_do(deployed: Account) -> None:
    headers = deployed.last("cloudfront:CreateResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]
    told = headers["SecurityHeadersConfig"]
    assert told["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31_536_000
    assert told["FrameOptions"]["FrameOption"] == "DENY"
    assert told["ReferrerPolicy"]["ReferrerPolicy"] == "no-referrer"
    assert told["ContentTypeOptions"] == {"Override": True}
    talks_to = told["ContentSecurityPolicy"]["ContentSecurityPolicy"].partition("connect-src")[2].partition(";")[0]
    assert talks_to.split() == [
        "'self'",
        "https://*.execute-api.eu-west-1.amazonaws.com",
        "wss://*.execute-api.eu-west-1.amazonaws.com",
        "https://cognito-idp.eu-west-1.amazonaws.com",
    ]


def test_it_goes_without_a_trace_though_cloudfront_takes_its_time(way: Pipeline, deployed: Account) -> None:
    remove(way)
    assert kinds(way.plan_removal(), Verb.REMOVE) == []


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("DeleteDistribution", "DistributionNotDisabled"),
        ("DeleteDistribution", "PreconditionFailed"),
        ("DeleteOriginAccessControl", "OriginAccessControlInUse"),
        ("DeleteResponseHeadersPolicy", "ResponseHeadersPolicyInUse"),
    ],
)
def test_it_goes_though_cloudfront_does_not_know_everywhere_yet(
    way: Pipeline, deployed: Account, operation: str, code: str
) -> None:
    deployed.refuses(f"cloudfront:{operation}", Refused(code, 409), times=2)
    remove(way)
    assert kinds(way.plan_removal(), Verb.REMOVE) == []


def test_a_removal_that_was_killed_goes_on_where_it_was(way: Pipeline, deployed: Account) -> None:
    deployed.refuses("cloudfront:DeleteDistribution", Refused("AccessDenied", 403), times=1)
    with pytest.raises(ExceptionGroup):
        remove(way)
    assert not distribution(deployed)["Enabled"]
    remove(way)
    assert kinds(way.plan_removal(), Verb.REMOVE) == []
    assert len(deployed.all("cloudfront:UpdateDistribution")) == 1


def test_what_a_killed_removal_switched_off_is_switched_on_by_the_next_up(way: Pipeline, deployed: Account) -> None:
    deployed.refuses("cloudfront:DeleteDistribution", Refused("AccessDenied", 403), times=1)
    with pytest.raises(ExceptionGroup):
        remove(way)
    assert "distribution" in kinds(planned(way), Verb.UPDATE)
    deploy(way, deployed)
    assert distribution(deployed)["Enabled"]
    assert to_do(planned(way)) == []


def test_a_first_up_that_was_killed_goes_on_where_it_was(way: Pipeline, account: Account) -> None:
    account.refuses("cloudfront:CreateDistribution", Refused("TooManyDistributions"), times=1)
    with pytest.raises(ExceptionGroup):
        deploy(way, account)
    assert kinds(planned(way), Verb.CREATE) == ["distribution"]
    deploy(way, account)
    assert to_do(planned(way)) == []
    assert len(account.all("cloudfront:CreateOriginAccessControl")) == 1


def listing_nothing(account: Account, operation: str, listed: str) -> Account:
    """An account in which CloudFront does not list what it just made."""
    empty = {listed: {"Marker": "", "MaxItems": 100, "IsTruncated": False, "Quantity": 0}}
    account.documented = {**account.documented, f"cloudfront:{operation}": lambda _, __: empty}
    return account


def test_what_stands_beside_it_must_be_listed_before_it_is_made(way: Pipeline, account: Account) -> None:
    listing_nothing(account, "ListOriginAccessControls", "OriginAccessControlList")
    with pytest.raises(ExceptionGroup) as told:
        deploy(way, account)
    assert "does not list its origin access control yet" in str(told.value.exceptions[0])
    assert account.all("cloudfront:CreateDistribution") == []


def test_a_distribution_that_nothing_stands_beside_is_not_as_it_must_be(way: Pipeline, deployed: Account) -> None:
    told = distribution(deployed)
    behaviour = {**told["DefaultCacheBehavior"], "ResponseHeadersPolicyId": ""}
    bare = {**told, "DefaultCacheBehavior": behaviour}
    deployed.has("cloudfront:UpdateDistribution", DistributionConfig=bare)
    deployed.has("cloudfront:DeleteResponseHeadersPolicy")
    assert kinds(planned(way), Verb.UPDATE) == ["distribution"]


def test_a_bucket_is_not_closed_to_all_while_its_distribution_is_not_listed(way: Pipeline, account: Account) -> None:
    listing_nothing(account, "ListDistributions", "DistributionList")
    with pytest.raises(ExceptionGroup) as told:
        deploy(way, account)
    assert "does not list the pages' distribution yet" in str(told.value.exceptions[0])
    assert account.all("s3:PutBucketPolicy", Bucket=pages_bucket(way.place)) == []


def test_another_domain_is_given_to_the_same_distribution(deployed: Account) -> None:
    other = "cafe.some-coffee-bar.org"
    way = way_to(
        with_certificate(deployed, names=[DOMAIN, other]), whole_project(**{**OWN_DOMAIN, "PAGES_DOMAIN": other})
    )
    assert kinds(planned(way), Verb.UPDATE) == ["distribution"]
    deploy(way, deployed)
    assert distribution(deployed)["Aliases"]["Items"] == [other]
    assert distribution(deployed)["PriceClass"] == "PriceClass_All"  # what nobody wants otherwise stays
    assert to_do(planned(way)) == []


def test_a_new_certificate_is_given_to_the_same_distribution(deployed: Account) -> None:
    new = CERTIFICATE.replace("b9a1", "c0de")
    about = {"DomainName": DOMAIN, "SubjectAlternativeNames": [DOMAIN], "Status": "ISSUED"}
    deployed.has("acm:RequestCertificate", CertificateArn=new, **about)
    way = way_to(deployed, whole_project(**{**OWN_DOMAIN, "PAGES_CERTIFICATE": new}))
    deploy(way, deployed)
    assert distribution(deployed)["ViewerCertificate"]["ACMCertificateArn"] == new
    assert to_do(planned(way)) == []


def test_pages_that_were_public_are_closed_when_they_get_a_domain_and_opened_when_it_is_taken_back(
    account: Account,
) -> None:
    public, own = way_to(account), way_to(with_certificate(account), whole_project(**OWN_DOMAIN))
    deploy(public, account)
    deploy(own, account)
    assert to_do(planned(own)) == []
    assert kinds(planned(public), Verb.REMOVE) == list(reversed(KINDS))
    deploy(public, account)
    execute(to_do(planned(public)), public.adapters, public.report)
    assert to_do(planned(public)) == []


def test_pages_stay_public_while_their_distribution_cannot_be_made(account: Account) -> None:
    deploy(way_to(account), account)
    way = way_to(with_certificate(account), whole_project(**OWN_DOMAIN))
    account.refuses("cloudfront:CreateDistribution", Refused("CNAMEAlreadyExists", 409), times=1)
    with pytest.raises(ExceptionGroup):
        way.up(way.plan_up())
    bucket = pages_bucket(way.place)
    block = account.last("s3:PutPublicAccessBlock", Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert not block["RestrictPublicBuckets"]
    assert '"Principal": "*"' in account.last("s3:PutBucketPolicy", Bucket=bucket)["Policy"]


def test_whoever_names_no_domain_and_may_not_ask_cloudfront_is_kept_from_nothing(account: Account) -> None:
    way = way_to(account)
    deploy(way, account)
    for operation in ("ListDistributions", "ListOriginAccessControls", "ListResponseHeadersPolicies"):
        account.refuses(f"cloudfront:{operation}", Refused("AccessDenied", 403), times=1)
    assert to_do(planned(way)) == []


@pytest.mark.parametrize("operation", ["ListDistributions", "ListOriginAccessControls", "ListResponseHeadersPolicies"])
def test_whoever_names_a_domain_and_may_not_ask_cloudfront_is_told_before_anything_is_removed(
    way: Pipeline, deployed: Account, operation: str
) -> None:
    wanted = [step.resource for step in way.plan_removal()]
    deployed.refuses(f"cloudfront:{operation}", Refused("AccessDenied", 403), times=1)
    with pytest.raises(Problem, match="AccessDenied"):
        remote.remains(way.adapters, wanted)


def test_somebody_elses_distribution_is_left_alone_whatever_its_comment(deployed: Account) -> None:
    told = distribution(deployed)
    origin = {**told["Origins"]["Items"][0], "DomainName": "shop.example.com"}
    others = {**told, "Origins": {"Quantity": 1, "Items": [origin]}}
    deployed.has("cloudfront:UpdateDistribution", DistributionConfig=others)
    public = way_to(deployed)
    assert "distribution" not in kinds(planned(public), Verb.REMOVE)
    assert "distribution" not in kinds(public.plan_removal(), Verb.REMOVE)


def test_a_domain_that_another_distribution_has_is_told(way: Pipeline, account: Account) -> None:
    why = "an incorrectly configured DNS record that points to another CloudFront distribution"
    account.refuses("cloudfront:CreateDistribution", Refused("CNAMEAlreadyExists", 409, why), times=1)
    with pytest.raises(ExceptionGroup) as told:
        deploy(way, account)
    assert f"has the name {DOMAIN}: {why}" in str(told.value.exceptions[0])
    assert "a DNS record still leads to an older one: delete it first" in str(told.value.exceptions[0])


def test_an_account_that_blocks_public_buckets_is_no_obstacle_to_cloudfront(way: Pipeline, account: Account) -> None:
    blocking = {"BlockPublicPolicy": True, "RestrictPublicBuckets": True}
    account.has("s3control:PutPublicAccessBlock", PublicAccessBlockConfiguration=blocking)
    way.check_account()
