"""Every way in which a function, or the API, calls AWS: what must be there beforehand, and the event or request."""

import importlib
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import app
from chalicelib.bar import Bar
from chalicelib.identity.sign_in import PLACES, id_at, new_code
from chalicelib.identity.store import SignInStore
from chalicelib.orders.model import Order, OrderState, Reason
from chalicelib.qr_codes.model import bucket_id
from chalicelib.realtime.store import ConnectionStore
from chalicelib.shop.model import menu_entries
from tests.contract.realtime_scenarios import REALTIME
from tests.support.orders import MENU, order_in
from tests.support.people import BARISTA, OWNER
from tests.support.recorded import envelope

FUNCTIONS = {function.name: function.handler_string for function in app.app.pure_lambda_functions} | {
    source.name: source.handler_string for source in (*app.app.event_sources, *app.app.websocket_handlers.values())
}
CREATED, SUBMITTED, IN_PRODUCTION = OrderState.CREATED, OrderState.SUBMITTED, OrderState.IN_PRODUCTION


@dataclass(frozen=True)
class Account:
    """An account in which functions can be called.

    Attributes:
        bar: its stores, for what must be there beforehand; what they do is not recorded.
        shop: a shop of the test's own.
        machine: the state machine's name.
        now: ms since 1970.
    """

    bar: Bar
    sign_ins: SignInStore
    connections: ConnectionStore
    aws: Callable[[str], Any]
    shop: str
    machine: str
    now: int

    def call(self, name: str, event: dict[str, Any]) -> Any:
        module, _, function = FUNCTIONS[name].rpartition(".")
        arn = "arn:aws:lambda:us-east-1:000000000000:function:f"
        context = SimpleNamespace(
            function_name="f", memory_limit_in_mb=128, invoked_function_arn=arn, aws_request_id="request"
        )
        return getattr(importlib.import_module(module), function)(event, context)

    def execution_arn(self, name: str) -> str:
        return f"arn:aws:states:us-east-1:000000000000:execution:{self.machine}:{name}"

    def order(self, state: OrderState, **changes: Any) -> Order:
        """An order of the shop with the places that it holds and a token of a code that is still good."""
        name = f"order-{secrets.token_hex(6)}"
        held = {"order_id": name, "event_id": self.shop, "code_bucket": bucket_id(self.now), "created_ts": self.now}
        order = order_in(state, **{**held, "user_id": OWNER.user_id, "updated_ts": self.now, **changes})
        (bucket,) = self.bar.qr_codes.find(self.shop, [order.code_bucket], 100)
        self.bar.commit(
            self.bar.orders.create(order),
            self.bar.customers.hold(order.user_id, self.shop, order.order_id, 100),
            self.bar.qr_codes.spend_drink(bucket),
        )
        return order

    def task(self, name: str, state: OrderState, **event: Any) -> None:
        """Call a workflow's task for an order in that state."""
        to_be_written = {"take_number": {"order_number": None}, "finish_order": {"finished_ts": None}}
        self.call(name, {"orderId": self.order(state, **to_be_written.get(name, {})).order_id, **event})


def ask(name: str) -> Callable[[Account], None]:
    def scenario(account: Account) -> None:
        to_ask, answered = (CREATED, SUBMITTED) if name == "ask_customer" else (SUBMITTED, OrderState.COMPLETED)
        never_asked = account.order(to_ask, customer_token=None, barista_token=None)
        account.call(name, {"orderId": never_asked.order_id, "taskToken": "nobody waits for this"})
        account.task(name, to_ask, taskToken="nor for this")
        account.task(name, answered, taskToken="nor for that")

    return scenario


def die(account: Account) -> None:
    execution_input = json.dumps({"detail": {"orderId": account.order(SUBMITTED).order_id}})
    detail = {"executionArn": "arn:run", "status": "FAILED", "input": execution_input}
    account.call("execution_died", envelope("Step Functions Execution Status Change", detail))


def sweep(account: Account) -> None:
    long_ago = {"created_ts": account.now - 300_000, "updated_ts": account.now - 300_000}
    account.order(CREATED, **long_ago)
    account.order(SUBMITTED, **long_ago, execution_arn=account.execution_arn("forgotten"))
    ended = account.order(OrderState.COMPLETED, **long_ago)
    unheard = account.order(OrderState.COMPLETED, **long_ago, execution_arn=account.execution_arn("unheard"))
    account.bar.commit(account.bar.shops.take_place(account.shop, ended.order_id))
    with running_workflows(account, ended=ended, unheard=unheard):
        account.call("sweep", envelope("Scheduled Event", {}))


@contextmanager
def running_workflows(account: Account, **orders: Order) -> Iterator[None]:
    """Executions that wait for the orders, by their names."""
    client = account.aws("stepfunctions")
    waiting = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 600, "End": True}}}
    role = "arn:aws:iam::000000000000:role/any"
    made = client.create_state_machine(name=account.machine, definition=json.dumps(waiting), roleArn=role)
    for name, order in orders.items():
        given = json.dumps({"detail": {"orderId": order.order_id}})
        client.start_execution(stateMachineArn=made["stateMachineArn"], name=name, input=given)
    try:
        yield
    finally:
        client.delete_state_machine(stateMachineArn=made["stateMachineArn"])


def trigger(request: dict[str, Any], **attributes: str) -> dict[str, Any]:
    return {"userName": "user-1", "request": {"userAttributes": attributes, **request}, "response": {}}


def create_codes(account: Account) -> None:
    account.call("create_auth_challenge", trigger({"session": []}, email="somebody@example.com"))
    account.call("create_auth_challenge", trigger({"session": []}, phone_number="+15550100"))


def verify_code(account: Account) -> None:
    code_id = id_at(PLACES[-1], "id")  # the first ones are taken by `create_codes`
    account.sign_ins.add(new_code("user-1", code_id, "123456", account.now))
    given = {"privateChallengeParameters": {"codeId": code_id}, "challengeAnswer": "123456"}
    account.call("verify_auth_challenge", trigger(given))


def change_shop(account: Account) -> None:
    images = {"NewImage": {"eventId": {"S": account.shop}, "storeOpen": {"BOOL": True}}}
    account.call("config_changed", {"Records": [{"eventID": "1", "dynamodb": {"SequenceNumber": "1", **images}}]})


HEARD = (
    "Validator.NewOrder",
    *(f"OrderManager.{what}" for what in ("WaitingCompletion", "MakeOrder", "OrderCompleted")),
)


def hear(name: str) -> Callable[[Account], None]:
    def scenario(account: Account) -> None:
        who = {"eventId": account.shop, "orderId": f"order-{secrets.token_hex(6)}", "userId": "u", "at": account.now}
        drink = {"orderNumber": 1, "drinkOrder": {"drink": "Latte", "modifiers": []}}
        for detail_type in HEARD:
            account.call(name, envelope(detail_type, {**who, **drink}))

    return scenario


# By function; each does all that its function can do on AWS.
SCENARIOS: dict[str, Callable[[Account], None]] = {
    "ask_customer": ask("ask_customer"),
    "ask_barista": ask("ask_barista"),
    "take_number": lambda account: account.task("take_number", SUBMITTED),
    "finish_order": lambda account: account.task("finish_order", OrderState.COMPLETED),
    "give_up_order": lambda account: account.task("give_up_order", CREATED, reason=Reason.BAR_FULL.value),
    "execution_died": die,
    "sweep": sweep,
    "pre_sign_up": lambda account: account.call("pre_sign_up", trigger({})),
    "define_auth_challenge": lambda account: account.call("define_auth_challenge", trigger({"session": []})),
    "create_auth_challenge": create_codes,
    "verify_auth_challenge": verify_code,
    "config_changed": change_shop,
    "record_journey": hear("record_journey"),
    "learn_insights": hear("learn_insights"),
    **REALTIME,
}


def requests(account: Account) -> Iterator[tuple[str, Any, Any]]:
    """At least one for every call that some route makes."""
    shop, drink = account.shop, {"drink": "Espresso"}
    yield f"GET /config?eventId={shop}", None, None
    yield f"PUT /store?eventId={shop}&state=open", BARISTA, None
    yield f"PUT /menu?eventId={shop}", BARISTA, {"menu": menu_entries(MENU)}
    yield f"POST /qr-code?eventId={shop}&token=the-code", OWNER, None
    yield f"PUT /orders/{account.order(CREATED).order_id}", OWNER, drink
    yield f"PUT /orders/{account.order(SUBMITTED).order_id}?action=make", BARISTA, None
    yield f"PUT /orders/{account.order(IN_PRODUCTION).order_id}?action=complete", BARISTA, None
    yield f"PUT /orders/{account.order(SUBMITTED).order_id}?action=cancel", OWNER, None
    yield f"GET /orders?eventId={shop}&state=CREATED", BARISTA, None
    yield "GET /myOrders", OWNER, None
    yield f"GET /journeys/{account.order(SUBMITTED).order_id}", OWNER, None
    yield f"GET /insights?eventId={shop}", BARISTA, None
    account.bar.qr_codes.table.delete_item(Key={"eventId": shop, "bucketId": bucket_id(account.now)})
    yield f"GET /qr-code?eventId={shop}", BARISTA, None
