"""Methods of authorizationType AWS_IAM: only who signed gets in, and the integration learns who that is.

LocalStack lets everybody in. Policies are not judged, neither the caller's nor the API's: whoever signs well may call.
https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html
"""

from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    BaseGatewayException,
    ExpiredTokenError,
    InvalidSignatureError,
    MissingAuthTokenError,
)

from local_cloud.plugins.iam import authentication
from local_cloud.plugins.iam.signature import MissingSignatureError, SentRequest, SignatureRefusedError


def authorize_by_signature(context: RestApiInvocationContext) -> None:
    """Add the caller to `requestContext.identity`.

    "The Authorization header is dropped if it contains a Signature Version 4 signature or if AWS_IAM authorization is
    used" (API Gateway Developer Guide, api-gateway-known-issues.html).

    Raises:
        BaseGatewayException: the request is not signed well.
    """
    request = context.request
    sent = SentRequest.to(request.environ["RAW_URI"], request.method, request.headers, request.get_data())
    try:
        caller = authentication.authenticated(sent, context.region)
    except SignatureRefusedError as refusal:
        raise _gateway_exception(refusal) from refusal
    context.context_variables["identity"] |= caller.identity()
    context.invocation_request["headers"].remove("Authorization")


def _gateway_exception(refusal: SignatureRefusedError) -> BaseGatewayException:
    """The refusal with the type of gateway response that shapes it; its name stays AWS's."""
    match refusal:
        case MissingSignatureError():
            kind = MissingAuthTokenError
        case authentication.ExpiredTokenError():
            kind = ExpiredTokenError
        case _:
            kind = InvalidSignatureError
    exception: BaseGatewayException = kind(str(refusal))
    exception.code = refusal.code
    return exception
