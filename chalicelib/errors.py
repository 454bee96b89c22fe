"""How the bar says no: the refusals that a caller can read and act upon.

    Refusal                 code in the answer, status at the edge (`http.py` maps them)
    ├── Invalid             the request is wrong: change it
    ├── Forbidden           somebody else may do this
    ├── NotFound            there is no such thing for this caller
    ├── Conflict            not now: the state of the bar is against it
    │   └── NotReady        come back in `retry_after` seconds
    │       └── Busy        others are changing the same thing at this very moment
    └── Unavailable         what the bar stands on does not work just now: come back in `retry_after` seconds

Pure: no HTTP status, no AWS error. Anything that is not a Refusal is a fault of ours.
"""


class Refusal(Exception):
    """A request that the bar understands and turns down.

    Args:
        message: what is wrong and what to do, in words for the caller.
        code: the stable name of the refusal; clients switch on it.
    """

    default_code = "Refused"

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code or self.default_code


class Invalid(Refusal):
    """The request itself is wrong."""

    default_code = "BadRequest"


class Forbidden(Refusal):
    """The caller may not do this."""

    default_code = "Forbidden"


class NotFound(Refusal):
    """There is no such thing, or not for this caller."""

    default_code = "NotFound"


class Conflict(Refusal):
    """The request is fine, the state of the bar is not."""

    default_code = "Conflict"


class NotReady(Conflict):
    """The same request will be accepted in a moment.

    Args:
        retry_after: whole seconds after which to try again.
    """

    default_code = "NotReady"

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Busy(NotReady):
    """So many change the same thing at once that this caller, after much patience, did not get a turn."""

    default_code = "Busy"


class Unavailable(Refusal):
    """Nothing is wrong with the request; something that the bar needs does not work, and will again by itself.

    Args:
        retry_after: whole seconds after which to try again.
    """

    default_code = "Unavailable"

    def __init__(self, message: str, retry_after: int = 2) -> None:
        super().__init__(message)
        self.retry_after = retry_after
