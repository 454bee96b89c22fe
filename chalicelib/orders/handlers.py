"""The Order Processor's tasks and the watch over dead executions, as Lambda functions.

A function of a blueprint runs without app.py and its middleware, so each carries its own decorators. Names and payloads
are those of `statemachine/order_processor.asl.json`.
"""

from typing import Any, cast

from aws_lambda_powertools.utilities.typing import LambdaContext
from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.bar import bar
from chalicelib.clock import now_ms
from chalicelib.observability import about, logged, logger
from chalicelib.orders import processing, repair
from chalicelib.orders.model import Reason
from chalicelib.orders.workflow import BAD_ENDS, STATE_MACHINE, order_id_in

order_tasks = Blueprint(__name__)

type Payload = dict[str, Any]


@order_tasks.lambda_function()
@logged
def ask_customer(event: Payload, context: LambdaContext) -> None:
    """Task `Wait for the customer`: `{"orderId", "taskToken"}`."""
    about(order_id=event["orderId"])
    processing.ask_customer(bar(), event["orderId"], event["taskToken"], now_ms())


@order_tasks.lambda_function()
@logged
def take_number(event: Payload, context: LambdaContext) -> Payload:
    """Task `Take a number`: `{"orderId"}` to `{"orderNumber"}`."""
    about(order_id=event["orderId"])
    return {"orderNumber": processing.take_number(bar(), event["orderId"], now_ms())}


@order_tasks.lambda_function()
@logged
def ask_barista(event: Payload, context: LambdaContext) -> None:
    """Task `Wait for the barista`: `{"orderId", "taskToken"}`."""
    about(order_id=event["orderId"])
    processing.ask_barista(bar(), event["orderId"], event["taskToken"], now_ms())


@order_tasks.lambda_function()
@logged
def finish_order(event: Payload, context: LambdaContext) -> Payload:
    """Task `Finish the order`: `{"orderId"}` to `{"orderState"}`."""
    about(order_id=event["orderId"])
    return {"orderState": processing.finish(bar(), event["orderId"], now_ms())}


@order_tasks.lambda_function()
@logged
def give_up_order(event: Payload, context: LambdaContext) -> Payload:
    """The tasks that end an order: `{"orderId", "reason"}` to `{"orderState"}`."""
    about(order_id=event["orderId"])
    state = processing.give_up(bar(), event["orderId"], Reason(event["reason"]), now_ms())
    return {"orderState": state}


# EventBridge matches the end of the ARN, so that the pattern needs no account and no region.
@order_tasks.on_cw_event(
    {
        "source": ["aws.states"],
        "detail-type": ["Step Functions Execution Status Change"],
        "detail": {
            "status": list(BAD_ENDS),
            "stateMachineArn": [{"suffix": f":stateMachine:{STATE_MACHINE}"}],
        },
    }
)
def execution_died(event: CloudWatchEvent) -> None:
    """End the order of a workflow that came to a bad end."""
    _execution_died(event.to_dict(), cast("LambdaContext", event.context))


@logged
def _execution_died(event: Payload, context: LambdaContext) -> None:
    detail = event["detail"]
    logger.append_keys(executionArn=detail["executionArn"])
    order_id = order_id_in(detail.get("input"))
    if order_id is None:
        logger.info("an execution without an order died")
        return
    about(order_id=order_id)
    processing.execution_died(bar(), order_id, detail["executionArn"], now_ms())


@order_tasks.schedule("rate(5 minutes)")
def sweep(event: CloudWatchEvent) -> Payload:
    """Find what is stuck and mend it, on a schedule or on demand; gives what it did, empty on a healthy bar."""
    return _sweep(event.to_dict(), cast("LambdaContext", event.context))


@logged
def _sweep(event: Payload, context: LambdaContext) -> Payload:
    return repair.sweep(bar(), _state_machine_arn(context.invoked_function_arn), now_ms()).report


def _state_machine_arn(function_arn: str) -> str:
    """The Order Processor in this function's account and region."""
    _, partition, _, region, account, *_ = function_arn.split(":")
    return f"arn:{partition}:states:{region}:{account}:stateMachine:{STATE_MACHINE}"
