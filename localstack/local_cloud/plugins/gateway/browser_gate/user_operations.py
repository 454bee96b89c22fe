"""Which calls of Cognito any page may make: those that need no signature, since a password or a token proves who asks.

https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html
"""

from collections.abc import Collection
from functools import cache

from rolo import Request

CONTENT_TYPE = "application/x-amz-json-1.1"
SERVICE = "cognito-idp"
TARGET = "X-Amz-Target"


def free_user_operations(request: Request) -> Collection[str]:
    """The operation that a request asks of Cognito, if any page may; nothing for every other request."""
    from localstack.aws.protocol.service_router import (  # noqa: PLC0415
        determine_aws_service_model,
        determine_aws_service_model_for_data_plane,
    )

    if not _looks_like_call(request) or request.mimetype != CONTENT_TYPE:
        return ()
    service = determine_aws_service_model_for_data_plane(request) or determine_aws_service_model(request)
    if service is None or service.service_name != SERVICE:
        return ()
    return {request.headers.get(TARGET, "").rpartition(".")[2]} & unsigned_operations()


def may_precede_user_operation(preflight: Request) -> bool:
    """Whether a preflight may be for such a call: it names the header that tells the operation, not its value."""
    announced = preflight.headers.get("Access-Control-Request-Headers", "").lower().replace(" ", "").split(",")
    return _looks_like_call(preflight) and TARGET.lower() in announced


def _looks_like_call(request: Request) -> bool:
    return bool(request.method == "POST" and request.path == "/")


@cache
def unsigned_operations() -> frozenset[str]:
    """The operations of which AWS's own description of the service says that no signature is asked for."""
    from localstack.aws.spec import load_service  # noqa: PLC0415

    service = load_service(SERVICE)
    names = service.operation_names
    return frozenset(name for name in names if service.operation_model(name).auth_type == "none")
