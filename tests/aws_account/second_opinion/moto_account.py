"""An account of AWS that moto plays: an emulator that is not LocalStack, behind a proxy, so that nobody need be told.

    python -m tests.aws_account.second_opinion.moto_account FILE

writes its port into FILE and answers whoever asks AWS through a proxy on that port of 127.0.0.1, until it is ended.
Nothing that it is asked for goes any further.
"""

import logging
import os
import sys
from http.server import ThreadingHTTPServer
from pathlib import Path

from moto import moto_proxy
from moto.moto_proxy.proxy3 import ProxyRequestHandler

from tests.aws_account.second_opinion.lacking import fill_in

CERTIFICATE_AUTHORITY = Path(moto_proxy.__file__).with_name("ca.crt")


def serve(port_file: Path) -> None:
    """Answer until the process is ended."""
    moto_proxy.logger.setLevel(logging.ERROR)
    ProxyRequestHandler.validate()
    fill_in()
    with ThreadingHTTPServer(("127.0.0.1", 0), ProxyRequestHandler) as server:
        os.environ |= {"MOTO_PORT": str(server.server_port), "TEST_PROXY_MODE": "true"}
        written = port_file.with_suffix(".new")
        written.write_text(str(server.server_port))
        written.rename(port_file)
        server.serve_forever()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
