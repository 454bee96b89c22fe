"""Transactions on the real DynamoDB: contention ends well, and a refusal brings the row that refused."""

from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.bar import Bar
from chalicelib.transactions import Row, Write, commit
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


class LosesFirstAnswer:
    """A client whose first transaction is done and whose answer to it is lost."""

    def __init__(self, client: Any) -> None:
        self.client, self.lost = client, 0

    def transact_write_items(self, **request: Any) -> Any:
        answer = self.client.transact_write_items(**request)
        if self.lost:
            return answer
        self.lost += 1
        raise ClientError({"Error": {"Code": "TransactionInProgressException"}}, "TransactWriteItems")


def test_a_transaction_whose_answer_was_lost_is_done_once_and_not_refused(real: Bar, two_rows: tuple[str, str]) -> None:
    once = counting(real, two_rows[0], "attribute_not_exists(counted)")
    client: Any = LosesFirstAnswer(real.shops.table.meta.client)
    commit(client, [once])
    assert (client.lost, counted(real, two_rows[0])) == (1, 1)
    with pytest.raises(LookupError):
        real.commit(once)


def test_a_transaction_that_was_refused_may_succeed_with_the_same_token(real: Bar, two_rows: tuple[str, str]) -> None:
    """Only what was done is remembered: a try that met contention does not spoil the next one."""
    client = real.shops.table.meta.client
    ready = counting(real, two_rows[0], "attribute_exists(counted)")
    request: Any = {"TransactItems": [ready.item], "ClientRequestToken": f"token-{two_rows[0][-12:]}"}
    with pytest.raises(client.exceptions.TransactionCanceledException):
        client.transact_write_items(**request)
    real.commit(counting(real, two_rows[0]))
    client.transact_write_items(**request)
    assert counted(real, two_rows[0]) == 2
