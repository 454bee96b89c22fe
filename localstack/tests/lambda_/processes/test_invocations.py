"""What a function on a running LocalStack is given, and what its caller gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from tests.lambda_.processes.conftest import Functions

ECHO = "def handler(event, context): return event"
SIX_MEGABYTES = 6 * 1024 * 1024

ENVIRONMENT = """
import os
def handler(event, context): return dict(os.environ)
"""

CONTEXT = """
def handler(event, context):
    names = ("function_name", "function_version", "invoked_function_arn", "memory_limit_in_mb", "aws_request_id",
             "log_group_name", "log_stream_name")
    return {name: getattr(context, name) for name in names} | {"left": context.get_remaining_time_in_millis()}
"""

CALL_ITSELF = """
import boto3, os
def handler(event, context):
    client = boto3.client("lambda")
    return client.get_function_configuration(FunctionName=context.function_name)["Handler"]
"""

TOO_MUCH = "def handler(event, context): return 'x' * event"


@pytest.mark.parametrize("event", [None, 0, "grüner Tee", [1, {"a": None}], {}])
def test_what_the_handler_returns_is_the_answer(functions: Functions, event: object) -> None:
    result = functions.invoke(functions.deploy(ECHO), event)
    assert (result.payload, result.function_error) == (event, None)


def test_six_megabytes_pass_both_ways(functions: Functions) -> None:
    event = "x" * (SIX_MEGABYTES - 2)  # two quotation marks
    assert functions.invoke(functions.deploy(ECHO), event).payload == event


def test_a_larger_request_is_refused_and_the_next_invocation_works(functions: Functions) -> None:
    name = functions.deploy(ECHO)
    with pytest.raises(ClientError, match="Request must be smaller than 6291456 bytes") as refused:
        functions.invoke(name, "x" * SIX_MEGABYTES)
    assert refused.value.response["Error"]["Code"] == "RequestEntityTooLargeException"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413
    assert functions.invoke(name, "x").payload == "x"


def test_a_larger_response_is_an_error_and_the_next_invocation_works(functions: Functions) -> None:
    name = functions.deploy(TOO_MUCH)
    result = functions.invoke(name, SIX_MEGABYTES + 1000)
    assert result.function_error == "Unhandled"
    assert result.payload["errorType"] == "Function.ResponseSizeTooLarge"
    assert functions.invoke(name, 3).payload == "xxx"


def test_a_function_sees_lambdas_variables_and_its_own_and_no_others(functions: Functions) -> None:
    seen = functions.invoke(functions.deploy(ENVIRONMENT, Environment={"Variables": {"TABLE": "orders"}})).payload
    assert seen["TABLE"] == "orders"
    # Python sets LC_CTYPE where the machine lacks the locale; DynamoDB has an address of its own once it is loaded.
    assert set(seen) - {"LC_CTYPE", "AWS_ENDPOINT_URL_DYNAMODB"} == {
        "AWS_ACCESS_KEY_ID",
        "AWS_CONFIG_FILE",
        "AWS_DEFAULT_REGION",
        "AWS_ENDPOINT_URL",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_XRAY_CONTEXT_MISSING",
        "AWS_XRAY_DAEMON_ADDRESS",
        "LAMBDA_RUNTIME_DIR",
        "LAMBDA_TASK_ROOT",
        "LANG",
        "PATH",
        "TABLE",
        "TMPDIR",
        "TZ",
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
    }


def test_the_context_tells_who_is_invoked_and_how_long_it_may_take(functions: Functions) -> None:
    name = functions.deploy(CONTEXT, MemorySize=256, Timeout=7)
    context = functions.invoke(name).payload
    assert context["function_name"] == name
    assert context["function_version"] == "$LATEST"
    assert context["invoked_function_arn"] == f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
    assert context["memory_limit_in_mb"] == "256"
    assert context["log_group_name"] == f"/aws/lambda/{name}"
    assert 0 < context["left"] <= 7000
    assert set(functions.logged(name, reports=1)) == {context["log_stream_name"]}


def test_each_invocation_has_the_request_id_that_its_log_tells(functions: Functions) -> None:
    name = functions.deploy(CONTEXT)
    first, second = functions.invoke(name), functions.invoke(name)
    assert first.payload["aws_request_id"] != second.payload["aws_request_id"]
    assert f"START RequestId: {second.payload['aws_request_id']} Version: $LATEST" in second.log


def test_a_published_version_knows_its_number(functions: Functions) -> None:
    name = functions.deploy(CONTEXT)
    version = functions.client.publish_version(FunctionName=name)["Version"]
    functions.client.get_waiter("published_version_active").wait(
        FunctionName=name, Qualifier=version, WaiterConfig={"Delay": 1}
    )
    context = functions.invoke(name, Qualifier=version).payload
    assert context["function_version"] == version
    assert context["invoked_function_arn"].endswith(f":{name}:{version}")


def test_boto3_in_a_function_finds_this_localstack(functions: Functions) -> None:
    assert functions.invoke(functions.deploy(CALL_ITSELF)).payload == "app.handler"


def test_a_runtime_that_is_not_here_is_told_to_the_caller_with_what_to_do(functions: Functions) -> None:
    name = functions.deploy(ECHO, Runtime="python3.9")
    result = functions.invoke(name)
    assert result.function_error == "Unhandled"
    assert result.payload["errorType"] == "InvalidRuntimeException"
    assert "The runtime python3.9 is not available here. Available: python3.13." in result.payload["errorMessage"]
    functions.client.update_function_configuration(FunctionName=name, Runtime="python3.13")
    functions.client.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    assert functions.invoke(name, "tea").payload == "tea"
