"""Which failures pass by themselves: with each, a caller is told to come back; with any other, that we are at fault."""

from typing import Any

import pytest
from botocore import exceptions
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.outages import passes_by_itself

WHERE: dict[str, Any] = {"endpoint_url": "https://dynamodb.us-east-1.amazonaws.com", "error": "x", "proxy_url": "x"}


def refusal(code: str, status: int = 400, *reasons: str) -> ClientError:
    answer: Any = {"Error": {"Code": code, "Message": "the table is on fire"}}
    answer |= {"ResponseMetadata": {"HTTPStatusCode": status}}
    answer |= {"CancellationReasons": [{"Code": reason} for reason in reasons]} if reasons else {}
    return ClientError(answer, "UpdateItem")


def cancelled(*reasons: str) -> ClientError:
    return refusal("TransactionCanceledException", 400, *reasons)


PASSING: list[Exception] = [
    *(refusal("ProvisionedThroughputExceededException"), refusal("RequestLimitExceeded")),
    *(refusal("ThrottlingException"), refusal("TransactionInProgressException")),
    *(refusal("TransactionConflictException"), refusal("InternalServerError", 500)),
    *(refusal("ServiceUnavailable", 503), refusal("NobodyKnowsThis", 500), refusal("502", 502)),
    *(
        cancelled("TransactionConflict"),
        cancelled("None", "ThrottlingError"),
        cancelled("ProvisionedThroughputExceeded"),
    ),
    exceptions.EndpointConnectionError(**WHERE),
    exceptions.ConnectTimeoutError(**WHERE),
    exceptions.ReadTimeoutError(**WHERE),
    exceptions.ConnectionClosedError(**WHERE),
    exceptions.HTTPClientError(**WHERE),
]
LASTING: list[Exception] = [
    *(refusal("ValidationException"), refusal("AccessDeniedException"), refusal("ResourceNotFoundException")),
    *(refusal("ConditionalCheckFailedException"), refusal("ItemCollectionSizeLimitExceededException")),
    *(refusal("IdempotentParameterMismatchException"), refusal("ExpiredTokenException", 403)),
    *(cancelled("ValidationError"), cancelled("ThrottlingError", "ConditionalCheckFailed"), cancelled("None")),
    ClientError({"Error": {}}, "UpdateItem"),
    cancelled(),
    exceptions.SSLError(**WHERE),
    exceptions.ProxyConnectionError(**WHERE),
    exceptions.NoCredentialsError(),
    exceptions.ParamValidationError(report="x"),
    BotoCoreError(),
    *(TimeoutError("x"), OSError("x"), RuntimeError("x"), LookupError("x")),
]


@pytest.mark.parametrize("error", PASSING, ids=str)
def test_what_may_succeed_in_a_moment_passes_by_itself(error: Exception) -> None:
    assert passes_by_itself(error)


@pytest.mark.parametrize("error", LASTING, ids=repr)
def test_what_no_retry_helps_does_not(error: Exception) -> None:
    assert not passes_by_itself(error)
