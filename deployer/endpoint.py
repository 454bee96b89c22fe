"""Where the environment says that AWS is to be found, and whether that is an address at all. Asks nobody."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from botocore.utils import is_valid_uri

from deployer.problem import Problem

VARIABLE = "AWS_ENDPOINT_URL"

_FORM = f"{VARIABLE} is an address with its scheme, such as http://127.0.0.1:4566."


def endpoint_in(environment: Mapping[str, str]) -> str | None:
    """What AWS_ENDPOINT_URL says, without a trailing slash; None where AWS itself answers.

    Raises:
        Problem: that is no address.
    """
    named = environment.get(VARIABLE, "")
    if named and not _is_address(named):
        raise Problem(f"Invalid endpoint: {named}", _FORM)
    return named.rstrip("/") or None


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and parts.port != 0 and bool(is_valid_uri(text))
    except ValueError:  # brackets without an end, a port that is none
        return False
