"""What a cloud held is there again when it is started to keep it, and goes on to work."""

import json
from typing import TYPE_CHECKING

import httpx
import pytest
from botocore.exceptions import ClientError
from tenacity import retry, stop_after_delay, wait_fixed

from .conftest import NAME, key_set, signed_in

if TYPE_CHECKING:
    from .conftest import Held


def test_a_queue_has_its_messages(held: "Held") -> None:
    assert held.next_message("left") == "still to be read"


def test_a_bucket_has_its_objects_and_no_others(held: "Held") -> None:
    s3 = held.cloud.client("s3")
    assert [found["Key"] for found in s3.list_objects_v2(Bucket=NAME)["Contents"]] == ["folder/object"]
    assert s3.get_object(Bucket=NAME, Key="folder/object")["Body"].read() == b"x" * 600_000
    s3.put_object(Bucket=NAME, Key="new", Body=b"new")
    s3.delete_objects(Bucket=NAME, Delete={"Objects": [{"Key": "new"}, {"Key": "folder/object"}]})
    s3.delete_bucket(Bucket=NAME)


def test_a_table_has_its_rows_and_its_function_reads_on_where_it_was(held: "Held") -> None:
    dynamodb = held.cloud.client("dynamodb")
    assert dynamodb.scan(TableName=NAME)["Items"] == [{"id": {"S": "before"}}]
    dynamodb.put_item(TableName=NAME, Item={"id": {"S": "after"}})
    assert held.next_message("streamed") == "after"


def test_an_api_answers_at_its_address_whoever_signed_in_before(held: "Held") -> None:
    url = f"{held.cloud.endpoint_url}/_aws/execute-api/{held.names['api']}/live/"
    for token, expected in ((held.names["id token"], 200), (signed_in(held)["IdToken"], 200), ("another's", 401)):
        assert httpx.get(url, headers={"Authorization": token}, timeout=30).status_code == expected
    assert held.cloud.client("apigatewayv2").get_api(ApiId=held.names["websocket"])["Name"] == NAME


def test_rules_deliver_events(held: "Held") -> None:
    entry = {"EventBusName": NAME, "Source": "shop", "DetailType": "sold", "Detail": '{"n": 1}'}
    held.cloud.client("events").put_events(Entries=[entry])
    assert json.loads(held.next_message("heard"))["detail"] == {"n": 1}


def test_an_execution_that_had_ended_is_as_it_was(held: "Held") -> None:
    states = held.cloud.client("stepfunctions")
    ended = states.describe_execution(executionArn=held.names["ended"])
    assert (ended["status"], json.loads(ended["output"])) == ("SUCCEEDED", {"n": 1})
    history = states.get_execution_history(executionArn=held.names["ended"])["events"]
    assert history[-1]["type"] == "ExecutionSucceeded"


def test_an_execution_that_ran_has_failed_and_rules_hear_of_it(held: "Held") -> None:
    states = held.cloud.client("stepfunctions")
    failed = states.describe_execution(executionArn=held.names["waiting"])
    assert (failed["status"], failed["error"]) == ("FAILED", "LocalCloud.Restarted")
    told = json.loads(held.next_message("ended"))["detail"]
    assert (told["executionArn"], told["status"]) == (held.names["waiting"], "FAILED")
    with pytest.raises(ClientError, match="TaskTimedOut"):
        states.send_task_success(taskToken=held.names["token"], output="{}")


def test_a_state_machine_runs_on(held: "Held") -> None:
    states = held.cloud.client("stepfunctions")
    execution = states.start_execution(stateMachineArn=held.names["machine"], input='{"n": 2}')["executionArn"]

    @retry(wait=wait_fixed(0.1), stop=stop_after_delay(60), reraise=True)
    def ended() -> str:
        described = states.describe_execution(executionArn=execution)
        assert described["status"] != "RUNNING"
        status: str = described["status"]
        return status

    assert ended() == "SUCCEEDED"


def test_people_stay_signed_in_and_sign_in(held: "Held") -> None:
    cognito = held.cloud.client("cognito-idp")
    assert json.dumps(key_set(held)) == held.names["keys"]
    assert cognito.get_user(AccessToken=held.names["access token"])["Username"] == "guest"
    assert cognito.get_user(AccessToken=signed_in(held)["AccessToken"])["Username"] == "guest"


def test_letters_are_still_there(held: "Held") -> None:
    letters = httpx.get(f"{held.cloud.endpoint_url}/_aws/ses").json()["messages"]
    assert [letter["Id"] for letter in letters] == [held.names["letter"]]
