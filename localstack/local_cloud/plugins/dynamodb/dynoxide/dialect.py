"""How LocalStack words what it asks DynamoDB Local, how dynoxide does, and the way from one to the other. Pure.

Requests for items are the same in both, and are not looked into.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from local_cloud.plugins.dynamodb.items_server.routing import API, PLAIN, TRANSACTIONS

STREAMS_API = "DynamoDBStreams_20120810."
PARTIQL = frozenset({"ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"})
ABOUT_ITEMS = frozenset(API + operation for operation in PLAIN | TRANSACTIONS | PARTIQL)

# The region in the ARNs of tables and streams.
LOCALSTACKS, DYNOXIDES = "arn:aws:dynamodb:ddblocal:", "arn:aws:dynamodb:dynoxide:"

# LocalStack keeps these by itself, but only once DynamoDB Local has said that it sees nothing to do.
KEPT_BY_LOCALSTACK = frozenset({"ReplicaUpdates", "SSESpecification", "TableClass"})
SAYS_WHICH_TABLE = frozenset({"TableName", "AttributeDefinitions"})
NOTHING_TO_UPDATE = {"__type": "com.amazon.coral.validate#ValidationException", "message": "Nothing to update"}
NO_SUCH_SHARD = {
    "__type": "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
    "message": "Requested resource not found: Shard does not exist",
}

# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html says 21 to 40 characters.
SEQUENCE_NUMBER_DIGITS = 21


def refusal(target: str, body: bytes) -> bytes | None:
    """Return the error, if any, that DynamoDB Local would answer where dynoxide understands a request otherwise."""
    told: Mapping[str, str] | None = None
    if target == f"{API}UpdateTable" and not json.loads(body).keys() - KEPT_BY_LOCALSTACK - SAYS_WHICH_TABLE:
        told = NOTHING_TO_UPDATE
    if target == f"{STREAMS_API}GetShardIterator" and not _names_its_shard(json.loads(body)):
        told = NO_SUCH_SHARD
    return json.dumps(told).encode() if told else None


def _names_its_shard(request: Mapping[str, Any]) -> bool:
    """dynoxide takes any name, and finds no record there."""
    return bool(request["ShardId"] == shard_id(request["StreamArn"]))


def asked(target: str, body: bytes) -> bytes:
    """Return a request's body as dynoxide understands it."""
    if target in ABOUT_ITEMS:
        return body
    renamed = body.replace(LOCALSTACKS.encode(), DYNOXIDES.encode())
    if target == f"{API}UpdateTable":
        return json.dumps({k: v for k, v in json.loads(renamed).items() if k not in KEPT_BY_LOCALSTACK}).encode()
    if not target.startswith(STREAMS_API):
        return renamed
    return json.dumps(_of_dynoxides_streams(json.loads(renamed))).encode()


def answered(target: str, asked_body: bytes, body: bytes) -> bytes:
    """Return the answer to a request as LocalStack understands it; the request's body is LocalStack's."""
    if target in ABOUT_ITEMS:
        return body
    renamed = body.replace(DYNOXIDES.encode(), LOCALSTACKS.encode())
    if not target.startswith(STREAMS_API):
        return renamed
    return json.dumps(_of_localstacks_streams(json.loads(asked_body), json.loads(renamed))).encode()


def shard_id(stream_arn: str) -> str:
    """Return the name of a stream's one shard in the form of AWS's: SDKs refuse those of dynoxide that are short."""
    return f"shardId-{1:020d}-{hashlib.sha256(stream_arn.encode()).hexdigest()[:8]}"


def _of_dynoxides_streams(request: dict[str, Any]) -> dict[str, Any]:
    if "ShardIterator" in request:
        return {**request, "ShardIterator": request["ShardIterator"].rpartition("|")[2]}
    if "ShardId" in request:
        table = request["StreamArn"].split("/")[1]
        return {**request, "ShardId": f"shardId-00000001-{table}"}
    return request


def _of_localstacks_streams(request: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """Name shards, iterators and sequence numbers as AWS's SDKs and LocalStack want them.

    LocalStack looks for the stream's ARN in an iterator, as DynamoDB Local begins it.
    """
    arn = request.get("StreamArn") or request.get("ShardIterator", "").rpartition("|")[0]
    for name in ("ShardIterator", "NextShardIterator"):
        if name in answer:
            answer[name] = f"{arn}|{answer[name]}"
    for record in answer.get("Records", ()):
        _complete(record, arn)
    for shard in answer.get("StreamDescription", {}).get("Shards", ()):
        shard["ShardId"] = shard_id(arn)
        bounds = shard["SequenceNumberRange"]
        shard["SequenceNumberRange"] = {end: _padded(number) for end, number in bounds.items()}
    return answer


def _complete(record: dict[str, Any], stream_arn: str) -> None:
    """Give a record an id of its own among those of all tables: dynoxide counts each table's from 1."""
    change = record["dynamodb"]
    change["SequenceNumber"] = _padded(change["SequenceNumber"])
    event = f"{stream_arn} {change['SequenceNumber']}"
    record["eventID"] = hashlib.sha256(event.encode()).hexdigest()[:32]


def _padded(sequence_number: str) -> str:
    return sequence_number.zfill(SEQUENCE_NUMBER_DIGITS)
