"""LocalStack keeps items whose time to live is over; its own sweep, once an hour if asked for, deletes unconditionally.

Ours removes them within a minute or so, unless they were given more time, and stream records say that the service did
it, for Lambda's event source mappings too. It needs nothing of the database but DynamoDB's own operations.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
"""

import re
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.dynamodb.time_to_live.deletions import SERVICE
from local_cloud.plugins.dynamodb.time_to_live.sweeper import ExpiringTable, Sweeper
from local_cloud.plugins.patches import replace

PROVIDER = "localstack.services.dynamodb.v2.provider"
STREAMS = "localstack.services.dynamodbstreams.v2.provider:DynamoDBStreamsProvider"
POLLER = "localstack.services.lambda_.event_source_mapping.pollers.dynamodb_poller:DynamoDBPoller"
TABLE_OF_ITERATOR = re.compile(r":table/([^/|]+)/stream/")


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def remove_expired_items() -> None:
    """LocalStack's hook: sweep while a table has a time to live, and mark what that wrote to streams."""
    provider = f"{PROVIDER}:DynamoDBProvider"
    replace(PROVIDER, "delete_expired_items", _swept, why="parity", upstream="9dc220a1d997", before="dynamodb")
    replace(provider, "update_time_to_live", _starting, why="parity", upstream="1ec93fba5f6d", before="dynamodb")
    replace(provider, "delete_table", _forgetting, why="parity", upstream="bc8812f06871", before="dynamodb")
    replace(STREAMS, "get_records", _marked, why="parity", upstream="cec52a780804", before="dynamodbstreams")
    replace(POLLER, "transform_into_events", _telling, why="parity", upstream="fd64d76db6a8", before="lambda")


@hooks.on_infra_shutdown()  # type: ignore[untyped-decorator]  # LocalStack has no types
def stop_sweeping() -> None:
    """LocalStack's hook: the database ends too."""
    SWEEPER.stop()


def _tables() -> list[ExpiringTable]:
    from localstack.services.dynamodb.models import dynamodb_stores  # noqa: PLC0415

    return [
        ExpiringTable(account, region, name, settings["AttributeName"])
        for account, region, store in list(dynamodb_stores.iter_stores())
        for name, settings in list(store.ttl_specifications.items())
        if settings["Enabled"]
    ]


def _client(account: str, region: str) -> Any:
    """Make a client that asks the database as LocalStack does when it hands a request of this account on."""
    from localstack.aws.connect import connect_externally_to  # noqa: PLC0415
    from localstack.services.dynamodb.server import DynamodbServer  # noqa: PLC0415
    from localstack.services.dynamodb.utils import get_ddb_access_key  # noqa: PLC0415

    key = get_ddb_access_key(account, region)
    settings = {"aws_access_key_id": key, "aws_secret_access_key": "any", "region_name": region}
    return connect_externally_to(endpoint_url=DynamodbServer.get().url, **settings).dynamodb


def _forget(table: ExpiringTable) -> None:
    from localstack.services.dynamodb.models import dynamodb_stores  # noqa: PLC0415

    dynamodb_stores[table.account][table.region].ttl_specifications.pop(table.name, None)


SWEEPER = Sweeper(_tables, _client, _forget)


def _swept(_delete_expired_items: Callable[[], int]) -> Callable[[], int]:
    """For `DELETE /_aws/dynamodb/expired`, by which LocalStack's users sweep at once."""
    return SWEEPER.sweep


def _starting(update_time_to_live: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(update_time_to_live)
    def update_and_start(*args: Any, **kwargs: Any) -> Any:
        answer = update_time_to_live(*args, **kwargs)
        SWEEPER.start()
        return answer

    return update_and_start


def _forgetting(delete_table: Callable[..., Any]) -> Callable[..., Any]:
    """Let a new table of the name begin without a time to live."""

    @wraps(delete_table)
    def delete_and_forget(self: Any, context: Any, table_name: str, **kwargs: Any) -> Any:
        answer = delete_table(self, context, table_name, **kwargs)
        _forget(ExpiringTable(context.account_id, context.region, table_name.rpartition("/")[2], ""))
        return answer

    return delete_and_forget


def _marked(get_records: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(get_records)
    def get_and_mark(self: Any, context: Any, payload: Any) -> Any:
        answer = get_records(self, context, payload)
        table = TABLE_OF_ITERATOR.search(payload["ShardIterator"])
        SWEEPER.deletions[context.account_id, context.region].mark(answer["Records"], table[1] if table else None)
        return answer

    return get_and_mark


def _telling(transform_into_events: Callable[..., Any]) -> Callable[..., Any]:
    """Give functions and their filters what they are promised to see of it, in the case of an event's names."""
    by_service = {"type": SERVICE["Type"], "principalId": SERVICE["PrincipalId"]}

    @wraps(transform_into_events)
    def transform(self: Any, records: Sequence[Any], shard_id: str) -> Any:
        events = transform_into_events(self, records, shard_id)
        for record, event in zip(records, events, strict=True):
            if "userIdentity" in record:
                event["userIdentity"] = dict(by_service)
        return events

    return transform
