"""Attributes of users: which there are, which a user may set, and where a message about them would go. Pure.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
"""

from collections.abc import Collection, Mapping, Sequence

from local_cloud.plugins.cognito_idp.errors import InvalidParameterError, NotAuthorizedError

STANDARD = frozenset(
    {
        "sub",
        "name",
        "given_name",
        "family_name",
        "middle_name",
        "nickname",
        "preferred_username",
        "profile",
        "picture",
        "website",
        "email",
        "email_verified",
        "gender",
        "birthdate",
        "zoneinfo",
        "locale",
        "phone_number",
        "phone_number_verified",
        "address",
        "updated_at",
    }
)
_NOT_FOR_USERS = frozenset({"sub", "email_verified", "phone_number_verified"})
_MEDIA = {"email": "EMAIL", "phone_number": "SMS"}


def is_attribute(name: str) -> bool:
    """Whether a user can have an attribute of this name; other names could pass for claims that they are not."""
    return name in STANDARD or name.startswith(("custom:", "dev:"))


def attribute_map(listed: Sequence[Mapping[str, str]] | None) -> dict[str, str]:
    """The API's list of `Name` and `Value` as a map.

    Raises:
        InvalidParameterError: there is no such attribute.
    """
    attributes = {item["Name"]: item.get("Value", "") for item in listed or ()}
    for name in attributes:
        if not is_attribute(name):
            raise InvalidParameterError(f"Attributes did not conform to the schema: {name}: Attribute does not exist")
    return attributes


def require_writable(names: Collection[str]) -> None:
    """Let a user pass who sets these attributes of their own.

    Raises:
        NotAuthorizedError: one of them says what only the pool can know.
    """
    if _NOT_FOR_USERS.intersection(names):
        raise NotAuthorizedError("A client attempted to write unauthorized attribute")


def no_longer_verified(before: Mapping[str, str], changes: Mapping[str, str]) -> dict[str, str]:
    """The marks to take away because their address or number changes, as attributes to set."""
    changed = (name for name in _MEDIA if name in changes and changes[name] != before.get(name))
    return {f"{name}_verified": "false" for name in changed}


def code_delivery(attributes: Mapping[str, str], verified_by_code: Collection[str]) -> dict[str, dict[str, str]]:
    """Where AWS would send a code to confirm the user, as a part of SignUp's answer; empty for nowhere."""
    for attribute, medium in _MEDIA.items():
        if attribute in verified_by_code and attribute in attributes:
            destination = f"{attributes[attribute][:1]}***"
            details = {"Destination": destination, "DeliveryMedium": medium, "AttributeName": attribute}
            return {"CodeDeliveryDetails": details}
    return {}
