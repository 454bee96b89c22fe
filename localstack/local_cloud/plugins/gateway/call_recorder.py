"""LocalStack does not tell which role called what, as CloudTrail would; here it is recorded for who asks.
Since 0.1.

It shows what a role's policy has to allow.
LocalStack's open edition judges no policy, so one that lacks a permission fails in an account only, and one that has
too many never does. At `/_aws/sts/recorded-calls`, while somebody records:

    PUT     begins to record, and changes nothing where it is recorded already
    GET     what was called since, each kind of call once:
            [{"account": .., "session": .., "service": .., "operation": .., "parameters": {..}}]
    DELETE  ends it, and forgets what was recorded; what is not recorded takes no time

`session` is the role session's name, which for Lambda is the function's. Of the parameters are kept, where they stand,
the strings that name something, such as `TableName`. A presigned URL counts for the role that signed it, and a message
to a WebSocket as `ManageConnections`.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

import json
import re
from collections.abc import Mapping
from threading import Lock
from typing import Any

from localstack.constants import AWS_REGION_US_EAST_1, DEFAULT_AWS_ACCOUNT_ID
from localstack.runtime import hooks

from local_cloud.plugins.dynamodb.items_server.plugin import NotedInLocalStack
from local_cloud.plugins.gateway.recording_endpoint import serve

PATH = "/_aws/sts/recorded-calls"
NAMING = re.compile(r"(Name|Arn|ARN|Bucket|Key|Source|Url|Id)$")
# Its keys are the names of tables.
NAMED_BY_KEYS = frozenset({"RequestItems"})
CONNECTION = re.compile(r"/@connections/(?P<ConnectionId>[^/]+)$")
SIGNER = re.compile(r"Credential=([^/&]+)")


class Record:
    """What was called since it began. Safe for many threads."""

    def __init__(self) -> None:
        self._calls: set[str] | None = None
        self._lock = Lock()

    @property
    def is_running(self) -> bool:
        """Whether calls are recorded."""
        return self._calls is not None

    def begin(self) -> None:
        """Record from now on."""
        with self._lock:
            self._calls = set() if self._calls is None else self._calls

    def end(self) -> None:
        """Record no more."""
        with self._lock:
            self._calls = None

    def note(self, call: Mapping[str, Any]) -> None:
        """Add a call, if there is none like it."""
        written = json.dumps(call, sort_keys=True)
        with self._lock:
            if self._calls is not None:
                self._calls.add(written)

    @property
    def reading(self) -> list[Any]:
        """Each kind of call, in no order that means anything."""
        with self._lock:
            return [json.loads(call) for call in sorted(self._calls or ())]


def naming(parameters: Any) -> Any:
    """Return what of a request's parameters names something, in its place; nothing (None) where nothing does."""
    if isinstance(parameters, list):
        return [kept for one in parameters if (kept := naming(one))] or None
    if isinstance(parameters, Mapping):
        return {key: kept for key, value in parameters.items() if (kept := _kept(key, value)) is not None} or None
    return None


def _kept(key: str, value: Any) -> Any:
    if key in NAMED_BY_KEYS:
        return {name: {} for name in value}
    if isinstance(value, str):
        return value if NAMING.search(key) else None
    return naming(value)


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def record_calls() -> None:
    """LocalStack's hook: offer the record."""
    from localstack.aws import handlers  # noqa: PLC0415  # takes seconds

    record = Record()
    # Before they are served: DynamoDB's provider signs some requests anew.
    handlers.serve_custom_service_request_handlers.append(
        lambda _chain, context, _response: _note_call(record, context)
    )
    # API Gateway's management API is none of LocalStack's services.
    handlers.run_custom_response_handlers.append(lambda _chain, context, _response: _note_message(record, context))
    serve(PATH, NotedInLocalStack(record))


def _note_call(record: Record, context: Any) -> None:
    if not record.is_running:
        return
    what = {"service": context.service.service_name, "operation": context.operation.name}
    _note(record, context.request, {**what, "parameters": naming(context.service_request) or {}})


def _note_message(record: Record, context: Any) -> None:
    if record.is_running and (connection := CONNECTION.search(context.request.path)):
        what = {"service": "apigatewaymanagementapi", "operation": "ManageConnections"}
        _note(record, context.request, {**what, "parameters": connection.groupdict()})


def _note(record: Record, request: Any, call: Mapping[str, Any]) -> None:
    if role := _assumed_role(_signer(request)):
        record.note({"account": role.account_id, "session": role.arn.rpartition("/")[2], **call})


def _signer(request: Any) -> str:
    """The access key that a request was signed with: in its address, where it is presigned, or in its header."""
    presigned = request.args.get("X-Amz-Credential")
    found = SIGNER.search(f"Credential={presigned}" if presigned else request.headers.get("Authorization", ""))
    return found[1] if found else ""


def _assumed_role(access_key: str) -> Any:
    """The credentials of that access key, if a role's."""
    from localstack.services.sts.models import sts_stores  # noqa: PLC0415  # takes seconds

    credentials = sts_stores[DEFAULT_AWS_ACCOUNT_ID][AWS_REGION_US_EAST_1].credentials  # the same for all of them
    found = credentials.get(access_key)
    return found if found and ":assumed-role/" in found.arn else None
