"""What LocalStack forwards goes where it is sent, whatever the environment says of proxies."""

from local_cloud.testing import Cloud

FORWARDED = """
import os, threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from local_cloud.plugins.runtime.proxyless_forwarding import forward_as_it_is
from rolo import Request
from rolo.proxy import Proxy

class Target(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(204)
        self.end_headers()
    def log_message(self, *args):
        pass

os.environ["http_proxy"] = "http://127.0.0.1:9"
forward_as_it_is()
with HTTPServer(("127.0.0.1", 0), Target) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with Proxy(f"http://127.0.0.1:{server.server_port}") as proxy:
        print(proxy.forward(Request("GET", "/", headers={"Host": "here"})).status_code)
    server.shutdown()
"""


def test_no_proxy_of_the_environment_comes_between(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(FORWARDED)
    assert ran.stdout.strip() == "204", ran.stderr
