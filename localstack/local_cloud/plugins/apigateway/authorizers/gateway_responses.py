"""The API's gateway responses: headers and bodies of the errors that API Gateway itself gives.

LocalStack stores what PutGatewayResponse says, but applies only its status code. An answer without CORS
headers is one that a browser's page never sees. Applies to every gateway error, not to authorizers' only.
"""

import json

from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    BaseGatewayException,
    build_gateway_response,
    get_gateway_response_or_default,
)
from rolo import Response

from local_cloud.plugins.apigateway.authorizers.expressions import Values, header_values, substituted
from local_cloud.plugins.apigateway.authorizers.invocations import expression_values

_JSON = "application/json"
_DEFAULT_TEMPLATES = build_gateway_response("DEFAULT_4XX")["responseTemplates"]


def apply_gateway_response(
    chain: RestApiGatewayHandlerChain,
    exception: Exception,
    context: RestApiInvocationContext,
    response: Response,
) -> None:
    """Add what the deployed API's gateway response says to an error that LocalStack has already written.

    Of its body templates only the one for application/json is used. An API without one keeps LocalStack's
    body, which for ACCESS_DENIED is not quite the default template's.
    """
    if not isinstance(exception, BaseGatewayException):
        return
    of_the_api = context.deployment.rest_api.gateway_responses
    configured = get_gateway_response_or_default(exception.type, of_the_api)
    values = _values_with_error(context)
    response.headers.update(header_values(configured["responseParameters"], values))
    templates = configured["responseTemplates"]
    if templates != _DEFAULT_TEMPLATES and _JSON in templates:
        response.data = substituted(templates[_JSON], values)


def _values_with_error(context: RestApiInvocationContext) -> Values:
    """LocalStack leaves out the quotes of `$context.error.messageString`, which are its whole point."""
    values = expression_values(context)
    error = values["context"]["error"]
    quoted = error | {"messageString": json.dumps(error["message"])}
    return {**values, "context": {**values["context"], "error": quoted}}
