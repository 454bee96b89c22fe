"""Which failures of AWS pass by themselves, so that the same request may succeed in a moment. Asks nobody.

The client has tried again already, for seconds (`aws.CONFIG`): what comes here is for the caller to know.
"""

from botocore.exceptions import (
    ClientError,
    ConnectionError,  # noqa: A004  # botocore's: what all of its failures to reach an endpoint are
    HTTPClientError,
    ProxyConnectionError,
    SSLError,
)

# DynamoDB's errors of which its developer guide says "OK to retry? Yes" ("Error handling with DynamoDB"), those of the
# other services under whatever name they throttle, and a try that took too long.
PASSING = frozenset(
    {
        *("InternalServerError", "InternalServerErrorException", "InternalFailure", "ServiceUnavailable"),
        *("ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException", "Throttling"),
        *("TransactionConflictException", "TransactionInProgressException", "ReplicatedWriteConflictException"),
        *("ThrottledException", "TooManyRequestsException", "SlowDown", "RequestTimeout", "RequestTimeoutException"),
    }
)
# Why one write of a transaction was not done (TransactWriteItems, "Transaction cancellation reasons").
PASSING_REASONS = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
SERVICE_FAULT = 500  # and above: HTTP's word for a fault that is not the caller's


def passes_by_itself(error: BaseException) -> bool:
    """Whether trying again helps; not where the request itself, a right or a setting is wrong."""
    match error:
        case ClientError():
            return _is_passing(error)
        case SSLError() | ProxyConnectionError():
            return False  # a certificate, a proxy: they are as they are set up
        case ConnectionError() | HTTPClientError():
            return True  # nobody answered, or not in time
    return False


def _is_passing(error: ClientError) -> bool:
    answer = error.response
    if answer["Error"].get("Code") == "TransactionCanceledException":
        reasons = {reason.get("Code", "None") for reason in answer.get("CancellationReasons", [])}
        return bool(reasons & PASSING_REASONS) and reasons <= PASSING_REASONS | {"None"}
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return answer["Error"].get("Code") in PASSING or status >= SERVICE_FAULT
