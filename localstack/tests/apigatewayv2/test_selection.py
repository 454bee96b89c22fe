import pytest
from local_cloud.plugins.apigatewayv2.selection import selected_key

# The example of AWS's Developer Guide, websocket-api-develop-routes.html.
BODY = {"service": "chat", "action": "join", "data": {"room": "room1234"}, "list": ["item1", "item2"]}


@pytest.mark.parametrize(
    ("expression", "key"),
    [
        ("$request.body.action", "join"),
        ("${request.body.action}", "join"),
        ("${request.body.service}/${request.body.action}", "chat/join"),
        ("$request.body.service/$request.body.action", "chat/join"),
        ("${request.body.action}-${request.body.invalidPath}", "join-"),
        ("action", "action"),
        (r"\$default", "$default"),
        ("$request.body.data.room", "room1234"),
        ("$request.body.list", "[item1, item2]"),
        ("$request.body.list[1]", "item2"),
        ("${request.body.[}", ""),
    ],
)
def test_an_expression_is_evaluated_as_aws_documents_it(expression: str, key: str) -> None:
    assert selected_key(expression, BODY) == key


@pytest.mark.parametrize("body", [None, 7, "join", ["join"], {}])
def test_a_body_without_the_property_selects_nothing(body: object) -> None:
    assert selected_key("$request.body.action", body) == ""


def test_what_a_client_sends_is_not_evaluated_again() -> None:
    assert selected_key("$request.body.action", {"action": "${request.body.other}", "other": "x"}) == (
        "${request.body.other}"
    )
