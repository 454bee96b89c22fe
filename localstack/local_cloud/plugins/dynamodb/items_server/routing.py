"""Which requests for DynamoDB need nothing of LocalStack, and how the database wants them. Pure."""

import json
import re
from collections.abc import Callable, Mapping

DETOUR = "/_local_cloud/detour"  # PUT and DELETE here say that all requests need LocalStack, and that they do no more
TARGET = "X-Amz-Target"
API = "DynamoDB_20120810."
PLAIN = frozenset({"GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchGetItem", "BatchWriteItem"})
TRANSACTIONS = frozenset({"TransactGetItems", "TransactWriteItems"})

# LocalStack takes a table's name out of its ARN, and knows what an index projects.
NEEDS_LOCALSTACK = (b":table/", b"ALL_ATTRIBUTES")
# Only LocalStack knows which other region has the one copy of a global table.
UNKNOWN_TABLE = b"ResourceNotFoundException"
# With HTTP 503: "DynamoDB is currently unavailable. (This should be a temporary state.)" (Error handling with DynamoDB)
UNAVAILABLE = "ServiceUnavailable"

CREDENTIAL = re.compile(r"Credential=([^/]+)/([^/]+)/([^/]+)/")


def needs_localstack(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether LocalStack does more with a request than to hand it on."""
    operation = headers.get(TARGET, "").removeprefix(API)
    is_known = operation in PLAIN | TRANSACTIONS and CREDENTIAL.search(headers.get("Authorization", ""))
    return not is_known or any(word in body for word in NEEDS_LOCALSTACK)


def in_namespace(authorization: str, account_of: Callable[[str], str]) -> str:
    """Return the header that names account and region as LocalStack does: DynamoDB Local keeps tables apart by it.

    Args:
        authorization: as the client signed it; nobody checks the signature.
        account_of: gives the account of an access key.
    """

    def renamed(credential: re.Match[str]) -> str:
        key, day, region = credential.groups()
        return f"Credential={account_of(key)}{region.replace('-', '')}/{day}/{region}/"

    return CREDENTIAL.sub(renamed, authorization)


def normalised(headers: Mapping[str, str], body: bytes) -> bytes:
    """Return the body as it is in every try of a transaction: engines heed the order of names, AWS does not."""
    if headers[TARGET].removeprefix(API) not in TRANSACTIONS:
        return body
    return json.dumps(json.loads(body), sort_keys=True).encode()
