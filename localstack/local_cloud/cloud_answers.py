"""Asks a running cloud at an address of its own.

By the standard library: a client of more comfort takes longer to import than a running cloud takes to be found.
Follows no redirect, and heeds no proxy of the environment's.
"""

from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from local_cloud.home import RunFolder

HEALTH_PATH = "/_localstack/health"
_PATIENCE_S = 5
NO_ANSWER = (OSError, HTTPException)  # what `answer_at` raises where there is none, or a failure


def answer_at(run: RunFolder, path: str) -> bytes:
    """Return what the cloud serves at the path.

    Raises:
        OSError: nobody answers in time, or with a failure.
        HTTPException: what answers does not speak HTTP, or not to an end.
    """
    with closing(HTTPConnection("127.0.0.1", run.port, timeout=_PATIENCE_S)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        if answer.status != HTTPStatus.OK:
            raise OSError(f"{path} was answered {answer.status}")
        return answer.read()
