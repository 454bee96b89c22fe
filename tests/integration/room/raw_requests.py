"""Requests that no browser writes, as they go over the wire; `{host}` stands for the room's."""

_HOST = "HTTP/1.1\r\nHost: {host}\r\n"

RAW = {
    "a length and chunks": f"POST /people {_HOST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks": f"POST /people {_HOST}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": f"POST /people {_HOST}Content-Length: 0\r\nContent-Length: 9\r\n\r\n",
    "two hosts": f"GET /order/ {_HOST}Host: 127.0.0.1:4566\r\n\r\n",
    "no host": "GET /order/ HTTP/1.1\r\n\r\n",
    "an old protocol": "GET /order/ HTTP/1.0\r\n\r\n",
    "no protocol": "GET /order/\r\n\r\n",
    "a whole address": f"GET http://127.0.0.1:4566/_aws/ses {_HOST}\r\n",
    "a whole address of the room": f"GET https://{{host}}/_aws/ses {_HOST}\r\n",
    "a tunnel": "CONNECT 127.0.0.1:4566 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a star": f"OPTIONS * {_HOST}\r\n",
    "a folded header": f"GET /order/ {_HOST}X-A: b\r\n c\r\n\r\n",
    "a space before the colon": f"GET /order/ {_HOST}Content-Length : 5\r\n\r\n",
    "a bare line feed": "GET /order/ HTTP/1.1\nHost: {host}\nTransfer-Encoding: chunked\n\n",
    "a null": f"GET /order/\x00 {_HOST}\r\n",
    "a header without an end": f"GET /order/ {_HOST}X-A: {'a' * 9000}\r\n\r\n",
    "headers without an end": f"GET /order/ {_HOST}{''.join(f'X-{n}: a{chr(13)}{chr(10)}' for n in range(99))}\r\n",
    "an address without an end": f"GET /{'a' * 9000} {_HOST}\r\n",
    "another protocol": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "an upgrade": "GET /order HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
}
