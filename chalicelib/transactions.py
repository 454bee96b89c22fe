"""Several conditional writes that happen together or not at all (DynamoDB TransactWriteItems).

A write carries what its refusal means, so that each store explains its own row and nobody else has to know it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from boto3.dynamodb.types import TypeDeserializer
from botocore.exceptions import ClientError
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_random_exponential

from chalicelib.errors import Busy

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

type Row = Mapping[str, Any]
type Explain = Callable[[Row | None], Exception]


class Contention(Busy):
    """Another transaction holds one of the rows just now; the same transaction may succeed in a moment."""

    def __init__(self) -> None:
        # The caller reads this; what DynamoDB said, which names tables, is its `__cause__`.
        super().__init__("too many are doing this at the same moment; try again in a second")


@dataclass(frozen=True)
class Write:
    """One conditional write.

    Attributes:
        operation: a member of TransactWriteItems' `TransactItems`, such as `{"Update": {...}}`.
        explain: turns the row that failed the condition (None: there is no such row) into the error to raise.
    """

    operation: Mapping[str, Any]
    explain: Explain

    @property
    def item(self) -> dict[str, Any]:
        """The operation, asking for the row that fails its condition."""
        ((verb, parameters),) = self.operation.items()
        return {verb: {**parameters, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}}


def patiently[**P, T](write: Callable[P, T]) -> Callable[P, T]:
    """Try a write that meets other transactions again, for eight seconds."""
    decorate = retry(
        retry=retry_if_exception_type(Contention),
        wait=wait_random_exponential(multiplier=0.02, max=0.5),
        stop=stop_after_delay(8),
        reraise=True,
    )
    return decorate(write)


def commit(client: "DynamoDBClient", writes: Sequence[Write]) -> None:
    """Do all the writes, or none; once, even where an answer is lost and they are sent again.

    Args:
        client: a client that serialises Python values (a resource's `meta.client`).
        writes: at most 100; where several are refused, the first one's explanation is raised.

    Raises:
        Contention: other transactions kept the rows busy for eight seconds.
        Exception: whatever the refused write's `explain` returned.
    """
    _send(client, writes, str(uuid4()))


@patiently
def _send(client: "DynamoDBClient", writes: Sequence[Write], token: str) -> None:
    # DynamoDB knows a token for ten minutes: what it did for one, it does not do again (TransactWriteItems,
    # ClientRequestToken). With a new token for each try, a try whose answer was lost would refuse the next one.
    try:
        client.transact_write_items(TransactItems=[write.item for write in writes], ClientRequestToken=token)  # type: ignore[misc]
    except ClientError as error:
        raise _meaning(error, writes) from error


def is_contention(error: ClientError) -> bool:
    """Whether a single write, or a transaction, met another transaction on its row."""
    return error.response["Error"]["Code"] in {"TransactionInProgressException", "TransactionConflictException"}


def _meaning(error: ClientError, writes: Sequence[Write]) -> Exception:
    if is_contention(error):
        return Contention()
    reasons: list[dict[str, Any]] = error.response.get("CancellationReasons", [])  # type: ignore[assignment]
    for write, reason in zip(writes, reasons, strict=False):
        if reason.get("Code") == "ConditionalCheckFailed":
            return write.explain(plain(reason["Item"]) if reason.get("Item") else None)
    if any(reason.get("Code") in {"TransactionConflict", "ThrottlingError"} for reason in reasons):
        return Contention()
    return error


def plain(item: Mapping[str, Any]) -> dict[str, Any]:
    """A row in DynamoDB's typed JSON (`{"S": ..}`) as Python values; errors carry rows that boto3 does not convert."""
    read = TypeDeserializer().deserialize
    return {name: read(value) for name, value in item.items()}
