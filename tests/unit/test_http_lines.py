"""What the HTTP edge says in its log: what was asked, about which order, and how it was answered."""

import json
from io import StringIO
from typing import Any

import pytest

from chalicelib.identity.model import Caller
from chalicelib.orders.model import OrderState
from tests.support.api import Api
from tests.support.good_requests import GOOD_REQUESTS
from tests.support.memory_bar import CODE, MemoryBar
from tests.support.orders import ORDER
from tests.support.people import OWNER, STRANGER


def lines(log: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


@pytest.mark.parametrize(("request_line", "who", "body"), GOOD_REQUESTS)
def test_the_last_line_of_each_request_has_its_method_path_and_status(
    api: Api, bar: MemoryBar, log: StringIO, request_line: str, who: Caller | None, body: object
) -> None:
    bar.with_order(OrderState.CREATED)
    api.call(request_line, who, body=body)
    method, address = request_line.split()
    last = lines(log)[-1]
    assert (last["message"], last["method"], last["status"]) == ("answered", method, 200)
    assert last["path"] == address.split("?")[0].replace(ORDER, "{order_id}")
    assert ("orderId" in last) == (ORDER in address.split("?")[0])


def test_a_refusal_names_its_request_in_each_of_its_lines(api: Api, bar: MemoryBar, log: StringIO) -> None:
    bar.with_order(OrderState.CREATED)
    api.call(f"PUT /orders/{ORDER}?action=cancel", STRANGER)
    told = lines(log)
    assert [line["message"] for line in told] == ["refused", "answered"]
    assert {(line["path"], line["action"], line["orderId"]) for line in told} == {
        ("/orders/{order_id}", "cancel", ORDER)
    }
    assert told[-1]["status"] == 404


def test_a_scanned_code_is_in_no_line_and_the_order_that_it_made_is_in_the_last(
    api: Api, bar: MemoryBar, log: StringIO
) -> None:
    order_id = api.call(f"POST /qr-code?eventId=ABC&token={CODE}", OWNER).json_body["orderId"]
    assert CODE not in log.getvalue()
    assert (lines(log)[-1]["orderId"], lines(log)[-1]["status"]) == (order_id, 201)
