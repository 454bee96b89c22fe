"""Puts the parts together, one of each for this LocalStack, and attaches them to its port.

Importing this module imports Twisted's reactor and LocalStack's Lambda clients: `plugin` waits until it is needed.
"""

import os
from collections.abc import Sequence
from functools import cache, partial
from threading import Thread
from typing import Any

from localstack.aws.skeleton import DispatchTable
from localstack.config import GATEWAY_WORKER_COUNT
from localstack.runtime.shutdown import SHUTDOWN_HANDLERS
from localstack.services.edge import ROUTER
from twisted.internet import reactor
from twisted.python.threadpool import ThreadPool

from local_cloud.plugins.apigatewayv2.addresses import PATH_PREFIX
from local_cloud.plugins.apigatewayv2.connections import Connections
from local_cloud.plugins.apigatewayv2.functions import AT_A_TIME
from local_cloud.plugins.apigatewayv2.handshake import Handshakes
from local_cloud.plugins.apigatewayv2.limits import configured_limits
from local_cloud.plugins.apigatewayv2.management import METHODS, ConnectionManagement
from local_cloud.plugins.apigatewayv2.stage_registry import StageRegistry
from local_cloud.plugins.state.containers import remember

# `<api id>.execute-api.<region>.localhost:4566`, or any other domain that leads here. Letter for letter what LocalStack
# routes to REST APIs: only then are its rules and ours compared by path, where ours are the more precise.
_HOST = "<regex('.+?'):api_id><regex('(-vpce-[^.]+)?'):vpce_suffix>.execute-api.<regex('.*'):server>"


class WebSocketGateway:
    """All WebSocket APIs of this LocalStack."""

    def __init__(self) -> None:
        apis: dict[str, Any] = {}
        self._stages = StageRegistry(apis)
        remember("apigatewayv2", "deployments and stages", apis)
        self._connections = Connections()
        self._limits = configured_limits(os.environ)
        self._workers = _worker_threads()

    def dispatch_table(self) -> DispatchTable:
        """The control plane."""
        from local_cloud.plugins.apigatewayv2.operations import ControlPlane  # noqa: PLC0415  # imports moto

        end_connections = partial(reactor.callFromThread, self._connections.end)
        return ControlPlane(self._stages, end_connections).dispatch_table()

    def serve(self) -> None:
        """The data plane: answer handshakes and the @connections API until LocalStack stops."""
        self._workers.start()
        at_a_time = GATEWAY_WORKER_COUNT // 2
        handshakes = Handshakes(self._stages, self._connections, self._workers, self._limits, at_a_time)
        for end in ("", "/"):  # a slash at the end does no harm, though REST APIs take it for a path of theirs
            _add_rules(end, handshakes, ["WEBSOCKET"])
        management = ConnectionManagement(self._stages, self._connections, self._limits)
        for connections in ("@connections", "%40connections"):
            _add_rules(f"/{connections}/<connection_id>", management, METHODS)
            ROUTER.add(f"/{connections}/<connection_id>", management, methods=METHODS)
        SHUTDOWN_HANDLERS.register(self.stop)

    def stop(self) -> None:
        """Say farewell to all clients. No function is told of it: LocalStack's Lambda ends as well."""

        def end() -> None:
            self._workers.adjustPoolsize(0, 0)
            self._connections.end()

        reactor.callFromThread(end)


@cache
def the_gateway() -> WebSocketGateway:
    """The one gateway."""
    return WebSocketGateway()


def _worker_threads() -> ThreadPool:
    """Threads that call functions. LocalStack's end does not wait for them."""
    workers = ThreadPool(minthreads=0, maxthreads=AT_A_TIME, name="websocket-functions")
    workers.threadFactory = partial(Thread, daemon=True)
    return workers


def _add_rules(path: str, endpoint: object, methods: Sequence[str]) -> None:
    """Route what comes to a stage, named by path or by host."""
    ROUTER.add(f"{PATH_PREFIX}/<api_id>/<stage>{path}", endpoint, methods=methods)
    ROUTER.add(f"/<stage>{path}", endpoint, host=_HOST, methods=methods)
