"""Tells the bus of the bar what happened to a card. Whoever hears it may hear it twice."""

import json
import os
from functools import cache
from typing import Any

import boto3

SOURCE = "serverlesspresso.stamps"
FREE_DRINK = "StampCard.FreeDrink"


class NotTold(Exception):
    """The bus did not take it; its message says why."""


def tell_of_a_free_drink(user_id: str, number: int) -> None:
    """Say that somebody earned a free drink.

    Args:
        number: which of theirs it is, counted from one.

    Raises:
        NotTold: PutEvents answers "200" also where it took nothing.
    """
    detail = json.dumps({"userId": user_id, "number": number})
    bus = os.environ["EVENT_BUS_NAME"]
    entry = {"EventBusName": bus, "Source": SOURCE, "DetailType": FREE_DRINK, "Detail": detail}
    answer = _events().put_events(Entries=[entry])
    if answer["FailedEntryCount"]:
        raise NotTold(answer["Entries"][0].get("ErrorMessage", "no reason given"))


@cache
def _events() -> Any:
    return boto3.client("events")
