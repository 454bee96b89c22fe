"""Whether anybody at all may read an object, by the bucket's policy or the object's ACL. Pure; in doubt nobody may.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
"""

import json
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"

_EVERYBODY: tuple[Any, ...] = ("*", {"AWS": "*"}, {"AWS": ["*"]})
_READING = frozenset({"READ", "FULL_CONTROL"})


def is_public_by_policy(policy: str | None, action: str, resource: str) -> bool:
    """Whether a bucket's policy lets anybody do that, with no condition, and nothing in it forbids it to anybody.

    Args:
        policy: as JSON; None for none.
        action: such as `s3:GetObject`.
        resource: an ARN.
    """
    concerned = [each for each in _statements(policy) if _concerns(each, action, resource)]
    if any(each.get("Effect") != "Allow" for each in concerned):
        return False
    return any(each.get("Principal") in _EVERYBODY and not each.get("Condition") for each in concerned)


def is_public_by_acl(acl: Mapping[str, Any] | None) -> bool:
    """Whether an object's ACL lets anybody read it."""
    grants = (acl or {}).get("Grants") or ()
    return any(
        grant.get("Permission") in _READING and grant.get("Grantee", {}).get("URI") == ALL_USERS for grant in grants
    )


def _statements(policy: str | None) -> list[Mapping[str, Any]]:
    try:
        statements = json.loads(policy or "{}").get("Statement", [])
    except (ValueError, AttributeError):
        return []
    return list(_each(statements))


def _each(one_or_more: Any) -> Iterator[Any]:
    yield from one_or_more if isinstance(one_or_more, list) else [one_or_more]


def _concerns(statement: Mapping[str, Any], action: str, resource: str) -> bool:
    """Whether a statement is about it; one that says what it is not about may be about anything."""
    if "NotAction" in statement or "NotResource" in statement or "NotPrincipal" in statement:
        return statement.get("Effect") != "Allow"
    # Actions are compared without regard to case, resources with it; `*` and `?` are IAM's wildcards.
    is_action = any(_matches(str(each).lower(), action.lower()) for each in _each(statement.get("Action", [])))
    return is_action and any(_matches(str(each), resource) for each in _each(statement.get("Resource", [])))


def _matches(pattern: str, text: str) -> bool:
    return fnmatchcase(text, pattern.replace("[", "[[]"))
