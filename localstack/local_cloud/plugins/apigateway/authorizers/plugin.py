"""LocalStack lets callers without a token through API Gateway's authorizers; here REST APIs enforce them.
Since 0.1.

Where LocalStack finds this plugin; imports no more than it must, because it runs at every start.
"""

from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.before_loading import before_loading
from local_cloud.plugins.patches import replace


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def enforce_authorizers() -> None:
    """LocalStack's hook: make API Gateway enforce authorizers; without them its routes would be open to anybody."""
    before_loading("apigateway", _install)
    replace(
        "localstack.services.apigateway.next_gen.execute_api.handlers",
        "gateway_exception_handler",
        _with_gateway_responses,
        why="parity",
        upstream="530c3ba58722",
        before="apigateway",
    )


def _install() -> None:
    from local_cloud.plugins.apigateway.authorizers import gateway  # noqa: PLC0415  # takes seconds

    gateway.install()


def _with_gateway_responses(handler: Any) -> Any:
    from local_cloud.plugins.apigateway.authorizers import gateway  # noqa: PLC0415

    return gateway.with_gateway_responses(handler)
