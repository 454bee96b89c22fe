"""The HTTP edge: every answer's status, shape and headers, with the real routes on a bar in memory."""

import json
from io import StringIO
from typing import NamedTuple
from unittest.mock import Mock

import pytest

import app
from chalicelib import errors, http
from chalicelib.errors import Busy, Conflict, Forbidden, Invalid, NotFound, NotReady, Refusal, Unavailable
from chalicelib.identity.model import Caller
from chalicelib.orders import changing
from chalicelib.orders.model import OrderState
from chalicelib.orders.store import Stale
from chalicelib.transactions import Contention
from simulator.own_shop import app_settings
from tests.support.api import Api
from tests.support.good_requests import DRINK, GOOD_REQUESTS
from tests.support.memory_bar import CODE, MemoryBar
from tests.support.memory_orders import MemoryOrders
from tests.support.orders import BUCKET, EVENT, LATTE, NOW, ORDER
from tests.support.people import BARISTA, OWNER, STRANGER

ABOUT_A_SHOP = [one for one in GOOD_REQUESTS if "eventId=ABC" in one[0]]
SIGNED_IN = [*GOOD_REQUESTS[1:], (f"POST /qr-code?eventId=ABC&token={CODE}", STRANGER, None)]


@pytest.mark.parametrize(("request_line", "who", "body"), GOOD_REQUESTS)
def test_a_good_request_is_answered_with_200_and_cors(
    api: Api, bar: MemoryBar, request_line: str, who: Caller | None, body: object
) -> None:
    bar.with_order(OrderState.CREATED)
    answer = api.call(request_line, who, body=body)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")


@pytest.mark.parametrize(("request_line", "_who", "body"), SIGNED_IN)
def test_without_claims_every_route_but_the_open_one_is_forbidden_even_if_a_gateway_let_it_through(
    api: Api, bar: MemoryBar, request_line: str, _who: Caller, body: object
) -> None:
    before = bar.with_order(OrderState.CREATED)
    answer = api.call(request_line, body=body)
    assert (answer.status_code, answer.json_body["Code"]) == (403, "Forbidden")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert bar.orders.get(ORDER) == before


def test_q26_q27_q28_every_route_but_config_has_the_authorizer() -> None:
    unguarded = [
        (path, method)
        for path, methods in app.app.routes.items()
        for method, route in methods.items()
        if route.authorizer is None
    ]
    assert unguarded == [("/config", "GET")]


def test_the_list_of_good_requests_knows_every_route() -> None:
    tried = {(line.split()[0], line.split()[1].split("?")[0].replace(ORDER, "{order_id}")) for line, *_ in SIGNED_IN}
    routes = {(method, path) for path, methods in app.app.routes.items() for method in methods}
    assert routes == tried | {("GET", "/config")}


@pytest.mark.parametrize(("request_line", "who", "body"), ABOUT_A_SHOP)
def test_a_request_that_names_no_shop_is_about_the_default_one(
    api: Api, request_line: str, who: Caller | None, body: object
) -> None:
    assert app_settings().default_event_id == EVENT
    unnamed = request_line.replace("eventId=ABC", "")
    assert api.call(unnamed, who, body=body).json_body == api.call(request_line, who, body=body).json_body


ORDERS = f"/orders/{ORDER}"


class Refused(NamedTuple):
    """A request and the answer that says why not."""

    request: str
    who: Caller | None
    body: object
    status: int
    code: str
    message: str


REFUSED = [
    Refused("GET /config?eventId=%20", None, None, 400, "BadRequest", "the query parameter eventId is missing"),
    Refused("GET /config?eventId=XYZ", None, None, 404, "NotFound", "there is no shop XYZ"),
    Refused(
        "GET /admin-config?eventId=ABC", OWNER, None, 403, "Forbidden", "only members of the group admin may do this"
    ),
    Refused("PUT /store?eventId=ABC", BARISTA, None, 400, "BadRequest", "the query parameter state is missing"),
    Refused(
        "PUT /store?eventId=ABC&state=ajar",
        BARISTA,
        None,
        400,
        "BadRequest",
        "state must be open or closed, not 'ajar'",
    ),
    Refused("POST /qr-code?eventId=ABC", OWNER, None, 400, "MissingToken", "it is the scanned code"),
    Refused("POST /qr-code?token=x", OWNER, None, 400, "InvalidCode", "scan the one on the display again"),
    Refused("POST /qr-code?eventId=ABC&token=x", OWNER, None, 400, "InvalidCode", "scan the one on the display again"),
    Refused("GET /orders?eventId=ABC", BARISTA, None, 400, "BadRequest", "the query parameter state is missing"),
    Refused(
        "GET /orders?eventId=ABC&state=DONE",
        BARISTA,
        None,
        400,
        "BadRequest",
        "state must be one of CREATED, SUBMITTED",
    ),
    Refused(
        "GET /myOrders?maxItems=0", OWNER, None, 400, "BadRequest", "maxItems must be a whole number from 1 to 100"
    ),
    Refused("GET /myOrders?nextToken=x", OWNER, None, 400, "BadRequest", "nextToken is not one that this API gave"),
    Refused("GET /orders/other", OWNER, None, 404, "NotFound", "there is no order other"),
    Refused(f"GET {ORDERS}", STRANGER, None, 404, "NotFound", f"there is no order {ORDER}"),
    Refused(f"PUT {ORDERS}?action=drink", OWNER, None, 400, "BadRequest", "action must be one of submit, make, unmake"),
    Refused(f"PUT {ORDERS}", OWNER, None, 400, "BadRequest", "body must be object"),
    Refused(f"PUT {ORDERS}", OWNER, b"{drink", 400, "BadRequest", "the body is not JSON"),
    Refused(f"PUT {ORDERS}", OWNER, b"\xff", 400, "BadRequest", "the body is not JSON"),
    Refused(f"PUT {ORDERS}", OWNER, [], 400, "BadRequest", "body must be object"),
    Refused(f"PUT {ORDERS}", OWNER, {}, 400, "BadRequest", "body must contain ['drink'] properties"),
    Refused(f"PUT {ORDERS}", OWNER, {"drink": 1}, 400, "BadRequest", "body.drink must be string"),
    Refused(
        f"PUT {ORDERS}", OWNER, {"drink": "x", "modifiers": "Oat"}, 400, "BadRequest", "body.modifiers must be array"
    ),
    Refused(f"PUT {ORDERS}", OWNER, {"drink": "Tea"}, 400, "InvalidOrder", "'Tea' is not on the menu"),
    Refused(
        f"PUT {ORDERS}?action=complete", BARISTA, None, 409, "WrongState", "cannot complete an order that is CREATED"
    ),
    Refused(
        "PUT /menu?eventId=ABC", BARISTA, {"menu": [{"drink": "x"}]}, 400, "BadRequest", "body.menu[0] must contain"
    ),
    Refused(
        "PUT /limits?eventId=ABC", BARISTA, {"cups": 1}, 400, "BadRequest", "body must not contain {'cups'} properties"
    ),
    Refused(
        "PUT /limits?eventId=ABC", BARISTA, {"maxOrdersInQueue": -1}, 400, "BadRequest", "must be bigger than or equal"
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case.request} {case.message}")
def test_q22_a_refusal_has_its_status_its_code_a_message_and_cors(api: Api, bar: MemoryBar, case: Refused) -> None:
    bar.with_order(OrderState.CREATED)
    answer = api.call(case.request, case.who, body=case.body)
    assert (answer.status_code, answer.json_body.keys()) == (case.status, {"Code", "Message"})
    assert answer.json_body["Code"] == case.code
    assert case.message in answer.json_body["Message"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_every_refusal_has_a_status() -> None:
    """Those that the package knows; a new one without a status would answer 500."""
    refusals = {found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, Refusal)}
    assert set(http.STATUS) == refusals - {Refusal}


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        *[(Invalid("no"), 400), (Forbidden("no"), 403), (NotFound("no"), 404)],
        *[(Conflict("no"), 409), (NotReady("no"), 409), (Busy("no"), 409), (Unavailable("no"), 503)],
    ],
)
def test_each_refusal_keeps_its_own_code(refusal: Refusal, status: int) -> None:
    answer = http.refused(refusal)
    assert answer.status_code == status
    assert answer.body == {"Code": refusal.default_code, "Message": "no"}


def test_q15_not_ready_says_when_to_come_back(api: Api, bar: MemoryBar) -> None:
    bar.with_order(OrderState.CREATED, customer_token=None)
    answer = api.call(f"PUT {ORDERS}", OWNER, body=DRINK)
    assert (answer.status_code, answer.json_body["Code"], answer.headers["Retry-After"]) == (409, "NotReady", "1")


@pytest.mark.parametrize("busy", [Contention(), Stale(ORDER)])
def test_who_gets_no_turn_among_many_is_told_to_come_back(
    api: Api, bar: MemoryBar, monkeypatch: pytest.MonkeyPatch, busy: Busy
) -> None:
    """The write was tried again for seconds; nothing is wrong with the request."""
    monkeypatch.setattr(changing.change.retry, "stop", lambda _: True)  # type: ignore[attr-defined, unused-ignore]
    monkeypatch.setattr(MemoryOrders, "save", Mock(side_effect=busy))
    before = bar.with_order(OrderState.CREATED)
    answer = api.call(f"PUT {ORDERS}", OWNER, body=DRINK)
    assert (answer.status_code, answer.json_body["Code"], answer.headers["Retry-After"]) == (409, "Busy", "1")
    assert "try again in a second" in answer.json_body["Message"]
    assert bar.orders.get(ORDER) == before


def test_a_scan_is_answered_with_201_and_the_order(api: Api, bar: MemoryBar) -> None:
    answer = api.call(f"POST /qr-code?eventId=ABC&token={CODE}", OWNER)
    assert (answer.status_code, list(answer.json_body)) == (201, ["orderId"])
    assert bar.orders.get(answer.json_body["orderId"]).user_id == OWNER.user_id


def test_no_two_orders_and_no_two_codes_are_alike(api: Api, bar: MemoryBar) -> None:
    bar.configure(max_orders_per_user=10)
    scans = [api.call(f"POST /qr-code?eventId=ABC&token={CODE}", OWNER) for _ in range(10)]
    assert len({scan.json_body["orderId"] for scan in scans}) == 10
    bar.qr_codes.rows.clear()
    first = api.call("GET /qr-code?eventId=ABC", BARISTA).json_body["bucket"]
    bar.qr_codes.rows.clear()
    second = api.call("GET /qr-code?eventId=ABC", BARISTA).json_body["bucket"]
    assert first["code"] != second["code"]
    assert len(first["code"]) == 10
    assert first["startTs"] == BUCKET * 300_000


def test_q22_q38_a_fault_of_ours_is_500_with_cors_and_gives_nothing_away(
    api: Api, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise RuntimeError("the table serverlesspresso-shops is on fire")

    monkeypatch.setattr("chalicelib.shop.routes.shop_store", broken)
    answer = api.call("GET /config?eventId=ABC")
    assert (answer.status_code, answer.json_body["Code"]) == (500, "InternalServerError")
    assert "fire" not in answer.json_body["Message"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "request_line",
    [f"GET /config?eventId={'x' * 600}", f"GET /orders/{'x' * 600}", f"GET /myOrders?nextToken={'x' * 600}"],
)
def test_q32_a_name_that_is_too_long_to_be_one_is_refused(api: Api, request_line: str) -> None:
    assert api.call(request_line, OWNER).status_code == 400


def test_a_name_is_as_long_as_its_bytes(api: Api) -> None:
    """DynamoDB's limits count bytes; 512 elephants have 2048."""
    elephants = "%F0%9F%90%98" * 512
    assert api.call(f"GET /orders?eventId={elephants}&state=CREATED", BARISTA).status_code == 400


def test_q32_nothing_in_a_query_reaches_another_field(api: Api, bar: MemoryBar) -> None:
    """The original pasted values into a JSON template."""
    bar.with_order(OrderState.CREATED)
    injected = "submit%22%2C%22userId%22%3A%22customer-1"
    assert api.call(f"PUT {ORDERS}?action={injected}", STRANGER, body=DRINK).status_code == 400
    assert bar.orders.get(ORDER).state is OrderState.CREATED


def test_q29_the_body_does_not_decide_whose_order_it_is(api: Api, bar: MemoryBar) -> None:
    bar.with_order(OrderState.CREATED)
    answer = api.call(f"PUT {ORDERS}", STRANGER, body={**DRINK, "userId": OWNER.user_id})
    assert answer.status_code == 404
    assert api.call(f"PUT {ORDERS}", OWNER, body={**DRINK, "userId": "x", "icon": "x"}).status_code == 200


def test_json_is_read_whatever_it_is_called(api: Api, bar: MemoryBar) -> None:
    bar.with_order(OrderState.CREATED)
    assert api.call(f"PUT {ORDERS}", OWNER, body=DRINK, content_type="").status_code == 200


def test_a_body_that_is_nested_without_end_is_refused(api: Api, bar: MemoryBar) -> None:
    bar.with_order(OrderState.CREATED)
    answer = api.call(f"PUT {ORDERS}", OWNER, body=b"[" * 100_000)
    assert (answer.status_code, answer.json_body["Message"]) == (400, "the body is not JSON")


def test_a_whole_number_may_be_written_with_a_point(api: Api, bar: MemoryBar) -> None:
    """JSON knows one kind of number; JSON Schema takes 5.0 for an integer, DynamoDB's client takes no float."""
    answer = api.call("PUT /limits?eventId=ABC", BARISTA, body={"maxOrdersInQueue": 5.0})
    assert answer.status_code == 200
    assert bar.shops.get(EVENT).max_orders_in_queue == 5


def test_q37_an_order_is_plain_json_whose_numbers_are_numbers(api: Api, bar: MemoryBar) -> None:
    """The original answered with the table's own wrappers around each value, and a comma too many."""
    bar.with_order(OrderState.SUBMITTED)
    order = api.call(f"GET {ORDERS}", OWNER).json_body
    assert order["drinkOrder"] == {**DRINK, "icon": LATTE.icon}
    assert [type(order[name]) for name in ("orderNumber", "createdTs", "updatedTs")] == [int, int, int]
    assert api.call("GET /orders?eventId=ABC&state=SUBMITTED", BARISTA).json_body["orders"] == [order]


def test_orders_come_in_pages(api: Api, bar: MemoryBar) -> None:
    for i in range(3):
        bar.with_order(OrderState.CREATED, order_id=f"order-{i}", created_ts=NOW + i)
    listing = "GET /orders?eventId=ABC&state=CREATED&maxItems=2"
    first = api.call(listing, BARISTA).json_body
    second = api.call(f"{listing}&nextToken={first['nextToken']}", BARISTA).json_body
    assert [order["orderId"] for order in first["orders"] + second["orders"]] == ["order-0", "order-1", "order-2"]
    assert second["nextToken"] is None


def test_a_line_of_the_log_says_which_order_and_shop_it_is_about_and_the_next_request_starts_afresh(
    api: Api, bar: MemoryBar, log: StringIO
) -> None:
    bar.with_order(OrderState.CREATED)
    api.call(f"PUT {ORDERS}?action=complete&eventId=ABC", BARISTA)
    api.call("GET /config?eventId=XYZ")
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [(line["path"], line.get("orderId"), line["eventId"]) for line in told if line["message"] == "refused"] == [
        ("/orders/{order_id}", ORDER, "ABC"),
        ("/config", None, "XYZ"),
    ]


def test_a_line_about_a_request_that_names_no_shop_names_the_default_one(api: Api, log: StringIO) -> None:
    api.call("GET /qr-code", OWNER)
    assert f'"eventId":"{EVENT}"' in log.getvalue()


@pytest.mark.parametrize("request_line", [f"PUT {ORDERS}?action=complete", f"GET {ORDERS}"])
def test_a_line_about_an_order_names_its_own_shop(api: Api, bar: MemoryBar, log: StringIO, request_line: str) -> None:
    bar.with_order(OrderState.CREATED, event_id="XYZ")
    api.call(request_line, STRANGER if request_line.startswith("GET") else BARISTA)
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    assert {(line["orderId"], line["eventId"]) for line in told} == {(ORDER, "XYZ")}
