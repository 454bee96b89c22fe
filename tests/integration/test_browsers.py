"""What a browser asks before it lets a page of another address talk to the API."""

import pytest

from simulator.probe.people import People

PAGE = "http://localhost:5173"


@pytest.mark.parametrize(("path", "method"), [("/qr-code", "POST"), ("/orders/an-order", "PUT"), ("/myOrders", "GET")])
def test_a_page_of_another_address_may_call_the_api(people: People, path: str, method: str) -> None:
    passer_by = people.passer_by()
    answer = passer_by.http.options(
        passer_by.api_url + path,
        headers={
            "Origin": PAGE,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )
    assert answer.status_code in {200, 204}
    assert answer.headers["access-control-allow-origin"] in {"*", PAGE}
    allowed = {name: answer.headers[f"access-control-allow-{name}"].lower() for name in ("methods", "headers")}
    assert method.lower() in allowed["methods"]
    assert "authorization" in allowed["headers"]


def test_q22_a_page_of_another_address_can_read_an_error(people: People) -> None:
    passer_by = people.passer_by()
    for path in ("/config?eventId=no-such-shop", "/myOrders"):
        answer = passer_by.http.get(passer_by.api_url + path, headers={"Origin": PAGE})
        assert answer.status_code in {401, 404}
        assert answer.headers["access-control-allow-origin"] in {"*", PAGE}
