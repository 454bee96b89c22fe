"""Authorizers of type TOKEN and REQUEST: ask a Lambda function, and do what its policy says.

Answers are not cached, whatever authorizerResultTtlInSeconds says: the function is asked for every call.
"""

import json
import logging
import re
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from localstack.aws.api.apigateway import Authorizer
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    AccessDeniedError,
    AuthorizerConfigurationError,
    UnauthorizedError,
)
from localstack.services.apigateway.next_gen.execute_api.header_utils import build_multi_value_headers
from localstack.services.apigateway.next_gen.execute_api.helpers import (
    get_lambda_function_arn_from_invocation_uri,
    render_uri_with_stage_variables,
)
from localstack.services.apigateway.next_gen.execute_api.integrations.aws import get_service_factory
from localstack.utils.aws.arns import extract_region_from_arn
from localstack.utils.aws.client_types import ServicePrincipal

from local_cloud.plugins.apigateway.authorizers.expressions import value_of
from local_cloud.plugins.apigateway.authorizers.invocations import expression_values, method_arn, presented_token
from local_cloud.plugins.apigateway.authorizers.policies import (
    Decision,
    MalformedAnswerError,
    authorizer_context,
    decision,
)

LOG = logging.getLogger(__name__)

_REFUSALS = {
    Decision.NOT_ALLOWED: "User is not authorized to access this resource",
    Decision.EXPLICITLY_DENIED: "User is not authorized to access this resource with an explicit deny",
}


def authorize_by_function(context: RestApiInvocationContext, authorizer: Authorizer) -> dict[str, Any]:
    """What the integration finds under `requestContext.authorizer`.

    Raises UnauthorizedError for a caller without the identity that the authorizer looks for, or on the
    function's word; AccessDeniedError if the function's policy does not allow the call;
    AuthorizerConfigurationError if the function fails, or answers what is no policy.
    """
    event = _EVENTS[authorizer["type"]](context, authorizer)
    answer = _ask(event, context, authorizer)
    try:
        verdict, passed_on = decision(answer, event["methodArn"]), authorizer_context(answer)
    except MalformedAnswerError as error:
        LOG.warning("Authorizer %s gave an answer that cannot be used: %s", authorizer["name"], error)
        raise AuthorizerConfigurationError from error
    if verdict in _REFUSALS:
        raise AccessDeniedError(_REFUSALS[verdict])
    return passed_on


def _token_event(context: RestApiInvocationContext, authorizer: Authorizer) -> dict[str, Any]:
    token = presented_token(context, authorizer)
    expected = authorizer.get("identityValidationExpression") or ".*"
    if not token or not re.fullmatch(expected, token):
        raise UnauthorizedError("Unauthorized")
    return {"type": "TOKEN", "authorizationToken": token, "methodArn": method_arn(context)}


def _request_event(context: RestApiInvocationContext, authorizer: Authorizer) -> dict[str, Any]:
    """The event of the Developer Guide, "Input to an API Gateway Lambda authorizer"."""
    sources = re.findall(r"[^,\s]+", authorizer.get("identitySource") or "")
    if not all(value_of(source, expression_values(context)) for source in sources):
        raise UnauthorizedError("Unauthorized")
    request = context.invocation_request
    return {
        "type": "REQUEST",
        "methodArn": method_arn(context),
        "resource": context.resource["path"],
        "path": request["path"],
        "httpMethod": request["http_method"],
        "headers": dict(request["headers"]),
        "multiValueHeaders": build_multi_value_headers(request["headers"]),
        "queryStringParameters": request["query_string_parameters"],
        "multiValueQueryStringParameters": request["multi_value_query_string_parameters"],
        "pathParameters": request["path_parameters"],
        "stageVariables": context.stage_variables or {},
        "requestContext": context.context_variables,
    }


# What each type of authorizer asks its function. Nothing is asked for a caller who shows no identity.
_EVENTS = {"TOKEN": _token_event, "REQUEST": _request_event}


def _ask(event: dict[str, Any], context: RestApiInvocationContext, authorizer: Authorizer) -> Any:
    """The function's answer. A function refuses the caller by failing with the text "Unauthorized"."""
    try:
        response = _invoke(event, context, authorizer)
    except (BotoCoreError, ClientError) as error:
        LOG.warning("Authorizer %s cannot be asked: %s", authorizer["name"], error)
        raise AuthorizerConfigurationError from error
    answer = json.load(response["Payload"])
    if "FunctionError" not in response:
        return answer
    if answer.get("errorMessage") == "Unauthorized":
        raise UnauthorizedError("Unauthorized")
    LOG.warning("Authorizer %s failed: %s", authorizer["name"], answer)
    raise AuthorizerConfigurationError


def _invoke(event: dict[str, Any], context: RestApiInvocationContext, authorizer: Authorizer) -> Any:
    uri = render_uri_with_stage_variables(authorizer["authorizerUri"], context.stage_variables)
    function = get_lambda_function_arn_from_invocation_uri(uri)
    clients = get_service_factory(extract_region_from_arn(function), authorizer.get("authorizerCredentials"))
    api = method_arn(context).partition("/")[0]
    client = clients.lambda_.request_metadata(
        service_principal=ServicePrincipal.apigateway, source_arn=f"{api}/authorizers/{authorizer['id']}"
    )
    return client.invoke(FunctionName=function, Payload=json.dumps(event))
