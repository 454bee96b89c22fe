"""What botocore's errors mean for whoever deploys: what happened and what to do, in a few lines. Pure."""

from collections.abc import Mapping
from http import HTTPStatus

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,  # noqa: A004  # botocore's: what all of its failures to reach an endpoint are
    CredentialRetrievalError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
)
from botocore.parsers import ResponseParserError

from deployer.problem import Problem

AWS_ERRORS = (BotoCoreError, ClientError, ResponseParserError)  # all that a call of AWS may raise

_NOBODY_ANSWERED = (ConnectionError, HTTPClientError)
_UNAVAILABLE = frozenset((HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT))
_CREDENTIALS = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; an emulator takes any, such as test."
_REACH = "Start the local cloud with `make local`, or check AWS_ENDPOINT_URL and the network."
_AGAIN = "Run `up` again: it goes on where this ended."

_SUGGESTIONS: Mapping[str, str] = {
    "AccessDenied": "The credentials lack a permission that the message names.",
    "AccessDeniedException": "The credentials lack a permission that the message names.",
    "UnauthorizedOperation": "The credentials lack a permission that the message names.",
    "ExpiredToken": "The session is over: sign in to AWS again.",
    "ExpiredTokenException": "The session is over: sign in to AWS again.",
    "InvalidClientTokenId": _CREDENTIALS,
    "UnrecognizedClientException": _CREDENTIALS,
    "SignatureDoesNotMatch": _CREDENTIALS,
    "LimitExceeded": "The account's quota is used up: remove what is not needed, or ask AWS for more.",
    "LimitExceededException": "The account's quota is used up: remove what is not needed, or ask AWS for more.",
    "Throttling": _AGAIN,
    "ThrottlingException": _AGAIN,
    "TooManyRequestsException": _AGAIN,
    "StateMachineDeleting": "AWS is still ending its executions: wait a minute and run `up` again.",
}


def explained(error: Exception, where: str = "") -> Problem:
    """The problem that an error of botocore's stands for; a Problem is only told where it happened.

    Args:
        error: what was raised while AWS was asked.
        where: the step, such as "create table orders".
    """
    match error:
        case Problem():
            return Problem(error.what, error.suggestion, error.where or where)
        case ClientError():
            return _refused(error, where)
        case BotoCoreError():
            return _unreached(error, where)
        case ResponseParserError():  # it quotes the whole answer
            return not_aws("its answer cannot be read", where)
    return Problem(f"{type(error).__name__}: {error}", "", where)


def is_outage(error: BaseException | None) -> bool:
    """Whether an error, or what it came of, is that nobody answered, or that who did cannot serve now."""
    if isinstance(error, ClientError):
        return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") in _UNAVAILABLE
    return error is not None and (isinstance(error, _NOBODY_ANSWERED) or is_outage(error.__cause__))


def not_aws(why: str, where: str = "") -> Problem:
    """Something answered that is neither AWS nor an emulator of it: any web server, say.

    Args:
        why: what shows it.
        where: the step.
    """
    return Problem(f"what answers is not AWS: {why}", _REACH, where)


def _unreached(error: BotoCoreError, where: str) -> Problem:
    match error:
        case NoCredentialsError() | PartialCredentialsError() | CredentialRetrievalError():
            return Problem("there are no AWS credentials", _CREDENTIALS, where)
        case EndpointConnectionError():
            return Problem(f"{error.kwargs['endpoint_url']} does not answer", _REACH, where)
        case _ if isinstance(error, _NOBODY_ANSWERED):
            return Problem(f"the connection to AWS broke: {error}", _REACH, where)
    return Problem(str(error), "", where)


def _refused(error: ClientError, where: str) -> Problem:
    code = error.response["Error"].get("Code", "Unknown")
    message = error.response["Error"].get("Message", "")
    return Problem(f"{error.operation_name} was refused: {message or code} ({code})", _SUGGESTIONS.get(code, ""), where)
