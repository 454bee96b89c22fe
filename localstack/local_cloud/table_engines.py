"""Which program keeps DynamoDB's tables: the user's choice, or the free one wherever its checksum is known. No I/O.

`dynoxide` is MIT or Apache-2.0 and one small program; `dynamodb-local` is Amazon's, under a licence of its own, and
needs a Java. What both are and why there are two is in docs/adr/0013-a-free-table-engine.md.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, get_args

from local_cloud.errors import LocalCloudError
from local_cloud.npm_package import NpmPackage

type EngineName = Literal["dynoxide", "dynamodb-local"]

VARIABLE: Final = "LOCAL_CLOUD_TABLES"
_NAMES: Final[tuple[EngineName, ...]] = get_args(EngineName.__value__)
_DYNOXIDE_LOCK: Final = Path(__file__).parent / "npm" / "dynoxide.json"


def this_platform() -> str:
    """Return the machine's name in the lock, such as `linux-x86_64`."""
    machine = os.uname()
    return f"{machine.sysname.lower()}-{machine.machine}"


def dynoxide_packages() -> dict[str, NpmPackage]:
    """Return the locked npm package of each platform that has one."""
    return {platform: NpmPackage(**package) for platform, package in json.loads(_DYNOXIDE_LOCK.read_text()).items()}


def chosen_engine(of_user: Mapping[str, str], platform: str) -> EngineName:
    """Return the engine that the user's LOCAL_CLOUD_TABLES names, or else the one for the platform.

    Raises:
        LocalCloudError: it names none, or one that is not to be had for the platform.
    """
    asked = of_user.get(VARIABLE)
    if not asked:
        return "dynoxide" if platform in dynoxide_packages() else "dynamodb-local"
    if asked not in _NAMES:
        raise LocalCloudError(f"{VARIABLE} is {asked!r}, and can be {' or '.join(_NAMES)}.")
    if asked == "dynoxide" and platform not in dynoxide_packages():
        raise LocalCloudError(f"No checksum of dynoxide for {platform} is known here: leave {VARIABLE} out.")
    return next(name for name in _NAMES if name == asked)
