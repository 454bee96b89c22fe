"""The one way in which the gate says no. Pure."""

from http import HTTPStatus


class Refused(Exception):
    """The gate does not pass this on.

    Args:
        status: of the answer.
        code: one word for programs, as the API's own errors have it.
        message: one sentence for people; never what was sent.
    """

    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def not_here(message: str = "This gate passes on the bar's pages and what they ask, and nothing else.") -> Refused:
    """What was asked for is not among the things that the gate passes on."""
    return Refused(HTTPStatus.NOT_FOUND, "NotHere", message)


def bad_request(message: str) -> Refused:
    """What was asked for is, but not so."""
    return Refused(HTTPStatus.BAD_REQUEST, "BadRequest", message)


def forbidden(message: str) -> Refused:
    """What was asked for is nobody's business here."""
    return Refused(HTTPStatus.FORBIDDEN, "Forbidden", message)


def wrong_method() -> Refused:
    """The thing is there, but nothing like that can be done with it."""
    return Refused(HTTPStatus.METHOD_NOT_ALLOWED, "WrongMethod", "That cannot be done here.")
