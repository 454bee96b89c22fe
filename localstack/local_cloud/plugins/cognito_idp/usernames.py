"""What a user may be called when signing up, and how a pool tells users apart. Pure.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
"""

import re
from collections.abc import Collection, Mapping

from local_cloud.plugins.cognito_idp.errors import InvalidParameterError

_FORMATS = {
    "email": re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"),
    "phone_number": re.compile(r"\+[1-9]\d{1,14}"),
}
_KINDS = {"email": "an email", "phone_number": "a phone number"}


def attribute_named_by(username: str, username_attributes: Collection[str]) -> str:
    """Which of the pool's `UsernameAttributes` (`email`, `phone_number`) this user name is.

    Raises:
        InvalidParameterError: it is none of them.
    """
    for attribute in username_attributes:
        if _FORMATS[attribute].fullmatch(username):
            return attribute
    if len(username_attributes) == 1:
        raise InvalidParameterError(f"Username should be {_KINDS[next(iter(username_attributes))]}.")
    raise InvalidParameterError("Username should be either an email or a phone number.")


def answers_to(
    name: str,
    username: str,
    attributes: Mapping[str, str],
    username_attributes: Collection[str],
    *,
    case_sensitive: bool = True,
) -> bool:
    """Whether the user of this `username` and these `attributes` is the one called `name`."""
    aliases = [attributes[attribute] for attribute in username_attributes if attribute in attributes]
    own_names = [username, *aliases]
    if case_sensitive:
        return name in own_names
    return name.casefold() in [own.casefold() for own in own_names]
