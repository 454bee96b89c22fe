"""The shops' table's stream: everybody hears of a changed configuration, once per change."""

from typing import Any

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord, DynamoDBStreamEvent
from aws_lambda_powertools.utilities.typing import LambdaContext
from chalice.app import Blueprint

from chalicelib.bus import event_bus
from chalicelib.observability import about, logged, logger
from chalicelib.shop import service

shop_stream = Blueprint(__name__)


@shop_stream.lambda_function()
@logged
def config_changed(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Records of the stream, each with the row before and after; from the first that fails on they come again (Q43).

    Lambda delivers all that follow a failed record again, whatever became of them: none of them is told before it is.
    Where nothing was told the batch fails, since Lambda then halves it until the record that cannot be told is alone.
    """
    for told, record in enumerate(DynamoDBStreamEvent(event).records):
        try:
            _tell_of_change(record)
        except Exception:
            if not told:
                raise
            logger.exception("failed; it and what follows come again")
            return _from_here_on(record)
    return {"batchItemFailures": []}


def _from_here_on(record: DynamoDBRecord) -> PartialItemFailureResponse:
    number = record.dynamodb.sequence_number if record.dynamodb else None
    return {"batchItemFailures": [{"itemIdentifier": str(number)}]}


def _tell_of_change(record: DynamoDBRecord) -> None:
    images = record.dynamodb
    if images is None:
        return
    before, after = images.old_image or {}, images.new_image or {}
    about(event_id=(after or before).get("eventId"))
    # The change's own moment, in whole seconds as the stream knows it: told again it is the same event.
    seconds = images.approximate_creation_date_time
    service.tell_of_change(event_bus(), before, after, None if seconds is None else seconds * 1000)
