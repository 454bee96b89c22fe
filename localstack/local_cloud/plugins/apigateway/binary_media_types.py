"""LocalStack takes no notice of `*/*`, nor of types in a Lambda proxy's request; here binary types count as on AWS.
Since 0.2.

A function gets a body in base64 when the request's Content-Type is a binary media type of the API, else as text, in
which bytes that are no UTF-8 are lost, as on AWS; LocalStack decides by whether the body happens to be UTF-8. A body
that a function answers in base64 is decoded when the first media type of Accept is a binary one. Wildcards stand for
any type or subtype.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.apigateway.media_types import event_body, is_binary
from local_cloud.plugins.patches import replace

EXECUTE_API = "localstack.services.apigateway.next_gen.execute_api"
PROXY = f"{EXECUTE_API}.integrations.aws:RestApiAwsProxyIntegration"
RESPONSE = f"{EXECUTE_API}.handlers.integration_response:IntegrationResponseHandler"
ASKING = (
    f"{EXECUTE_API}.handlers.integration_request",
    f"{EXECUTE_API}.handlers.integration_response",
    f"{EXECUTE_API}.integrations.aws",
)
"""The modules that ask whether a media type is binary, each by a name of its own."""


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def heed_binary_media_types() -> None:
    """LocalStack's hook: decide by the media types alone."""
    for module in ASKING:
        replace(
            module,
            "mime_type_matches_binary_media_types",
            lambda _original: is_binary,
            why="parity",
            upstream="bba8fbdab722",
            before="apigateway",
        )
    replace(
        PROXY,
        "create_lambda_input_event",
        _with_body_by_type,
        why="parity",
        upstream="ad97c0908272",
        before="apigateway",
    )
    replace(RESPONSE, "convert_body", _but_nothing, why="parity", upstream="7d5e29c6eb62", before="apigateway")


def _with_body_by_type(create: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    @wraps(create)
    def create_with_body_by_type(self: Any, context: Any) -> dict[str, Any]:
        mime_type = context.invocation_request["headers"].get("Content-Type")
        types = context.deployment.rest_api.rest_api.get("binaryMediaTypes", [])
        body = event_body(context.integration_request["body"], mime_type, types)
        return {**create(self, context), **body}

    return create_with_body_by_type


def _but_nothing(convert: Callable[..., bytes | str]) -> Callable[..., bytes | str]:
    """Let an empty body, such as a MOCK integration's, be text for a mapping template, whatever the media types."""

    @wraps(convert)
    def convert_but_nothing(context: Any, body: bytes, content_handling: str | None) -> bytes | str:
        return convert(context=context, body=body, content_handling=content_handling) if body else ""

    return convert_but_nothing
