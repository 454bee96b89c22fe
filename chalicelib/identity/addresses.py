"""Which addresses somebody may sign up with. Pure.

Cognito's user names have no characters that cannot be seen; a user's attributes may have any. Two people whose
addresses look the same could be taken for each other, and a letter to such an address goes nowhere.
"""

from collections.abc import Mapping

from chalicelib.errors import Invalid
from chalicelib.texts import fault_in

ADDRESSES = ("email", "phone_number")


def check_addresses(user_name: str, attributes: Mapping[str, str]) -> None:
    """Refuse somebody whose name, address or other attribute is no text, or who has a blank in an address.

    Args:
        user_name: Cognito's name of the user.
        attributes: Cognito's attributes of the user.

    Raises:
        Invalid: `InvalidAddress`; it does not repeat the address, since it is logged.
    """
    for name, value in {"the user name": user_name, **attributes}.items():
        blank = "has a blank in it" if name in ADDRESSES and any(map(str.isspace, value)) else None
        if fault := fault_in(value) or blank:
            raise Invalid(f"{name} {fault}; sign up with the address as you write it", "InvalidAddress")
