"""What differs between a laptop and an account: names, read once from the environment. Nothing has a default."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache


@dataclass(frozen=True)
class Settings:
    """The names that `.chalice/config.json` gives to every function: a field for each environment variable."""

    default_event_id: str  # the shop of a request that names none
    event_bus_name: str
    shops_table: str
    qr_codes_table: str
    orders_table: str
    customers_table: str
    order_numbers_table: str
    outbox_table: str
    sign_ins_table: str
    journeys_table: str
    journeys_bucket: str
    insights_table: str
    connections_table: str
    letter_sender: str
    text_messages_to: str  # `everywhere`, `nobody`, or how numbers begin: `+44 +353`


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises:
        LookupError: names every variable that is missing at once.
    """
    names = [field.name.upper() for field in fields(Settings)]
    missing = [name for name in names if not environment.get(name)]
    if missing:
        raise LookupError(f"environment variables not set: {', '.join(missing)} (see .chalice/config.json)")
    return Settings(**{name.lower(): environment[name] for name in names})


@cache
def settings() -> Settings:
    """The settings of this process."""
    return from_environment(os.environ)
