"""Requests to the API and to its WebSocket are made anew from what was recognised in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.rules.decision import decide
from gate.rules.passages import ApiCall, Socket
from gate.rules.refusal import Refused
from tests.support.good_requests import GOOD_REQUESTS
from tests.support.rooms import BAR, ROOM, TOKEN, asked


def call(method: str, target: str, body: bytes = b"", /, **headers: str) -> ApiCall:
    passage = decide(asked(method, target, body, **headers), BAR, ROOM)
    assert isinstance(passage, ApiCall)
    return passage


def status(method: str, target: str, body: bytes = b"", /, **headers: str) -> int:
    with pytest.raises(Refused) as refusal:
        decide(asked(method, target, body, **headers), BAR, ROOM)
    return refusal.value.status


@pytest.mark.parametrize("request_line", [line for line, _, _ in GOOD_REQUESTS])
def test_every_route_of_the_bar_is_passed_on_as_it_is(request_line: str) -> None:
    method, _, target = request_line.partition(" ")
    passed = call(method, f"/api{target}", Authorization=f"Bearer {TOKEN}")
    assert f"{passed.path}{'?' * bool(passed.query)}{passed.query}" == target
    assert (passed.method, passed.token, passed.body) == (method, TOKEN, b"")


def test_a_passer_by_has_no_token_and_a_scan_is_known() -> None:
    scan = call("POST", "/api/qr-code?eventId=ABC&token=1234567890")
    assert (scan.token, scan.is_scan) == ("", True)
    assert not call("GET", "/api/qr-code?eventId=ABC").is_scan
    assert call("GET", "/api/journeys/an-order").order_with_journey == "an-order"
    assert call("GET", "/api/orders/an-order").order_with_journey == ""


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8"]
)
def test_json_is_passed_on_as_it_came(content_type: str) -> None:
    body = b'{"drink": "Caf\xc3\xa9 au lait"}'
    assert call("PUT", "/api/orders/x", body, Content_Type=content_type).body == body


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"a=b", "application/x-www-form-urlencoded"),
        (b"{}", "text/plain"),
        (b"{}", ""),
        (b"{}", "application/json, text/plain"),
        (b"{", "application/json"),
        (b"\xff", "application/json"),
        (b"[" * 30_000, "application/json"),
    ],
)
def test_what_is_no_json_is_refused(body: bytes, content_type: str) -> None:
    assert status("PUT", "/api/orders/x", body, Content_Type=content_type) == 400


@pytest.mark.parametrize(
    "target",
    [
        *(
            "/api",
            "/api/",
            "/api//config",
            "/api/config/",
            "/api/../config",
            "/api/a/b/c/d",
            "/api/a.b",
            "/api/%6frders",
        ),
        *("/api/orders/..", "/api/orders/%2e%2e", "/api/orders/a%2fb", "/api/" + "a" * 129, "/API/config"),
    ],
)
def test_a_path_that_the_api_has_not_is_refused(target: str) -> None:
    assert status("GET", target) in {400, 404}


@pytest.mark.parametrize(
    "query",
    [
        *(
            "X-Amz-Signature=x",
            "eventId=A&X-Amz-Credential=x",
            "a=1&a=2",
            "eventId=A&eventId=B",
            "a%3Db=1",
            "a.b=1",
            "=1",
        ),
        *("eventId=%00", "eventId=%0d%0aX:%201", "eventId=%ff", "&".join(f"{chr(97 + n)}=1" for n in range(9)), "_x=1"),
        *("eventId", "a=1&&b=2", "a=1&", "x-http-method-override=DELETE", "response-content-type=x"),
    ],
)
def test_parameters_that_the_api_has_not_are_refused(query: str) -> None:
    assert status("GET", f"/api/config?{query}") == 400


@pytest.mark.parametrize(
    "held",
    [
        *(
            "Bearer",
            "Bearer ",
            "Bearer x",
            "Bearer a.b",
            "Bearer a.b.c.d",
            "bearer a.b.c",
            "Basic dGVzdDp0ZXN0",
            "a.b.c",
        ),
        *(
            "Bearer a.b.c ",
            "Bearer  a.b.c",
            "Bearer a.b.c, Bearer d.e.f",
            "Bearer a.b.\u00e7",
            "Bearer " + "a" * 2001 + ".b.c",
        ),
        "AWS4-HMAC-SHA256 Credential=test/20261129/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=x",
    ],
)
def test_authorization_takes_a_token_and_no_signature_of_awss(held: str) -> None:
    assert status("GET", "/api/myOrders", Authorization=held) == 400


@pytest.mark.parametrize("method", ["HEAD", "DELETE", "PATCH", "OPTIONS"])
def test_the_api_is_asked_by_its_own_methods_only(method: str) -> None:
    assert status(method, "/api/config") == 405


@pytest.mark.parametrize(
    "name",
    [
        *("X_HTTP_Method_Override", "X_Method_Override", "X_Forwarded_For", "X_Forwarded_Host", "X_Forwarded_Proto"),
        *("X_Forwarded_Prefix", "Forwarded", "X_Original_URL", "X_Rewrite_URL", "X_Real_IP", "X_Amz_Target", "Expect"),
        *("X_Amz_Date", "X_Amz_Security_Token", "Connection", "Proxy_Authorization", "Via", "Cookie", "User_Agent"),
    ],
)
def test_headers_that_speak_to_what_is_behind_the_gate_are_left_behind(name: str) -> None:
    assert call("GET", "/api/config?eventId=ABC", **{name: "DELETE"}) == ApiCall("GET", "/config", "eventId=ABC")


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_passed_on_is_one_stage_of_one_api(path: str, query: str) -> None:
    try:
        passed = call("GET", f"/api/{path}?{query}")
    except Refused:
        return
    assert set(passed.path) <= set("/-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert "//" not in passed.path
    assert passed.query.isascii()


def handshake(query: str, **headers: str) -> object:
    return decide(asked("GET", f"/realtime?{query}", **{"Upgrade": "websocket", **headers}), BAR, ROOM)


def test_a_page_listens_with_its_token_to_its_shop() -> None:
    assert handshake(f"token={TOKEN}&eventId=A%20B") == Socket(TOKEN, "A B")


@pytest.mark.parametrize(
    "query",
    [
        "",
        f"token={TOKEN}",
        "eventId=A",
        f"token={TOKEN}&eventId=A&x=1",
        "token=x&eventId=A",
        f"token={TOKEN}&token={TOKEN}&eventId=A",
    ],
)
def test_a_handshake_has_a_token_and_a_shop_and_nothing_else(query: str) -> None:
    with pytest.raises(Refused):
        handshake(query)


@pytest.mark.parametrize("target", ["/realtime/", "/realtime/@connections/x", "/realtime/x"])
def test_the_sockets_own_management_is_not_there(target: str) -> None:
    assert status("GET", target, Upgrade="websocket") in {400, 404}
    assert status("POST", target) in {400, 404}


def test_the_sockets_address_is_for_sockets() -> None:
    assert status("GET", f"/realtime?token={TOKEN}&eventId=A") == 400
    assert status("GET", f"/realtime?token={TOKEN}&eventId=A", Upgrade="h2c") == 400
    assert status("POST", "/realtime", Upgrade="websocket") == 404
