"""The shops' table's stream: everybody hears of a changed configuration, once per change."""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from chalice.app import Blueprint

from chalicelib.bus import event_bus
from chalicelib.observability import about, logged
from chalicelib.shop import service

shop_stream = Blueprint(__name__)
processor = BatchProcessor(event_type=EventType.DynamoDBStreams)


@shop_stream.lambda_function()
@logged
def config_changed(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Records of the stream, each with the row before and after; those that failed come again (Q43)."""
    return process_partial_response(event, _tell_of_change, processor, context)


def _tell_of_change(record: DynamoDBRecord) -> None:
    images = record.dynamodb
    if images is None:
        return
    before, after = images.old_image or {}, images.new_image or {}
    about(event_id=(after or before).get("eventId"))
    service.tell_of_change(event_bus(), before, after)
