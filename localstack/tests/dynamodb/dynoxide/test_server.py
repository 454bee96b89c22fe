"""What the server before dynoxide lets through."""

import httpx
import psutil
import pytest
from local_cloud.process_tree import tree_of
from local_cloud.testing import Cloud

EVIL = {"Origin": "http://evil.example"}


@pytest.fixture(scope="package")
def url(cloud: Cloud) -> str:
    """Where LocalStack asks."""
    cloud.client("dynamodb").list_tables()
    (command,) = (one.cmdline() for one in tree_of(psutil.Process(cloud.pid)) if "--files" in one.cmdline())
    return f"http://127.0.0.1:{command[command.index('--port') + 1]}"


def signed(key: str, operation: str = "ListTables") -> dict[str, str]:
    credential = f"{key}/20260101/us-east-1/dynamodb/aws4_request"
    return {
        "Authorization": f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0",
        "X-Amz-Target": f"DynamoDB_20120810.{operation}",
    }


def test_no_page_is_told_that_it_may_ask(url: str) -> None:
    asking_first = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-amz-target"}
    answer = httpx.options(url, headers={**EVIL, **asking_first}, trust_env=False)
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_what_a_page_may_send_without_asking_reaches_no_table(url: str) -> None:
    sent = {**EVIL, "Content-Type": "text/plain"}
    assert httpx.post(url, headers=sent, content='{"TableName": "t"}', trust_env=False).status_code == 403


@pytest.mark.parametrize("key", ["..%2Fescaped", "..", "a" * 65])
def test_a_key_that_could_name_no_file_of_its_own_is_refused(url: str, key: str) -> None:
    answer = httpx.post(url, headers=signed(key), content="{}", trust_env=False)
    assert answer.status_code == 400
    assert "MissingAuthenticationToken" in answer.text


def test_what_is_no_json_is_refused(url: str) -> None:
    headers = signed("000000000000useast1", "UpdateTable")
    answer = httpx.post(url, headers=headers, content="{", trust_env=False)
    assert answer.status_code == 400
    assert "SerializationException" in answer.text
