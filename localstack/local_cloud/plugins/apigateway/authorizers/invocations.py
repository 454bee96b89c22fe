"""A request on its way through LocalStack's gateway, as authorizers and gateway responses look at it.

Only reads the invocation; must not decide anything.
"""

from localstack.aws.api.apigateway import Authorizer
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.utils.aws.arns import get_partition

from local_cloud.plugins.apigateway.authorizers.expressions import Values, value_of


def expression_values(context: RestApiInvocationContext) -> Values:
    """The invocation in the shape that mapping expressions speak of."""
    request = context.invocation_request
    return {
        "method": {
            "request": {
                "header": request["headers"],
                "querystring": request["query_string_parameters"],
                # A request that no route takes has none.
                "path": request.get("path_parameters"),
            }
        },
        "context": context.context_variables,
        "stageVariables": context.stage_variables,
    }


def presented_token(context: RestApiInvocationContext, authorizer: Authorizer) -> str:
    """What the caller sent in the one header that the authorizer looks at; empty if nothing."""
    source = authorizer.get("identitySource") or "method.request.header.Authorization"
    return value_of(source, expression_values(context))


def method_arn(context: RestApiInvocationContext) -> str:
    """The ARN of the method as it was called: with the path of the request, not that of the resource."""
    request = context.invocation_request
    service = f"arn:{get_partition(context.region)}:execute-api:{context.region}:{context.account_id}"
    return f"{service}:{context.api_id}/{context.stage}/{request['http_method']}{request['path']}"
