"""Has a Python program that asks AWS be answered by another cloud, of which it knows nothing.

Python imports a module of this name by itself at its start, from PYTHONPATH (https://docs.python.org/3/library/site.html).
"""

import os
from typing import Any
from urllib.parse import urlsplit

import botocore
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

STAND_IN = urlsplit(os.environ["STANDS_IN_FOR_AWS"])


def _send_there(request: Any, **_: object) -> None:
    request.url = urlsplit(request.url)._replace(scheme=STAND_IN.scheme, netloc=STAND_IN.netloc).geturl()


def _knows_no_cloudfront(model: Any, **_: object) -> tuple[AWSResponse, dict[str, Any]]:
    """The local cloud has none, so its lists are empty."""
    (listed,) = model.output_shape.members
    nothing = {"Marker": "", "MaxItems": 100, "IsTruncated": False, "Quantity": 0}
    return AWSResponse(STAND_IN.geturl(), 200, HTTPHeaders(), None), {listed: nothing}


def _watch(session: Any) -> None:
    session.register("before-call.cloudfront", _knows_no_cloudfront)
    session.register("before-send", _send_there)


botocore.register_initializer(_watch)
