"""LocalStack lets images, forms and rebound names of any page call it; here a page that it did not serve is refused.
Since 0.2.

What LocalStack's own gateway has to know of the gate: that it judged the origin, and what it let in for what.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.gateway.browser_gate.destinations import FreeOperations
from local_cloud.plugins.gateway.browser_gate.gateway import has_passed_gate, refuse, seen_destination
from local_cloud.plugins.patches import replace


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def judge_origins_once() -> None:
    """LocalStack's hook: spare those that passed the gate LocalStack's list of origins, and see what they ask for."""
    from localstack.aws import handlers  # noqa: PLC0415  # takes seconds

    handlers.serve_custom_service_request_handlers.append(_hold_to_free_operations)
    enforcer = "localstack.aws.handlers.cors:CorsEnforcer"
    replace(enforcer, "__call__", _unless_judged, why="parity", upstream="444cafa36570")


def _unless_judged(enforce: Callable[..., None]) -> Callable[..., None]:
    """LocalStack keeps all but some origins from Cognito and from function URLs, and knows no named hosts."""

    @wraps(enforce)
    def enforced(self: Any, chain: Any, context: Any, response: Any) -> None:
        from localstack.aws.handlers.cors import should_enforce_self_managed_service  # noqa: PLC0415

        is_judged = has_passed_gate(context.request) and "Origin" in context.request.headers
        if not (is_judged and should_enforce_self_managed_service(context)):
            enforce(self, chain, context, response)
        elif context.request.method == "OPTIONS":
            response.status_code = 204
            chain.stop()

    return enforced


def _hold_to_free_operations(chain: Any, context: Any, response: Any) -> None:
    """Refuse a request that LocalStack, once it has parsed it, takes for another than the gate let in."""
    let_in = seen_destination(context.request)
    if not isinstance(let_in, FreeOperations):
        return
    service, operation = context.service.service_name, context.operation.name
    if service != let_in.service or operation not in let_in.operations:
        refuse(context.request, response, f"No page of another origin may ask for {operation} of {service}")
        chain.terminate()
