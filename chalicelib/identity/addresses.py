"""Which addresses somebody may sign up with, and to which numbers text messages go. Pure.

Cognito's user names have no characters that cannot be seen; a user's attributes may have any. Two people whose
addresses look the same could be taken for each other, and a letter to such an address goes nowhere.
"""

from collections.abc import Mapping

from chalicelib.errors import Invalid
from chalicelib.texts import fault_in

ADDRESSES = ("email", "phone_number")
EVERYWHERE = "everywhere"


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


def check_reach(number: str | None, reach: str) -> None:
    """Refuse a phone number to which no text message is sent: each costs, in some countries half a dollar.

    Args:
        number: with its country's code, `+14155550100`; None where somebody has no phone.
        reach: `everywhere`, or how numbers must begin, such as `+44 +353`; anything else is nobody.

    Raises:
        Invalid: `NoTextMessages`.
    """
    if number and reach != EVERYWHERE and not number.startswith(_beginnings(reach)):
        raise Invalid("no text messages are sent to such a number; sign up with an e-mail address", "NoTextMessages")


def reaches_somebody(reach: str) -> bool:
    """Whether there is any number to which text messages go.

    Args:
        reach: as for `check_reach`.
    """
    return reach == EVERYWHERE or bool(_beginnings(reach))


def _beginnings(reach: str) -> tuple[str, ...]:
    return tuple(word for word in reach.split() if word.startswith("+"))
