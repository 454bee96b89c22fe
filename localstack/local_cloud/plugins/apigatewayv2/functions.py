"""Invokes the Lambda functions of a stage and waits for them: for worker threads only."""

import json
import logging
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ReadTimeoutError
from localstack.aws.connect import connect_to
from localstack.utils.aws.client_types import ServicePrincipal

from local_cloud.plugins.apigatewayv2.events import Event, with_stage_variables
from local_cloud.plugins.apigatewayv2.routing import Authorizer, Route, function_arn
from local_cloud.plugins.apigatewayv2.stages import Stage

LOG = logging.getLogger(__name__)

# How many functions of all connections run at a time; the others wait. Each is a process of this machine.
AT_A_TIME = 16
_AUTHORIZER_SECONDS = 10  # "Timeout for Lambda authorizer response: 10000 ms" (limits.html)


class FunctionUnavailableError(Exception):
    """The function cannot be invoked: there is none, or Lambda does not want to."""


class FunctionFailedError(Exception):
    """The function ran and failed; the argument is what Lambda says of it."""


class FunctionTimedOutError(Exception):
    """The function did not answer in time. It may still be running."""


def call_route(stage: Stage, route: Route, event: Event) -> Any:
    """The answer of the route's function.

    Raises:
        FunctionUnavailableError: there is none, or it cannot be called.
        FunctionFailedError: it ended with an error.
        FunctionTimedOutError: it took too long.
    """
    integration = route.integration
    if integration is None or integration.type != "AWS_PROXY":
        kind = integration.type if integration else "none"
        raise FunctionUnavailableError(
            f"only AWS_PROXY integrations are served, the one of route {route.key} is {kind}"
        )
    event = with_stage_variables(event, stage.variables)
    return _call(integration.uri, event, stage, f"{stage.arn}/{route.key}", integration.timeout_seconds)


def call_authorizer(stage: Stage, authorizer: Authorizer, event: Event) -> Any:
    """The answer of an authorizer's function.

    Raises:
        FunctionUnavailableError: there is none, or it cannot be called.
        FunctionFailedError: it ended with an error.
        FunctionTimedOutError: it took too long.
    """
    source = f"{stage.arn.rpartition('/')[0]}/authorizers/{authorizer.id}"
    return _call(authorizer.uri, event, stage, source, _AUTHORIZER_SECONDS)


def _call(uri: str, event: Event, stage: Stage, source_arn: str, timeout_seconds: float) -> Any:
    function = function_arn(uri, stage.variables)
    if function is None:
        raise FunctionUnavailableError(f"{uri!r} names no Lambda function")
    client = _client(function, stage, timeout_seconds).request_metadata(
        service_principal=ServicePrincipal.apigateway, source_arn=source_arn
    )
    try:
        response = client.invoke(FunctionName=function, Payload=json.dumps(event))
    except ReadTimeoutError as error:
        raise FunctionTimedOutError(f"{function} took longer than {timeout_seconds:g} s") from error
    except (BotoCoreError, ClientError) as error:
        raise FunctionUnavailableError(f"{function}: {error}") from error
    answer = json.load(response["Payload"])
    if "FunctionError" in response:
        raise FunctionFailedError(answer)
    return answer


def _client(function: str, stage: Stage, timeout_seconds: float) -> Any:
    """A client of Lambda in the function's own region and account. LocalStack keeps clients for use again."""
    _, _, _, region, account_id, *_ = function.split(":") if function.startswith("arn:") else [""] * 5
    config = Config(read_timeout=timeout_seconds, retries={"total_max_attempts": 1}, max_pool_connections=AT_A_TIME)
    return connect_to(
        region_name=region or stage.api.region,
        aws_access_key_id=account_id or stage.api.account_id,
        config=config,
    ).lambda_
