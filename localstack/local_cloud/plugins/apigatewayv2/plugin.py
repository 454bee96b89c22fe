"""LocalStack has no WebSocket APIs; here API Gateway's are deployed, connected to and told apart by stage.
Since 0.1.

Where LocalStack finds this plugin; imports no more than it must, because it runs at every start.
"""

from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.runtime import hooks
from localstack.services.plugins import Service, aws_provider

from local_cloud.plugins.apigatewayv2.open_files import allow_open_files

# One for each connection; LocalStack, its databases and its functions need some hundreds of their own.
OPEN_FILES = 4096


@aws_provider(api="apigatewayv2")  # type: ignore[untyped-decorator]
def apigatewayv2() -> Service:
    """The control plane, made when it is asked for first."""
    from local_cloud.plugins.apigatewayv2.gateway import the_gateway  # noqa: PLC0415

    return Service("apigatewayv2", skeleton=Skeleton(load_service("apigatewayv2"), the_gateway().dispatch_table()))


@hooks.on_infra_start()  # type: ignore[untyped-decorator]
def serve_websockets() -> None:
    """Serve handshakes and the @connections API."""
    from local_cloud.plugins.apigatewayv2.gateway import the_gateway  # noqa: PLC0415

    allow_open_files(OPEN_FILES)
    the_gateway().serve()
