"""What a request leads to in this LocalStack, and which of that any page may ask. Changes nothing, reads no body.

Found with the routers and parsers that LocalStack itself uses, in its order: a second reading of paths and hosts would
differ from the first somewhere, and there a page would get through. What cannot be placed is not free.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from rolo import Request, Router
from rolo.request import get_raw_path
from rolo.websocket import WebSocketRequest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect, Rule

from local_cloud.plugins.gateway.browser_gate.bucket_requests import (
    free_object_operations,
    is_for_bucket,
    is_public_object,
)
from local_cloud.plugins.gateway.browser_gate.rule import Destination
from local_cloud.plugins.gateway.browser_gate.user_operations import free_user_operations, may_precede_user_operation

type NetworkRequest = Request | WebSocketRequest

CLOSED = Destination(is_deployed=False, is_free=False)
ANSWERED_TO_ANYBODY = Destination(is_deployed=False, is_free=True)
DEPLOYED = Destination(is_deployed=True, is_free=True)
DEPLOYED_FOR_SOME = Destination(is_deployed=True, is_free=False)


@dataclass(frozen=True)
class FreeOperations(Destination):
    """Operations of AWS that any page may ask for; that it asks for one is seen again once the request is parsed."""

    service: str
    operations: Collection[str]


def destination(request: NetworkRequest) -> Destination:
    """Return where LocalStack's gateway (`localstack.aws.app`) would take the request.

    A preflight counts as the request that it announces.
    """
    method = _method(request)
    if _is_openid_document(request, method) or _leads_to_website(request):
        return ANSWERED_TO_ANYBODY
    from localstack.aws import handlers  # noqa: PLC0415  # takes seconds, but for a server that is up
    from localstack.services.edge import ROUTER  # noqa: PLC0415

    if _route(handlers.serve_localstack_resources.resources, request, method):
        return CLOSED
    if found := _route(ROUTER, request, method):
        return _of_route(*found)
    return CLOSED if isinstance(request, WebSocketRequest) else _of_operation(request, method)


def _method(request: NetworkRequest) -> str:
    asked: str = request.method
    return request.headers.get("Access-Control-Request-Method", asked).upper() if asked == "OPTIONS" else asked


def _is_openid_document(request: NetworkRequest, method: str) -> bool:
    from local_cloud.plugins.cognito_idp.openid import is_document  # noqa: PLC0415

    return is_document(request.path, method)


def _leads_to_website(request: NetworkRequest) -> bool:
    from local_cloud.plugins.s3.websites.plugin import leads_to_website  # noqa: PLC0415

    return leads_to_website(request)


def _route(router: Router[Any], request: NetworkRequest, method: str) -> tuple[Rule, Mapping[str, Any]] | None:
    """The rule that takes the request, and what its path and host say; none of a redirect, since that is taken anew."""
    try:
        rule, arguments = router.url_map.bind(server_name=request.host).match(
            get_raw_path(request), method=method, return_rule=True
        )
    except RequestRedirect:
        return Rule("/", endpoint=None), {}
    except HTTPException:
        return None
    return rule, arguments


def _of_route(rule: Rule, arguments: Mapping[str, Any]) -> Destination:
    """Stages of APIs have authorizers; websites and function URLs are for browsers where anybody may ask them."""
    host = rule.host or ""
    if rule.rule.startswith(("/_aws/execute-api/", "/restapis/")) or ".execute-api." in host:
        # Who sends to WebSockets needs a signature, even though it has a stage's address.
        return CLOSED if "connections/<connection_id>" in rule.rule else DEPLOYED
    if ".lambda-url." in host:
        return DEPLOYED if _is_open_function(arguments["api_id"], arguments["region"]) else DEPLOYED_FOR_SOME
    if ".s3-website." in host:
        return DEPLOYED if is_public_object(arguments["bucket_name"], arguments.get("path", "")) else DEPLOYED_FOR_SOME
    return CLOSED


def _is_open_function(url_id: str, region: str) -> bool:
    """Whether the function URL of that id needs no signature."""
    from localstack.services.lambda_.invocation.models import lambda_stores  # noqa: PLC0415

    stores = [regions[region] for regions in list(lambda_stores.values()) if region in regions]
    functions = [function for store in stores for function in list(store.functions.values())]
    urls = [url for function in functions for url in list(function.function_url_configs.values())]
    return any(url.url_id.lower() == url_id.lower() and url.auth_type == "NONE" for url in urls)


def _of_operation(request: Request, method: str) -> Destination:
    """What LocalStack takes for a call of AWS: a bucket's, if that exists, before any other."""
    announced = Request(
        method=method,
        path=request.path,
        raw_path=get_raw_path(request),
        query_string=request.query_string,
        headers=request.headers,
    )
    if is_for_bucket(announced):
        return _operations("s3", free_object_operations(announced))
    if request.method == "OPTIONS":  # and is answered without a call
        return ANSWERED_TO_ANYBODY if may_precede_user_operation(announced) else CLOSED
    return _operations("cognito-idp", free_user_operations(announced))


def _operations(service: str, operations: Collection[str]) -> Destination:
    if not operations:
        return CLOSED
    return FreeOperations(is_deployed=False, is_free=True, service=service, operations=operations)
