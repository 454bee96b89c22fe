"""The refusals of API Gateway's control plane. Must not import LocalStack or moto: who raises them is pure."""

from local_cloud.plugins.operation_errors import OperationError


class NotFoundError(OperationError):
    """There is no such API, stage or deployment."""

    code, status = "NotFoundException", 404


class ConflictError(OperationError):
    """There is one of that name already."""

    code, status = "ConflictException", 409


class BadRequestError(OperationError):
    """The request cannot be right as things are."""

    code = "BadRequestException"
