"""LocalStack reads a table's stream anew when a shard was closed or the mapping changed; here it goes on where it was.
Since 0.1.

Whenever LocalStack looks for a stream's shards again, it reads every shard from the mapping's starting position: when a
shard has come to its end, when an iterator expired while the laptop slept, when the mapping was changed. DynamoDB Local
closes each shard after four hours; from then on a mapping that starts at TRIM_HORIZON reads the closed one to its end,
looks again and begins anew, several times a second. AWS remembers how far each mapping has read, and reads a shard
after the one that it continues: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace
from local_cloud.plugins.state.containers import remember


@dataclass
class Position:
    """How far a mapping has read in its stream.

    Attributes:
        begun: whether it has ever looked for shards; a shard that it finds later is read from its beginning.
        last: the sequence number of the last record that was read, by shard.
        ended: the shards that were read to their end.
    """

    begun: bool = False
    last: dict[str, str] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)

    def note(self, shard_id: str, answer: Mapping[str, Any]) -> None:
        """Remember what GetRecords answered."""
        if records := answer.get("Records"):
            self.last[shard_id] = records[-1]["dynamodb"]["SequenceNumber"]
        if not answer.get("NextShardIterator"):
            self.ended.add(shard_id)

    def start(self, shard_id: str, configured: str) -> dict[str, str]:
        """Return where to start in a shard, as GetShardIterator wants it; `configured` is for the first time."""
        if last := self.last.get(shard_id):
            return {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": last}
        return {"ShardIteratorType": "TRIM_HORIZON" if self.begun else configured}


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_stream_positions() -> None:
    """LocalStack's hook: remember how far mappings have read."""
    poller = "localstack.services.lambda_.event_source_mapping.pollers.dynamodb_poller:DynamoDBPoller"
    positions: defaultdict[str, Position] = defaultdict(Position)  # by the mapping's id, which outlives its poller
    remember("lambda", "stream positions", positions)
    replace(
        poller,
        "initialize_shards",
        lambda _: lambda self: iterators(self, positions[self.esm_uuid]),
        why="parity",
        upstream="481ee71d06b8",
        before="lambda",
    )
    replace(
        poller,
        "get_records",
        lambda get_records: _noting(get_records, positions),
        why="parity",
        upstream="5e6462eea961",
        before="lambda",
    )


def iterators(poller: Any, position: Position) -> dict[str, str]:
    """Return an iterator for each shard that can be read now, by the shard's id."""
    poller.iterator_over_shards = None  # it has the old ones
    configured = poller.stream_parameters["StartingPosition"]
    found = {
        shard_id: _iterator(poller, shard_id, position.start(shard_id, configured))
        for shard_id in _readable(_shards(poller), position.ended)
    }
    position.begun = True
    return found


def _readable(shards: Iterator[Mapping[str, Any]], ended: set[str]) -> list[str]:
    """Return the ids of shards that are not ended and continue none that is still to be read."""
    parents = {shard["ShardId"]: shard.get("ParentShardId") for shard in shards}
    left = parents.keys() - ended
    return [shard_id for shard_id, parent in parents.items() if shard_id in left and parent not in left]


def _shards(poller: Any) -> Iterator[Mapping[str, Any]]:
    page: dict[str, str] = {}
    while True:
        stream = poller.source_client.describe_stream(StreamArn=poller.source_arn, **page)["StreamDescription"]
        if stream["StreamStatus"] == "ENABLED":
            yield from stream["Shards"]
        if not (last := stream.get("LastEvaluatedShardId")):
            return
        page = {"ExclusiveStartShardId": last}


def _iterator(poller: Any, shard_id: str, start: Mapping[str, str]) -> str:
    client, shard = poller.source_client, {"StreamArn": poller.source_arn, "ShardId": shard_id}
    try:
        answer = client.get_shard_iterator(**shard, **start)
    except client.exceptions.TrimmedDataAccessException:  # more than a day has passed
        answer = client.get_shard_iterator(**shard, ShardIteratorType="TRIM_HORIZON")
    iterator: str = answer["ShardIterator"]
    return iterator


def _noting(get_records: Callable[..., Any], positions: Mapping[str, Position]) -> Callable[..., Any]:
    @wraps(get_records)
    def get_and_note(poller: Any, shard_iterator: str) -> Any:
        shard_id = next(shard_id for shard_id, iterator in poller.shards.items() if iterator == shard_iterator)
        answer = get_records(poller, shard_iterator)
        positions[poller.esm_uuid].note(shard_id, answer)
        return answer

    return get_and_note
