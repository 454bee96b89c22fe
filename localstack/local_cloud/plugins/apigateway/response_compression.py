"""LocalStack ignores minimumCompressionSize; here what has that size is compressed for who asks.
Since 0.2.

As on AWS: gzip or deflate, whichever Accept-Encoding prefers; what the integration has coded itself is left alone; a
changed minimum takes effect with the next deployment.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-receive-response-with-compressed-payload.html
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.apigateway.content_codings import accepted_coding, encoded
from local_cloud.plugins.patches import replace

GATEWAY = "localstack.services.apigateway.next_gen.execute_api.gateway:RestApiGateway"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def compress_responses() -> None:
    """LocalStack's hook: compress as the last thing that is done to a response, errors of the gateway's own too."""
    replace(GATEWAY, "__init__", _compressing, why="parity", upstream="a23bf1c410ac", before="apigateway")


def _compressing(make: Callable[..., None]) -> Callable[..., None]:
    @wraps(make)
    def make_compressing(gateway: Any, *args: Any, **kwargs: Any) -> None:
        make(gateway, *args, **kwargs)
        gateway.response_handlers.append(compress)

    return make_compressing


def compress(_chain: Any, context: Any, response: Any) -> None:
    """Compress the response where the deployed API, its size and the client say so."""
    least = context.deployment.rest_api.rest_api.get("minimumCompressionSize")
    if least is None or "Content-Encoding" in response.headers:
        return
    body = response.get_data()
    if not body or len(body) < least:
        return
    if coding := accepted_coding(",".join(context.request.headers.getlist("Accept-Encoding"))):
        response.set_data(encoded(body, coding))
        response.headers["Content-Encoding"] = coding
