"""Events as the original system put them on its bus, whose shapes are partly not ours; nothing may break on them."""

from typing import Any

_FROM_STEP_FUNCTIONS = ["arn:aws:states:us-east-1:000000000000:stateMachine:OrderProcessorWorkflow"]
_WHO = {"orderId": "kq3Vxx0000000000000001", "userId": "6f1c-sub", "eventId": "ABC"}
_DRINK = {"userId": "6f1c-sub", "drink": "Americano", "modifiers": ["Oat"], "icon": "barista-icons_cafe-americano"}

RECORDED: list[tuple[str, dict[str, Any]]] = [
    ("Validator.NewOrder", {**_WHO, "Message": "…", "bucket": {"PK": "ABC-5507921", "last_id": 5507921}}),
    ("Validator.NewOrder", {"orderId": "from-the-first-version", "userId": "6f1c-sub", "Message": "…"}),
    ("OrderProcessor.WorkflowStarted", {**_WHO, "Message": "…", "TaskToken": "AQ…"}),
    ("OrderProcessor.WaitingCompletion", {**_WHO, "Message": "…", "TaskToken": "AQ…", "orderNumber": "12"}),
    ("OrderManager.WaitingCompletion", {**_WHO, "orderNumber": "12", "state": "ABC-CREATED", "drinkOrder": _DRINK}),
    ("OrderManager.WaitingCompletion", {**_WHO, "drinkOrder": '{"drink": "Americano"}'}),
    ("OrderManager.WaitingCompletion", {**_WHO, "drinkOrder": {"drink": "Espresso"}}),
    ("OrderManager.MakeOrder", {**_WHO, "baristaUserId": "b7-sub", "Message": "…"}),
    ("OrderManager.MakeOrder", {**_WHO, "baristaUserId": "", "Message": "…"}),
    ("OrderManager.OrderABC-COMPLETED", {**_WHO, "ORDERSTATE": "ABC-COMPLETED", "Message": "…"}),
    ("OrderManager.OrderABC-CANCELLED", {**_WHO, "ORDERSTATE": "ABC-CANCELLED", "Message": "…"}),
    (
        "OrderManager.OrderCompleted",
        {"orderId": "g1", "actionUserId": "b7", "order": {"orderNumber": 3}, "userId": "u"},
    ),
    ("OrderProcessor.OrderTimeOut", {**_WHO, "Message": "…", "cause": "Customer timedout"}),
    ("OrderProcessor.ShopUnavailable", {"Message": "…", "userId": "6f1c-sub", "eventId": "ABC"}),
    ("OrderProcessor.orderFinished", {**_WHO, "Message": "…"}),
    ("ConfigService.ConfigChanged", {"NewImage": {"PK": {"S": "config-ABC"}, "storeOpen": {"BOOL": True}}}),
    ("ConfigService.ConfigChanged", {}),
    ("OrderManager.DrinkAverageTime", {"drink": "Americano", "duration": 61.5, "eventId": "ABC"}),
    ("ProducerRobot.FulfillOrder", {"orderId": 17, "drinkOrder": None}),
    ("Something.Else", {"orderId": None, "eventId": ["ABC"]}),
]


def envelope(detail_type: str, detail: dict[str, Any], event_id: str = "event-1") -> dict[str, Any]:
    """The event as EventBridge delivers it."""
    return {
        "version": "0",
        "id": event_id,
        "detail-type": detail_type,
        "source": "awsserverlessda.serverlesspresso",
        "account": "000000000000",
        "time": "2022-05-12T17:25:01Z",
        "region": "us-east-1",
        "resources": _FROM_STEP_FUNCTIONS,
        "detail": detail,
    }
