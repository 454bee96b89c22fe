"""What the API answers where no function is asked, in the shape of all its other answers, with CORS headers. Pure.

A page in a browser never sees an answer without CORS headers. The types, and which of them DEFAULT_4XX and DEFAULT_5XX
stand in for, are in "Gateway response types" in the API Gateway developer guide.
"""

from collections.abc import Mapping

from deployer.resources.gateway_responses import Answer

_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key",
    "Access-Control-Expose-Headers": "Date,Retry-After",
}
_WHAT_HAPPENED = "$context.error.messageString"  # with quotes, unlike $context.error.message


def _answer(status: str | None, code: str, message: str = _WHAT_HAPPENED) -> Answer:
    return Answer(status, _CORS, f'{{"Code":"{code}","Message":{message}}}')


ANSWERS: Mapping[str, Answer] = {
    "DEFAULT_4XX": _answer(None, "BadRequest"),
    "DEFAULT_5XX": _answer(None, "InternalServerError"),
    "UNAUTHORIZED": _answer("401", "Unauthorized"),
    "EXPIRED_TOKEN": _answer("401", "Unauthorized"),
    "ACCESS_DENIED": _answer("403", "Forbidden"),
    # What API Gateway calls a missing token is a path or a method that the API does not have.
    "MISSING_AUTHENTICATION_TOKEN": _answer("404", "NotFound", '"there is no such route"'),
    "REQUEST_TOO_LARGE": _answer("413", "TooLarge"),
    "THROTTLED": _answer("429", "TooManyRequests"),
}
