"""The public access blocks of S3's buckets: what no policy and no access list can open."""

from collections.abc import Mapping
from typing import Any

from deployer.aws import Aws
from deployer.resources.refusals import passing

ACCESS = "public access block"


def block(*, closed: bool) -> dict[str, bool]:
    """A block against access lists, and against policies that let anybody in where it is closed."""
    return {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": closed,
        "RestrictPublicBuckets": closed,
    }


def block_of(aws: Aws, bucket: str) -> Any:
    """A bucket's block, or None."""
    with passing("NoSuchPublicAccessBlockConfiguration"):
        return aws.s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    return None


def put_block(aws: Aws, bucket: str, settings: Mapping[str, bool]) -> None:
    """Put a block instead of the one that a bucket has."""
    aws.s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=settings)  # type: ignore[arg-type]
