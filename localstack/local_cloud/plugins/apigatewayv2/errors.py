"""The refusals of API Gateway's control plane. Must not import LocalStack or moto: who raises them is pure."""


class Refusal(Exception):
    """`code` and `status` are what an SDK sees, the argument is the message."""

    code: str
    status: int


class NotFound(Refusal):
    """There is no such API, stage or deployment."""

    code, status = "NotFoundException", 404


class Conflict(Refusal):
    """There is one of that name already."""

    code, status = "ConflictException", 409


class BadRequest(Refusal):
    """The request cannot be right as things are."""

    code, status = "BadRequestException", 400
