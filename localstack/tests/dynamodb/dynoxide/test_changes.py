"""Who waits for a table to change hears of it, whoever changes it; of other tables, and of what only reads, not."""

import asyncio

import pytest
from local_cloud.plugins.dynamodb.dynoxide.changes import Changes

API = "DynamoDB_20120810."


def count(changes: Changes, table: str, seen: str = "") -> str:
    return asyncio.run(changes.after(seen, table, longest_s=0))


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("PutItem", b'{"TableName": "cups"}'),
        ("DeleteItem", b'{"TableName": "arn:aws:dynamodb:us-east-1:000000000000:table/cups"}'),
        ("BatchWriteItem", b'{"RequestItems": {"cups": []}}'),
        ("TransactWriteItems", b'{"TransactItems": [{"Put": {"TableName": "cups"}}]}'),
        ("ExecuteStatement", b'{"Statement": "DELETE FROM cups WHERE k = 1"}'),
        ("UpdateTable", b'{"TableName": "cups"}'),
    ],
)
def test_what_may_change_a_table_is_counted(operation: str, body: bytes) -> None:
    changes = Changes()
    before = count(changes, "cups")
    changes.note(API + operation, body)
    assert count(changes, "cups", before) != before


@pytest.mark.parametrize(
    ("target", "body"),
    [
        (f"{API}PutItem", b'{"TableName": "plates"}'),
        (f"{API}GetItem", b'{"TableName": "cups"}'),
        (f"{API}Query", b'{"TableName": "cups"}'),
        (f"{API}DescribeTable", b'{"TableName": "cups"}'),
        ("DynamoDBStreams_20120810.GetRecords", b'{"ShardIterator": "table/cups"}'),
    ],
)
def test_another_table_and_what_only_reads_is_not(target: str, body: bytes) -> None:
    changes = Changes()
    before = count(changes, "cups")
    changes.note(target, body)
    assert count(changes, "cups", before) == before


def test_who_waits_is_told_at_once() -> None:
    async def wait_and_change() -> bool:
        changes = Changes()
        before = await changes.after("", "cups", longest_s=0)
        waiting = asyncio.create_task(changes.after(before, "cups", longest_s=3600))
        for _ in range(9):  # let it begin
            await asyncio.sleep(0)
        assert not waiting.done()
        changes.note(f"{API}PutItem", b'{"TableName": "cups"}')
        return await waiting != before

    assert asyncio.run(wait_and_change())


def test_no_count_of_an_engine_that_ended_is_one_of_the_next() -> None:
    assert count(Changes(), "cups") != count(Changes(), "cups")
