"""LocalStack loses an event whose transformer meets a number, a quote or a new line; here every input is made.
Since 0.2.

Ours makes the input by the documented rules and refuses a template that cannot become JSON when it is put. What
cannot be made of an event is an error, so the event goes to the target's dead-letter queue.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache, wraps
from typing import Any
from uuid import uuid4

from localstack.runtime import hooks

from local_cloud.plugins.events import input_template
from local_cloud.plugins.events.input_template import MISSING
from local_cloud.plugins.patches import replace

TARGET = "localstack.services.events.target"
INPUTS = ("Input", "InputPath", "InputTransformer")
KEPT_PATHS = 1024

_ORIGINAL: ContextVar[Mapping[str, Any]] = ContextVar("original event")
"""The event that is being delivered, before anything was made of it: what names and keys are taken from."""


class InputError(Exception):
    """A target's input cannot be made of an event; the text says why."""


@hooks.on_infra_start(priority=1)  # type: ignore[untyped-decorator]  # LocalStack has no types
def make_target_inputs() -> None:
    """LocalStack's hook: make targets' inputs here. Before `dead_letter_queues`, which wraps what is put in place."""
    sender = f"{TARGET}:TargetSender"
    replace(sender, "process_event", _transforming, why="parity", upstream="99ac60403731", before="events")
    replace(sender, "_validate_input", _strict, why="parity", upstream="2dcbf62e468b", before="events")
    states, kinesis = f"{TARGET}:StatesTargetSender", f"{TARGET}:KinesisTargetSender"
    replace(states, "send_event", _starting, why="parity", upstream="76202195bb94", before="events")
    replace(kinesis, "send_event", _putting, why="parity", upstream="a364292195a6", before="events")


def _transforming(process_event: Callable[..., None]) -> Callable[..., None]:
    @wraps(process_event)
    def transform_and_send(self: Any, event: dict[str, Any], trace_header: Any) -> None:
        if isinstance(event, dict):  # a scheduled rule's constant input may be anything
            event.pop("event-bus-name", None)
        token = _ORIGINAL.set(event)
        try:
            self.send_event(made(self, event), trace_header)
        finally:
            _ORIGINAL.reset(token)

    return transform_and_send


def made(sender: Any, event: dict[str, Any]) -> Any:
    """Return what the target of `sender` is to get of an event.

    Raises:
        InputError: there is nothing at its InputPath, a path is none, or its filled InputTemplate is not JSON.
    """
    target = sender.target
    if constant := target.get("Input"):
        return json.loads(constant)
    if path := target.get("InputPath"):
        if (part := at_path(event, path)) is MISSING:
            raise InputError(f"the event has nothing at InputPath {path}")
        return part
    if transformer := target.get("InputTransformer"):
        return _transformed(sender, transformer, event)
    return event


def _transformed(sender: Any, transformer: Mapping[str, Any], event: dict[str, Any]) -> Any:
    paths = transformer.get("InputPathsMap") or {}
    values = {name: at_path(event, path) for name, path in paths.items()}
    values |= sender._get_predefined_template_replacements(event)
    values["aws.events.event.ingestion-time"] = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        return input_template.filled(transformer["InputTemplate"], values)
    except input_template.TemplateError as error:
        raise InputError(f"the filled InputTemplate is not valid JSON: {error}") from error


def at_path(event: Any, path: str) -> Any:
    """Return what a JSON path leads to: one value, a list of several, or MISSING.

    Raises:
        InputError: it is no JSON path that EventBridge knows.
    """
    found = [match.value for match in _parsed(path).find(event)]
    if not found:
        return MISSING
    return found[0] if len(found) == 1 else found


@lru_cache(KEPT_PATHS)
def _parsed(path: str) -> Any:
    from jsonpath_rw import parse  # noqa: PLC0415  # which LocalStack uses for this

    try:
        return parse(path)
    except Exception as error:  # the library has no type of its own for a path that is none
        raise InputError(f"{path} is no JSON path that EventBridge knows: {error}") from error


def _strict(validate: Callable[..., None]) -> Callable[..., None]:
    from localstack.services.events.models import ValidationException  # noqa: PLC0415

    @wraps(validate)
    def check_and_validate(self: Any, target: Mapping[str, Any]) -> None:
        if sum(name in target for name in INPUTS) > 1:
            raise ValidationException(
                f"Only one of Input, InputPath, or InputTransformer must be provided for target {target.get('Id')}."
            )
        validate(self, target)
        if fault := _fault(target):
            raise ValidationException(fault)

    return check_and_validate


def _fault(target: Mapping[str, Any]) -> str | None:
    """Tell what is wrong with a target's input whatever the event."""
    try:
        if transformer := target.get("InputTransformer"):
            input_template.check(transformer["InputTemplate"])
            for path in (transformer.get("InputPathsMap") or {}).values():
                _parsed(path)
        if path := target.get("InputPath"):
            _parsed(path)
        if constant := target.get("Input"):
            json.loads(constant)
    except InputError as error:
        return f"Invalid input path for target {target.get('Id')}: {error}."
    except input_template.TemplateError as error:
        return f"Invalid InputTemplate for target {target.get('Id')} : {error}."
    except json.JSONDecodeError as error:
        return f"JSON syntax error in input for target {target.get('Id')}: {error}."
    reserved = [name for name in (transformer or {}).get("InputPathsMap") or {} if name.lower().startswith("aws.")]
    return f"InputPathsMap of target {target.get('Id')} has reserved names: {reserved}." if reserved else None


def _starting(send_event: Callable[..., None]) -> Callable[..., None]:
    @wraps(send_event)
    def start_execution(self: Any, event: Any, _trace_header: Any) -> None:
        from localstack.services.events.utils import to_json_str  # noqa: PLC0415

        self.service = "stepfunctions"
        # As AWS names them: of the event and this delivery, so that two rules start two executions.
        name = "_".join(filter(None, (_original_id(), str(uuid4()))))
        self.client.start_execution(stateMachineArn=self.target["Arn"], name=name, input=to_json_str(event))

    return start_execution


def _putting(send_event: Callable[..., None]) -> Callable[..., None]:
    @wraps(send_event)
    def put_record(self: Any, event: Any, _trace_header: Any) -> None:
        from localstack.services.events.utils import to_json_str  # noqa: PLC0415

        path = self.target.get("KinesisParameters", {}).get("PartitionKeyPath", "$.id")
        key = at_path(_ORIGINAL.get(), path)
        self.client.put_record(
            StreamName=self.target["Arn"].split("/")[-1],
            Data=to_json_str(event).encode(),
            PartitionKey=str(_original_id() or uuid4()) if key is MISSING else str(key),
        )

    return put_record


def _original_id() -> str | None:
    event = _ORIGINAL.get()
    return event.get("id") if isinstance(event, dict) else None
