"""Authorizers of type TOKEN and REQUEST: ask a Lambda function, and do what its policy says.

What the function answered is kept for the authorizer's authorizerResultTtlInSeconds and decided anew for each call;
that it said "Unauthorized", failed, or gave no policy is not kept.
"""

import json
import logging
import re
from collections.abc import Callable
from typing import Any, NamedTuple

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

from local_cloud.plugins.apigateway.authorizers.answer_cache import AnswerCache, Question
from local_cloud.plugins.apigateway.authorizers.expressions import value_of
from local_cloud.plugins.apigateway.authorizers.invocations import expression_values, method_arn, presented_token
from local_cloud.plugins.apigateway.authorizers.policies import (
    Decision,
    MalformedAnswerError,
    authorizer_context,
    decision,
)

LOG = logging.getLogger(__name__)

_DEFAULT_SECONDS = 300
_REFUSALS = {
    Decision.NOT_ALLOWED: "User is not authorized to access this resource",
    Decision.EXPLICITLY_DENIED: "User is not authorized to access this resource with an explicit deny",
}


class FunctionAuthorizer:
    """Opens a method to whom an authorizer's function allows it; `answers` keeps what functions said."""

    def __init__(self, answers: AnswerCache) -> None:
        self._answers = answers

    def __call__(self, context: RestApiInvocationContext, authorizer: Authorizer) -> dict[str, Any]:
        """What the integration finds under `requestContext.authorizer`.

        Raises:
            UnauthorizedError: the caller shows no identity that the authorizer looks for, or the function says so.
            AccessDeniedError: the function's policy does not allow the call.
            AuthorizerConfigurationError: the function fails, or answers what is no policy.
        """
        kind = _KINDS[authorizer["type"]]
        identity = kind.identity(context, authorizer)
        question = Question(context.api_id, context.stage, context.deployment_id, authorizer["id"], identity)

        def ask() -> Any:
            answer = _ask(kind.event(context, identity), context, authorizer)
            _judged(answer, context, authorizer)  # so that what is kept is a policy
            return answer

        answer = self._answers.answer(question, _seconds_to_keep(authorizer), ask)
        verdict, passed_on = _judged(answer, context, authorizer)
        if verdict in _REFUSALS:
            raise AccessDeniedError(_REFUSALS[verdict])
        return passed_on


def _judged(answer: Any, context: RestApiInvocationContext, authorizer: Authorizer) -> tuple[Decision, dict[str, str]]:
    try:
        return decision(answer, method_arn(context)), authorizer_context(answer)
    except MalformedAnswerError as error:
        LOG.warning("Authorizer %s gave an answer that cannot be used: %s", authorizer["name"], error)
        raise AuthorizerConfigurationError from error


def _seconds_to_keep(authorizer: Authorizer) -> int:
    """ "If this field is not set, the default value is 300" (API Reference, Authorizer); imported ones may lack it."""
    seconds = authorizer.get("authorizerResultTtlInSeconds")
    return _DEFAULT_SECONDS if seconds is None else int(seconds)


def _token(context: RestApiInvocationContext, authorizer: Authorizer) -> tuple[str, ...]:
    token = presented_token(context, authorizer)
    expected = authorizer.get("identityValidationExpression") or ".*"
    if not token or not re.fullmatch(expected, token):
        raise UnauthorizedError("Unauthorized")
    return (token,)


def _token_event(context: RestApiInvocationContext, identity: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "TOKEN", "authorizationToken": identity[0], "methodArn": method_arn(context)}


def _identity_sources(context: RestApiInvocationContext, authorizer: Authorizer) -> tuple[str, ...]:
    sources = re.findall(r"[^,\s]+", authorizer.get("identitySource") or "")
    values = expression_values(context)
    identity = tuple(value_of(source, values) for source in sources)
    if not all(identity):
        raise UnauthorizedError("Unauthorized")
    return identity


def _request_event(context: RestApiInvocationContext, _: tuple[str, ...]) -> dict[str, Any]:
    """The event of the Developer Guide, "Input to an API Gateway Lambda authorizer"."""
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


class _Kind(NamedTuple):
    """What a type of authorizer looks at, and what it asks its function, unless the caller shows no identity."""

    identity: Callable[[RestApiInvocationContext, Authorizer], tuple[str, ...]]
    event: Callable[[RestApiInvocationContext, tuple[str, ...]], dict[str, Any]]


_KINDS = {"TOKEN": _Kind(_token, _token_event), "REQUEST": _Kind(_identity_sources, _request_event)}


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
