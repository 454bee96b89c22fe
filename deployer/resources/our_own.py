"""How the deployer knows its own among what others have in the same account: by a tag, and names that begin alike."""

from collections.abc import Iterable
from typing import Any

PREFIX = "serverlesspresso-"  # what is tagged as ours begins so
OWNER = "deployer:owner"  # the tag; what merely has our prefix is somebody else's
US = "serverlesspresso"


def is_tagged(tags: Iterable[Any]) -> bool:
    """Whether our tag is among those that AWS tells of something, each with `Key` and `Value`."""
    return any((tag["Key"], tag["Value"]) == (OWNER, US) for tag in tags)
