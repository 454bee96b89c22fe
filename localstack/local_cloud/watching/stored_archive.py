"""A functions' archive in S3 for as long as Lambda is given it, so that it is sent once and not for each function."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

KEY = "code.zip"
HOME_REGION = "us-east-1"  # the one that must not be named where a bucket is made


@contextmanager
def stored(archive: bytes, project: Path, s3: Any) -> Iterator[dict[str, str]]:
    """Where the archive is, as Lambda's UpdateFunctionCode wants it.

    Args:
        archive: a ZIP file.
        project: whose code it is; each has a bucket of its own, which one that was killed may have left.
        s3: the client.

    Raises:
        ClientError: S3 refuses it.
    """
    bucket = f"local-cloud-watch-{sha256(bytes(project)).hexdigest()[:12]}"
    region = s3.meta.region_name
    elsewhere = {"CreateBucketConfiguration": {"LocationConstraint": region}} if region != HOME_REGION else {}
    with suppress(s3.exceptions.BucketAlreadyOwnedByYou):
        s3.create_bucket(Bucket=bucket, **elsewhere)
    try:
        s3.put_object(Bucket=bucket, Key=KEY, Body=archive)
        yield {"S3Bucket": bucket, "S3Key": KEY}
    finally:
        s3.delete_object(Bucket=bucket, Key=KEY)
        s3.delete_bucket(Bucket=bucket)
