"""LocalStack listens on all interfaces, whatever it is told; here on loopback only, for a Lambda call runs code as you.
Since 0.1.

Chosen by GATEWAY_SERVER=loopback. It refuses any host that is not a loopback address, and what comes in has to pass the
gate for browsers.
"""

import os
from ipaddress import ip_address

from localstack.aws.serving.twisted import TLSMultiplexerFactory
from localstack.config import HostAndPort
from localstack.runtime.server.core import RuntimeServer, RuntimeServerPlugin
from localstack.runtime.server.twisted import TwistedRuntimeServer
from rolo.gateway import Gateway
from twisted.internet import reactor
from twisted.internet.ssl import DefaultOpenSSLContextFactory

from local_cloud.plugins.gateway.browser_gate.allowed_origins import allowed_origins
from local_cloud.plugins.gateway.browser_gate.gateway import BrowserGate
from local_cloud.plugins.runtime.request_head_limits import BoundedGateway


class LoopbackServerPlugin(RuntimeServerPlugin):  # type: ignore[misc]  # LocalStack has no types
    """What LocalStack finds by the server's name."""

    name = "loopback"

    def load(self, *_args: object, **_kwargs: object) -> RuntimeServer:
        """Return the one server of this LocalStack."""
        return LoopbackServer()


class LoopbackServer(TwistedRuntimeServer):  # type: ignore[misc]  # LocalStack has no types
    """LocalStack's own server but for where it listens. Twisted switches Nagle's algorithm off."""

    def register(self, gateway: Gateway, listen: list[HostAndPort], ssl_creds: tuple[str, str] | None = None) -> None:
        """Listen for `gateway` at each address of `listen`; `ssl_creds` are the files of certificate and key.

        Raises:
            ValueError: an address is not a loopback one.
            CannotListenError: a port is taken.
            AllowedOriginsError: the user's variable is wrong, which the launcher has said already.
        """
        gate = BrowserGate(gateway, {address.port for address in listen}, allowed_origins(os.environ))
        factory = BoundedGateway(gate)
        if ssl_creds:
            certificate, key = ssl_creds
            # HTTP and HTTPS on one port, told apart by the first byte.
            factory = TLSMultiplexerFactory(DefaultOpenSSLContextFactory(key, certificate), False, factory)
        for address in listen:
            reactor.listenTCP(address.port, factory, interface=require_loopback(address.host))


def require_loopback(host: str) -> str:
    """Return the host, an IP address.

    Raises:
        ValueError: other machines could reach it.
    """
    if not ip_address(host).is_loopback:
        raise ValueError(f"{host} is not a loopback address: the local cloud must not be reachable from outside")
    return host
