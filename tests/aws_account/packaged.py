"""A copy of this checkout, packaged."""

from pathlib import Path

from deployer.rehearsal import packaged
from deployer.rehearsal.packaged import POOL_ARN, Package
from tests.integration.deployer.checkout import copy_checkout
from tests.unit.deployer.samples import quiet


def package(into: Path, stage: str = "aws", user_pool_arn: str = POOL_ARN) -> Package:
    """Package a copy of this checkout without an account; requirements come from the deployer's wheels."""
    root = into / "checkout"
    root.mkdir()
    copy_checkout(root, endpoint="")
    return packaged.package(root, stage, into / "package", root / ".local", quiet, user_pool_arn=user_pool_arn)
