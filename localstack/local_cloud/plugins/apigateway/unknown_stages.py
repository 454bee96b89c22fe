"""LocalStack answers 404 to a request for a stage that is not there; here it is 403 Forbidden, as from AWS.
Since 0.2.

The log says what is missing. No gateway response shapes it: they are a deployed API's. https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden
"""

import logging
from collections.abc import Callable
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

LOG = logging.getLogger(__name__)


def _forbidden(original: Callable[[str], Any]) -> Callable[[str], Any]:
    def create_forbidden_response(api_id: str) -> Any:
        response = original(api_id)
        LOG.info("API Gateway: %s, at least not with the stage of that address", response.json["message"])
        response.status_code = 403
        response.headers["x-amzn-ErrorType"] = "ForbiddenException"
        response.set_json({"message": "Forbidden"})
        return response

    return create_forbidden_response


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def forbid_unknown_stages() -> None:
    """LocalStack's hook: refuse as AWS does."""
    replace(
        "localstack.services.apigateway.next_gen.execute_api.router:ApiGatewayEndpoint",
        "create_not_found_response",
        _forbidden,
        why="parity",
        upstream="4bb514f3a285",
        before="apigateway",
    )
