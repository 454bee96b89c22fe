"""Puts authorizers into LocalStack's API Gateway.

Importing this module imports LocalStack's gateway, which takes seconds: `plugin` waits until it is needed.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from localstack.aws.api.apigateway import Authorizer
from localstack.services.apigateway.next_gen.execute_api import handlers
from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import AuthorizerConfigurationError
from rolo import Response
from rolo.gateway.chain import CompositeExceptionHandler

from local_cloud.plugins.apigateway.authorizers.flush import KEPT_ANSWERS
from local_cloud.plugins.apigateway.authorizers.functions import FunctionAuthorizer
from local_cloud.plugins.apigateway.authorizers.gateway_responses import apply_gateway_response
from local_cloud.plugins.apigateway.authorizers.signatures import authorize_by_signature
from local_cloud.plugins.apigateway.authorizers.user_pools import UserPoolAuthorizer
from local_cloud.plugins.cognito_idp.keys import issuer, public_keys

Authorize = Callable[[RestApiInvocationContext, Authorizer], dict[str, Any]]


class MethodAuthorization:
    """The gateway's handler that lets a request through to its method, or refuses it.

    `authorize` has a function for each type of authorizer. Methods of authorizationType NONE are none of its business.
    """

    def __init__(self, authorize: Mapping[str, Authorize]) -> None:
        self._authorize = authorize

    def __call__(
        self, chain: RestApiGatewayHandlerChain, context: RestApiInvocationContext, response: Response
    ) -> None:
        """Authorize the request. A method whose authorizer is gone is closed, not open.

        Raises:
            BaseGatewayException: the request is refused; its subclass says why.
        """
        match context.resource_method["authorizationType"]:
            case "AWS_IAM":
                authorize_by_signature(context)
            case "COGNITO_USER_POOLS" | "CUSTOM":
                self._ask(context)

    def _ask(self, context: RestApiInvocationContext) -> None:
        method = context.resource_method
        authorizer = context.deployment.rest_api.authorizers.get(method["authorizerId"])
        if authorizer is None or authorizer["type"] not in self._authorize:
            raise AuthorizerConfigurationError
        context.context_variables["authorizer"] = self._authorize[authorizer["type"]](context, authorizer)


@cache
def install() -> None:
    """Extend the handlers that LocalStack builds its gateway of; to be called before it does. Once is enough."""
    by_function = FunctionAuthorizer(KEPT_ANSWERS)
    handlers.preprocess_request.append(
        MethodAuthorization(
            {
                "COGNITO_USER_POOLS": UserPoolAuthorizer(public_keys, issuer),
                "TOKEN": by_function,
                "REQUEST": by_function,
            }
        )
    )


def with_gateway_responses(handler: Any) -> CompositeExceptionHandler:
    """Let an API's own gateway responses follow LocalStack's handler of what a request was refused for."""
    errors = CompositeExceptionHandler()
    errors.append(handler)
    errors.append(apply_gateway_response)
    return errors
