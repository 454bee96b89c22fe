"""The environment variables of a program that is to reach the local cloud and nothing else. Pure: no I/O.

A tool that finds a profile, a session or an address of a real account in its environment would use it, whatever the
endpoint says; so of the user's AWS_* only what says nothing of an account passes, and their files are said to be empty.
"""

import os
from collections.abc import Mapping

DEFAULT_REGION = "us-east-1"

# What is left of AWS_*: how answers are shown, how often is asked again, where further models and waiters lie. As in
# https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html and those of the AWS CLI.
_KEPT = frozenset(("AWS_DATA_PATH", "AWS_DEFAULT_OUTPUT", "AWS_MAX_ATTEMPTS", "AWS_PAGER", "AWS_RETRY_MODE"))
_OLD_CREDENTIALS_FILE = "BOTO_CONFIG"  # of boto 2, which botocore still reads
_LOOPBACK = "127.0.0.1,localhost"


def client_environment(of_user: Mapping[str, str], endpoint_url: str, region: str = DEFAULT_REGION) -> dict[str, str]:
    """Return all variables of a program that uses the cloud at `endpoint_url`.

    Args:
        of_user: the environment that the program would have had.
        endpoint_url: the cloud's address, such as `http://127.0.0.1:4566`.
        region: the region that the program takes itself to be in; each has resources of its own.
    """
    return {
        **{name: value for name, value in of_user.items() if not _tells_of_an_account(name)},
        **_past_proxies(of_user),
        "AWS_ENDPOINT_URL": endpoint_url,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _tells_of_an_account(name: str) -> bool:
    return name == _OLD_CREDENTIALS_FILE or (name.startswith("AWS_") and name not in _KEPT)


def _past_proxies(of_user: Mapping[str, str]) -> dict[str, str]:
    """Return what keeps the user's proxy, if there is one, out of calls to this machine."""
    names = ("NO_PROXY", "no_proxy")
    spared = next((value for name in names if (value := of_user.get(name))), "")
    return dict.fromkeys(names, f"{spared},{_LOOPBACK}" if spared else _LOOPBACK)
