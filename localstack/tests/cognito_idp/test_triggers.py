"""What becomes of a trigger that fails; how triggers decide is tested on a running cloud."""

import io
import json
import socket
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, EndpointConnectionError, ReadTimeoutError
from local_cloud.plugins.cognito_idp.errors import (
    CognitoError,
    InvalidLambdaResponseError,
    UnexpectedLambdaError,
    UserLambdaValidationError,
)
from local_cloud.plugins.cognito_idp.trigger_events import Occasion
from local_cloud.plugins.cognito_idp.triggers import CALLING, Triggers

OCCASION = Occasion("eu-central-1", "eu-central-1_abc", "uuid", "client")
ARN = "arn:aws:lambda:eu-central-1:000000000000:function:trigger"


def called(answer: Mapping[str, Any] | Exception) -> dict[str, Any] | None:
    """The outcome of calling a trigger whose function gives this answer."""

    def invoke(function_arn: str, payload: bytes) -> Mapping[str, Any]:
        assert function_arn == ARN
        assert json.loads(payload)["triggerSource"] == "PreSignUp_SignUp"
        if isinstance(answer, Exception):
            raise answer
        return answer

    return Triggers(invoke).call({"PreSignUp": ARN}, "PreSignUp_SignUp", OCCASION, {})


def answering(payload: bytes, **more: str) -> dict[str, Any]:
    """What Lambda's Invoke answers."""
    return {"StatusCode": 200, "Payload": io.BytesIO(payload), **more}


def test_the_response_of_the_returned_event_counts() -> None:
    assert called(answering(b'{"response": {"autoConfirmUser": true}}')) == {"autoConfirmUser": True}


def test_a_pool_without_the_trigger_calls_nothing() -> None:
    def invoke(function_arn: str, payload: bytes) -> Mapping[str, Any]:
        raise AssertionError

    assert Triggers(invoke).call({"PostConfirmation": ARN}, "PreSignUp_SignUp", OCCASION, {}) is None


@pytest.mark.parametrize(
    ("answer", "refusal", "message"),
    [
        (
            answering(b'{"errorMessage": "Not you", "errorType": "ValueError"}', FunctionError="Unhandled"),
            UserLambdaValidationError,
            "PreSignUp failed with error Not you.",
        ),
        (answering(b'"event"'), InvalidLambdaResponseError, "Unrecognizable lambda output"),
        (answering(b""), InvalidLambdaResponseError, "Unrecognizable lambda output"),
        (
            ReadTimeoutError(endpoint_url="http://127.0.0.1"),
            UnexpectedLambdaError,
            "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.",
        ),
        (
            EndpointConnectionError(endpoint_url="http://127.0.0.1"),
            UnexpectedLambdaError,
            "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.",
        ),
        (
            ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": "no"}}, "Invoke"),
            UnexpectedLambdaError,
            "PreSignUp invocation failed due to error ResourceNotFoundException.",
        ),
    ],
)
def test_what_goes_wrong_is_told_as_aws_tells_it(
    answer: Mapping[str, Any] | Exception, refusal: type[CognitoError], message: str
) -> None:
    with pytest.raises(refusal) as refused:
        called(answer)
    assert str(refused.value) == message


def test_a_function_that_cannot_be_reached_is_tried_three_times() -> None:
    create: Callable[..., Any] = boto3.client
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as thread:
        server.settimeout(60)

        def hang_up() -> None:
            for _ in range(3):
                server.accept()[0].close()

        hung_up = thread.submit(hang_up)
        functions = create(
            "lambda",
            endpoint_url=f"http://127.0.0.1:{server.getsockname()[1]}",
            region_name="eu-central-1",
            aws_access_key_id="-",
            aws_secret_access_key="-",
            config=CALLING,
        )
        with pytest.raises(ConnectionClosedError):
            functions.invoke(FunctionName=ARN)
        hung_up.result()  # raises when fewer came; a fourth would not have been hung up on
