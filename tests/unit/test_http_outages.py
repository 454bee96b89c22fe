"""What the HTTP edge says when AWS fails: come back, where that helps; else that we are at fault."""

from collections.abc import Callable
from io import StringIO
from typing import Any, NoReturn

import pytest
from botocore.exceptions import ClientError

from chalicelib.identity.model import Caller
from tests.support.api import Api
from tests.support.good_requests import GOOD_REQUESTS

# Where routes find what they work with.
DOORS = [
    *(("orders", "bar"), ("qr_codes", "bar"), ("shop", "shop_store")),
    *(("journeys", "bar"), ("insights", "shop_store")),
]


def failing_with(error: Exception) -> Callable[[], NoReturn]:
    def fail() -> NoReturn:
        raise error

    return fail


@pytest.mark.parametrize(("request_line", "who", "body"), GOOD_REQUESTS)
def test_what_passes_by_itself_is_503_on_every_route_and_says_when_to_come_back(
    api: Api, monkeypatch: pytest.MonkeyPatch, log: StringIO, request_line: str, who: Caller | None, body: object
) -> None:
    throttled: Any = {"Error": {"Code": "ThrottlingException", "Message": "the table serverlesspresso-shops is busy"}}
    for routes, door in DOORS:
        monkeypatch.setattr(f"chalicelib.{routes}.routes.{door}", failing_with(ClientError(throttled, "GetItem")))
    answer = api.call(request_line, who, body=body)
    assert (answer.status_code, answer.json_body["Code"]) == (503, "Unavailable")
    assert answer.json_body.keys() == {"Code", "Message"}
    assert "serverlesspresso" not in answer.json_body["Message"]
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert '"level":"ERROR"' in log.getvalue()  # for whoever looks after the bar
    assert "the table serverlesspresso-shops is busy" in log.getvalue()


def test_a_fault_that_no_retry_helps_stays_500(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    denied: Any = {"Error": {"Code": "AccessDeniedException", "Message": "no"}}
    monkeypatch.setattr("chalicelib.shop.routes.shop_store", failing_with(ClientError(denied, "GetItem")))
    answer = api.call("GET /config?eventId=ABC")
    assert (answer.status_code, answer.json_body["Code"]) == (500, "InternalServerError")
    assert "Retry-After" not in answer.headers
