"""The HTTP API without a gateway: Chalice's test client, with the claims that a gateway would add."""

import base64
import json
import warnings
from typing import Any

from chalice.app import Chalice
from chalice.test import Client, HTTPResponse

from chalicelib.identity.model import Caller


class Api:
    """Calls the application's routes."""

    def __init__(self, application: Chalice, project_dir: str) -> None:
        self._client = Client(application, stage_name="local", project_dir=project_dir)

    def call(
        self, request: str, who: Caller | None = None, *, body: Any = None, content_type: str = "application/json"
    ) -> HTTPResponse:
        """Do one request.

        Args:
            request: method, path and query, such as `GET /config?eventId=ABC`.
            who: whose claims the gateway vouches for; nobody's without.
            body: bytes as they are, anything else as JSON.
            content_type: none is sent where it is empty.
        """
        method, path = request.split(" ", 1)
        headers = {"authorization": _token(who)} if who else {}
        if content_type:
            headers["content-type"] = content_type
        payload = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        with warnings.catch_warnings():
            # Chalice says at each call that it does not check the token; nobody believes it did.
            warnings.filterwarnings("ignore", ".*is not a supported in local mode", UserWarning)
            return self._client.http.request(method, path, headers=headers, body=payload)


def _token(who: Caller) -> str:
    # Groups are one string, as a REST API gives them.
    claims = {"sub": who.user_id, "cognito:username": who.user_id, "cognito:groups": ",".join(who.groups)}
    return f"header.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode()}.signature"
