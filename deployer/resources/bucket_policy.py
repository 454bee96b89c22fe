"""Policies of S3's buckets: who may read one beside its account."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from deployer.aws import Aws
from deployer.aws_command import aws_command
from deployer.problem import Problem
from deployer.resources.access_block import ACCESS, block, block_of, put_block
from deployer.resources.policy import canonical
from deployer.resources.refusals import passing, refused_as
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.waiting import once_not_refused_as

POLICY = "policy"
# "A conflicting conditional operation is currently in progress against this resource. Try again."
# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
UNSETTLED, DENIED = "OperationAborted", "AccessDenied"
PATIENCE_S = 60


@dataclass(frozen=True)
class BucketPolicy(Resource):
    """The policy of the bucket of this name, where it names something that is made after the bucket.

    The bucket is closed to the public with it, not before: until then those who read it by an older policy go on.

    Attributes:
        account: the bucket's.
        policy: who may read it.
        reader: the ARN of the one that it lets in; empty before there is one.
    """

    kind = "policy of bucket"
    part = True

    account: str
    policy: Mapping[str, Any]
    reader: str

    def state(self) -> State:
        """Who may read it, and that nobody else ever may."""
        return {POLICY: canonical(self.policy), ACCESS: block(closed=True)}


class BucketPolicyAdapter(Adapter[BucketPolicy]):
    """Policies in S3."""

    def read(self, wanted: BucketPolicy) -> State | None:
        """The bucket's policy and block; None where there is no bucket."""
        with passing("NoSuchBucket"):
            policy = policy_of(self.aws, wanted.name, wanted.account)
            return {POLICY: policy, ACCESS: block_of(self.aws, wanted.name)}
        return None

    @once_not_refused_as(UNSETTLED, seconds=PATIENCE_S)
    def create(self, wanted: BucketPolicy) -> None:
        """Put it, and close the bucket to all others.

        Raises:
            Problem: it would let nobody in, which nobody would notice before they open a page.
        """
        if not wanted.reader:
            raise Problem("CloudFront does not list the pages' distribution yet", "Wait a minute and run `up` again.")
        put_policy(self.aws, wanted.name, wanted.account, wanted.policy)
        put_block(self.aws, wanted.name, block(closed=True))

    def update(self, wanted: BucketPolicy, differing: frozenset[str]) -> None:
        """Put it again."""
        self.create(wanted)


def policy_of(aws: Aws, bucket: str, account: str) -> Any:
    """A bucket's policy in its one form, or None; S3 refuses it where the bucket is of another account."""
    with passing("NoSuchBucketPolicy"):
        return canonical(json.loads(aws.s3.get_bucket_policy(Bucket=bucket, ExpectedBucketOwner=account)["Policy"]))
    return None


def put_policy(aws: Aws, bucket: str, account: str, policy: Mapping[str, Any] | None) -> None:
    """Let in who the policy names, or nobody.

    Args:
        aws: the clients.
        bucket: its name.
        account: its owner.
        policy: the policy document, or None.

    Raises:
        Problem: S3 goes on refusing it.
    """
    if policy is None:
        aws.s3.delete_bucket_policy(Bucket=bucket)
        return
    try:
        _put(aws, bucket, json.dumps(policy))
    except ClientError as error:
        if not refused_as(DENIED)(error):
            raise
        raise Problem(f"S3 takes no policy of bucket {bucket}: {error}", _who_denies(account)) from error


def _who_denies(account: str) -> str:
    return (
        "The credentials lack s3:PutBucketPolicy, or the account's organization blocks public policies, or the account "
        "itself does, which this shows." + aws_command("s3control", "get-public-access-block", "--account-id", account)
    )


# S3 goes on refusing for a while after the bucket's access block was opened: no page of AWS's says so, but
# https://github.com/env0/templates/pull/174 and 258 do, where AWS's support advised to wait.
@once_not_refused_as(DENIED, UNSETTLED, seconds=PATIENCE_S)
def _put(aws: Aws, bucket: str, policy: str) -> None:
    aws.s3.put_bucket_policy(Bucket=bucket, Policy=policy)
