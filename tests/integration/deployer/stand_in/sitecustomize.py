"""Has a Python program that asks AWS be answered by another cloud, of which it knows nothing.

Python imports a module of this name by itself at its start, from PYTHONPATH (https://docs.python.org/3/library/site.html).
"""

import os
from typing import Any
from urllib.parse import urlsplit

import botocore

STAND_IN = urlsplit(os.environ["STANDS_IN_FOR_AWS"])


def _send_there(request: Any, **_: object) -> None:
    request.url = urlsplit(request.url)._replace(scheme=STAND_IN.scheme, netloc=STAND_IN.netloc).geturl()


def _watch(session: Any) -> None:
    session.register("before-send", _send_there)


botocore.register_initializer(_watch)
