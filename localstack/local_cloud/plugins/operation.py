"""An operation of a service that is answered here, and its refusals said as LocalStack says them to clients."""

from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from moto.core.exceptions import RESTError

from local_cloud.plugins.operation_errors import OperationError

Request = Mapping[str, Any]
"""An operation's parameters as the API names them."""

Answer = dict[str, Any]
"""An operation's result as the API names it."""

Operation = Callable[[RequestContext, Request], Answer]

Forward = Callable[[RequestContext], Answer]
"""Lets moto answer the request as it came."""


def in_service_terms(operation: Operation) -> Operation:
    """The operation, its refusals turned into what LocalStack sends as an AWS error."""

    def handle(context: RequestContext, request: Request | None) -> Answer:
        try:
            return operation(context, request or {})
        except OperationError as error:
            raise CommonServiceException(error.code, str(error), error.status, sender_fault=True) from error
        except RESTError as error:  # from moto's models, where they are called without its HTTP layer
            raise CommonServiceException(error.error_type, error.message, error.code, sender_fault=True) from error

    return handle
