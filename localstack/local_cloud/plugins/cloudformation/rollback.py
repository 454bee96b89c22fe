"""LocalStack undoes a failed update by deleting what it has; here what was made goes and what was there stays.
Since 0.2.

Ours undoes what was done, the last first: what was made is deleted, what was changed is changed back, and the stack
keeps its template, so that the next update and the deletion begin from what is there. So does a creation that fails.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
"""

import logging
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.cloudformation.replacement import EXECUTOR
from local_cloud.plugins.patches import replace

LOG = logging.getLogger(__name__)

STACK = "localstack.services.cloudformation.v2.entities:Stack"
TEMPLATE_STATE = ("template", "processed_template", "template_body", "resolved_parameters")
"""What LocalStack copies from the change set to the stack at the end, whether it succeeded or not."""


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def roll_back_failed_updates() -> None:
    """LocalStack's hook: keep in mind what is done to resources, and undo it when something fails."""
    action, process = "_execute_resource_action", "process"
    replace(EXECUTOR, action, _remembering, why="parity", upstream="2acc00b85e68", before="cloudformation")
    replace(EXECUTOR, process, _undoing, why="parity", upstream="a34078b08307", before="cloudformation")
    replace(STACK, "set_stack_status", _staying, why="parity", upstream="ed454ad807d3", before="cloudformation")


@dataclass(frozen=True)
class Done:
    """One thing that was done to a resource: made it, or changed it.

    Attributes:
        name: the resource's logical id.
        kind: its type.
        before: its properties before; None if it was made.
        after: its properties after; those before, if the change failed.
    """

    name: str
    kind: str
    before: dict[str, Any] | None
    after: dict[str, Any]


def _staying(set_stack_status: Callable[..., None]) -> Callable[..., None]:
    """Let a stack that was rolled back stay so until something else begins; LocalStack would call it complete."""

    @wraps(set_stack_status)
    def set_unless_rolled_back(self: Any, status: Any, *args: Any, **kwargs: Any) -> None:
        if str(status).endswith("_IN_PROGRESS") or not str(self.status).endswith("ROLLBACK_COMPLETE"):
            set_stack_status(self, status, *args, **kwargs)

    return set_unless_rolled_back


def _remembering(execute_action: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(execute_action)
    def execute_and_remember(self: Any, *args: Any, **kwargs: Any) -> Any:
        event = execute_action(self, *args, **kwargs)
        if (done := _done(event, **dict(zip(_PARAMETERS, args, strict=False)), **kwargs)) and not _is_deletion(self):
            _all_done(self).append(done)
        return event

    return execute_and_remember


_PARAMETERS = ("action", "logical_resource_id", "resource_type", "before_properties", "after_properties")


def _done(event: Any, action: Any, logical_resource_id: str, resource_type: str, **states: Any) -> Done | None:
    is_success = event.status.name == "SUCCESS"
    if str(action) == "Add" and is_success:
        return Done(logical_resource_id, resource_type, None, deepcopy(event.resource_model))
    if str(action) == "Modify":
        before = deepcopy(states["before_properties"].properties)
        return Done(
            logical_resource_id, resource_type, before, deepcopy(event.resource_model if is_success else before)
        )
    return None


def _all_done(executor: Any) -> list[Done]:
    found: list[Done] = executor.__dict__.setdefault("_local_cloud_done", [])
    return found


def _is_deletion(executor: Any) -> bool:
    return bool(executor._change_set.stack.status == "DELETE_IN_PROGRESS")


def _undoing(process: Callable[[Any], None]) -> Callable[[Any], None]:
    @wraps(process)
    def process_or_undo(self: Any) -> None:
        stack = self._change_set.stack
        states, is_update = dict(stack.resource_states), stack.status == "UPDATE_IN_PROGRESS"
        try:
            process(self)
        except Exception:
            if not _is_deletion(self):
                self._deferred_actions.clear()  # deletions of what was replaced or left out: none of it now
                self._defer_action("roll-back", lambda: _roll_back(self, states if is_update else None))
            raise
        if not _is_deletion(self):  # UpdateStack forgets it, and the next update would begin from an older one
            stack.processed_template = self._change_set.processed_template

    return process_or_undo


def _roll_back(executor: Any, states_before: dict[str, Any] | None) -> None:
    """Undo what was done; `states_before` are those of the resources before an update, None at a creation."""
    change_set, done = executor._change_set, _all_done(executor)
    stack = change_set.stack
    if states_before is not None:
        change_set.change_set_type = "UPDATE"  # UpdateStack calls it CREATE, and so would the status
        stack.set_stack_status(_status("UPDATE_ROLLBACK_IN_PROGRESS"))
    for one in reversed(list(done)):
        try:
            _undo(executor, one)
        except Exception:
            LOG.exception("%s of the stack %s could not be rolled back", one.name, stack.stack_name)
    executor.resources.clear()
    executor.resources.update(stack.resolved_resources)
    executor.outputs[:] = stack.resolved_outputs
    if states_before is not None:
        stack.resource_states = states_before
        for name in TEMPLATE_STATE:
            setattr(change_set, name, getattr(stack, name))


def _status(name: str) -> Any:
    from localstack.aws.api.cloudformation import StackStatus  # noqa: PLC0415

    return StackStatus(name)


def _undo(executor: Any, done: Done) -> None:
    from localstack.aws.api.cloudformation import ChangeAction  # noqa: PLC0415
    from localstack.services.cloudformation.engine.v2.change_set_model_preproc import (  # noqa: PLC0415
        PreprocProperties,
    )
    from localstack.services.cloudformation.resource_provider import OperationStatus  # noqa: PLC0415

    action = ChangeAction.Remove if done.before is None else ChangeAction.Modify
    told = {"action": action, "logical_resource_id": done.name, "resource_type": done.kind}
    executor._process_event(**told, event_status=OperationStatus.IN_PROGRESS)
    event = executor._execute_resource_action(
        **told,
        before_properties=PreprocProperties(done.after),
        after_properties=None if done.before is None else PreprocProperties(done.before),
    )
    executor._process_event(**told, event_status=event.status, reason=event.message)
