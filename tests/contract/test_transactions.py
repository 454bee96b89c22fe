"""Transactions on the real DynamoDB: contention ends well, and a refusal brings the row that refused."""

from dataclasses import replace

import pytest

from chalicelib.bar import Bar
from chalicelib.transactions import Row, Write
from tests.support.orders import SHOP
from tests.support.together import together


def counting(real: Bar, key: str, condition: str = "attribute_exists(eventId)") -> Write:
    update = {
        "TableName": real.shops.table.name,
        "Key": {"eventId": key},
        "UpdateExpression": "ADD counted :one",
        "ConditionExpression": condition,
        "ExpressionAttributeValues": {":one": 1},
    }

    def explain(row: Row | None) -> Exception:
        return LookupError(key, row)

    return Write({"Update": update}, explain)


def counted(real: Bar, key: str) -> object:
    return real.shops.table.get_item(Key={"eventId": key}, ConsistentRead=True)["Item"].get("counted", 0)


@pytest.fixture
def two_rows(real: Bar, event_id: str) -> tuple[str, str]:
    keys = (event_id, f"{event_id}-2")
    for key in keys:
        real.shops.create(replace(SHOP, event_id=key))
    return keys


def test_twenty_transactions_on_the_same_two_rows_all_happen(real: Bar, two_rows: tuple[str, str]) -> None:
    """In either order of the rows, which would be a deadlock if they were locked one after the other."""
    outcomes = together(
        20, lambda number: real.commit(*[counting(real, key) for key in two_rows[:: 1 if number % 2 else -1]])
    )
    assert outcomes.errors == []
    assert [counted(real, key) for key in two_rows] == [20, 20]


def test_one_refusal_undoes_all(real: Bar, two_rows: tuple[str, str]) -> None:
    with pytest.raises(LookupError) as refused:
        real.commit(counting(real, two_rows[0]), counting(real, "nobody's"))
    assert refused.value.args == ("nobody's", None)
    assert counted(real, two_rows[0]) == 0


def test_a_refusal_brings_the_row_that_refused(real: Bar, two_rows: tuple[str, str]) -> None:
    with pytest.raises(LookupError) as refused:
        real.commit(counting(real, two_rows[1], "attribute_not_exists(eventId)"))
    _, row = refused.value.args
    assert (row["eventId"], row["storeOpen"], row["maxOrdersInQueue"]) == (two_rows[1], True, 20)
