"""What an operation refuses, as an exception. Must not import LocalStack or moto: who raises it is pure."""


class OperationError(Exception):
    """A refusal: `code` and `status` are what an SDK sees, the argument is the message."""

    code = "InternalErrorException"
    status = 400
