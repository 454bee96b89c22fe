"""Stages of APIs, their WebSockets, and function URLs without authorization are for any page."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from local_cloud.testing import Cloud

from .conftest import ECHO, Deployed, Visitor
from .sent_by_pages import ELSEWHERE


@pytest.mark.parametrize("page", [ELSEWHERE, "Origin: null", "Sec-Fetch-Site: cross-site"])
def test_stages_of_apis_answer_any_page(visitor: Visitor, deployed: Deployed, page: str) -> None:
    domain = f"{deployed.api_id}.execute-api.us-east-1.localhost:{visitor.cloud.port}"
    for path, host in (
        (f"/_aws/execute-api/{deployed.api_id}/live/menu", ""),
        (f"/restapis/{deployed.api_id}/live/_user_request_/menu", ""),
        ("/live/menu", domain),
    ):
        answer = visitor.ask(f"{path}?Action=CreateUser", page, host=host)
        assert (answer.status, answer.body) == (200, '{"asked": {"Action": "CreateUser"}}')
        assert visitor.ask(path, page, method="POST", body="{}", host=host).status == 200
        assert visitor.ask(path, page, "Access-Control-Request-Method: PUT", method="OPTIONS", host=host).status == 200


def test_a_function_url_is_for_any_page_where_it_needs_no_signature(visitor: Visitor, cloud: Cloud) -> None:
    for authorization, is_open in (("NONE", True), ("AWS_IAM", False)):
        name = cloud.create_function(ECHO)
        made = cloud.client("lambda").create_function_url_config(FunctionName=name, AuthType=authorization)
        host = f"{urlsplit(made['FunctionUrl']).hostname.partition('.')[0]}.lambda-url.us-east-1.localhost"
        answer = visitor.ask("/?Action=CreateUser", ELSEWHERE, host=f"{host}:{cloud.port}")
        assert (answer.status == 200) is is_open
        assert bool(answer.refusal) is not is_open


@pytest.mark.parametrize("page", [ELSEWHERE, "Origin: null", "Sec-Fetch-Site: cross-site"])
def test_websockets_of_apis_open_for_any_page(visitor: Visitor, deployed: Deployed, page: str) -> None:
    domain = f"{deployed.websocket_id}.execute-api.us-east-1.localhost:{visitor.cloud.port}"
    assert visitor.shake_hands(f"/_aws/execute-api/{deployed.websocket_id}/live", page).status == 101
    assert visitor.shake_hands("/live", page, host=domain).status == 101


@pytest.mark.parametrize("path", ["/", "/_aws/sqs/messages", "/?Action=CreateUser", "/_localstack/health"])
def test_other_websockets_do_not(visitor: Visitor, path: str) -> None:
    assert visitor.shake_hands(path, ELSEWHERE).refusal


def test_many_refused_websockets_harm_no_other_connection(visitor: Visitor) -> None:
    def ask(number: int) -> bool:
        if number % 2:
            return bool(visitor.shake_hands("/", ELSEWHERE).refusal)
        return visitor.ask("/_localstack/info").status == 200

    with ThreadPoolExecutor(16) as visitors:
        assert all(visitors.map(ask, range(200)))
    assert "Unhandled Error" not in visitor.cloud.log.read_text()


def test_who_sends_to_websockets_has_to_be_a_program(visitor: Visitor, deployed: Deployed) -> None:
    domain = f"{deployed.websocket_id}.execute-api.us-east-1.localhost:{visitor.cloud.port}"
    for path, host in (
        (f"/_aws/execute-api/{deployed.websocket_id}/live/@connections/any", ""),
        (f"/_aws/execute-api/{deployed.websocket_id}/live/%40connections/any", ""),
        ("/live/@connections/any", domain),
    ):
        assert visitor.ask(path, ELSEWHERE, method="POST", body="x", host=host).refusal
        by_program = visitor.ask(path, method="POST", body="x", host=host)
        assert (by_program.refusal, "Missing Authentication Token" in by_program.body) == ("", True)
