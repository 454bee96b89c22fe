"""LocalStack does not tell what requests to DynamoDB consume; here it is counted for who asks, as AWS would bill it.
Since 0.1.

AWS tells it in CloudWatch. Both table engines know it of each request that asks
(ReturnConsumedCapacity), so while somebody counts, every request asks. At `/_aws/dynamodb/consumed-capacity`:

    PUT     begins to count, from zero
    GET     what was consumed since, in units by table and by table/index: {"read": {..}, "write": {..}, "refused": 0}
    DELETE  ends it; what is not counted takes no time

`refused` is the number of writes whose condition did not hold: AWS bills them too, the engines do not say how
much. PartiQL is not counted.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
"""

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.dynamodb.items_server.plugin import NotedInLocalStack
from local_cloud.plugins.gateway.recording_endpoint import serve
from local_cloud.plugins.patches import replace
from local_cloud.table_engines import VARIABLE as TABLES

PATH = "/_aws/dynamodb/consumed-capacity"
ASKING = "ReturnConsumedCapacity"
ANSWERED = "ConsumedCapacity"

READS = frozenset({"GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"})
WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"})
REFUSALS = frozenset({"ConditionalCheckFailedException", "TransactionCanceledException"})

# A write of 1 KB in a transaction is two units, as dynoxide says; DynamoDB Local says four.
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
CORRECTIONS = {("dynamodb-local", "TransactWriteItems"): 0.5}

type Forward = Callable[..., Any]


@dataclass
class Meter:
    """What was consumed since it was set to zero. Safe for many threads."""

    running: bool = False
    _read: dict[str, float] = field(default_factory=dict)
    _write: dict[str, float] = field(default_factory=dict)
    _refused: int = 0
    _lock: Lock = field(default_factory=Lock)

    def begin(self) -> None:
        """Count, from zero."""
        with self._lock:
            self._read.clear()
            self._write.clear()
            self._refused = 0
            self.running = True

    def end(self) -> None:
        """Count no more."""
        self.running = False

    def note(self, operation: str, consumed: Any) -> None:
        """Add what an operation said that it consumed."""
        total = self._read if operation in READS else self._write
        with self._lock:
            for place, amount in units(operation, consumed).items():
                total[place] = total.get(place, 0) + amount

    def note_refusal(self) -> None:
        """A write's condition did not hold."""
        with self._lock:
            self._refused += 1

    @property
    def reading(self) -> dict[str, Any]:
        """As JSON-ready values."""
        with self._lock:
            return {"read": dict(self._read), "write": dict(self._write), "refused": self._refused}


def units(operation: str, consumed: Any) -> Mapping[str, float]:
    """Return the units by table and by `table/index`, from a ConsumedCapacity with its indexes, or a list of them."""
    parts = consumed if isinstance(consumed, list) else [consumed]
    factor = CORRECTIONS.get((os.environ[TABLES], operation), 1)
    summed: defaultdict[str, float] = defaultdict(float)
    for place, amount in (used for part in parts for used in _by_place(part) if used[1]):
        summed[place] += factor * amount
    return summed


def _by_place(part: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    table = part["TableName"].rpartition("/")[2]
    yield table, part["Table"]["CapacityUnits"]
    for kind in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes"):
        for index, used in part.get(kind, {}).items():
            yield f"{table}/{index}", used["CapacityUnits"]


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def meter_consumed_capacity() -> None:
    """LocalStack's hook: offer the count."""
    patch_forwarding(METER)
    serve(PATH, NotedInLocalStack(METER))


METER = Meter()


def patch_forwarding(meter: Meter) -> None:
    """Count where LocalStack hands a request to the engine, whoever made it."""
    replace(
        "localstack.services.dynamodb.v2.provider:DynamoDBProvider",
        "forward_request",
        lambda forward_request: _metered(forward_request, meter),
        why="capability",
        upstream="5b1adc9b6e85",
        before="dynamodb",
    )


def _metered(forward_request: Forward, meter: Meter) -> Forward:
    @wraps(forward_request)
    def forward(provider: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        operation = context.operation.name
        if not meter.running or operation not in READS | WRITES:
            return forward_request(provider, context, *args, **kwargs)
        is_asked_for = _ask(context.request)
        try:
            answer = forward_request(provider, context, *args, **kwargs)
        except Exception as error:
            if getattr(error, "code", "") in REFUSALS:
                meter.note_refusal()
            raise
        meter.note(operation, answer[ANSWERED] if is_asked_for else answer.pop(ANSWERED))
        return answer

    return forward


def _ask(request: Any) -> bool:
    """Have the request ask for what it consumes, and each index; whether it did so itself."""
    asked = json.loads(request.data)
    is_asked_for = bool(asked.get(ASKING, "NONE") != "NONE")
    request.data = json.dumps({**asked, ASKING: "INDEXES"}).encode()
    return is_asked_for
