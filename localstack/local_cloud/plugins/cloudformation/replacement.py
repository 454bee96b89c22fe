"""LocalStack replaces a resource when a create-only property might change; here only when it does.
Since 0.2.

Ours looks at the values once they are known, and updates in place what keeps them: a stage of an API whose definition
changes, or a permission of a function whose code does.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

EXECUTOR = "localstack.services.cloudformation.engine.v2.change_set_model_executor:ChangeSetModelExecutor"
PROPERTIES = "/properties/"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def replace_only_what_must_be() -> None:
    """LocalStack's hook: decide again when a resource's turn has come."""
    change = "_execute_resource_change"
    replace(EXECUTOR, change, _looking_again, why="parity", upstream="0515307288ef", before="cloudformation")


def _looking_again(execute_change: Callable[..., None]) -> Callable[..., None]:
    @wraps(execute_change)
    def decide_and_execute(self: Any, name: str, before: Any, after: Any) -> None:
        if getattr(before, "resource_type", None) == getattr(after, "resource_type", 0) and after.requires_replacement:
            provider = self.resource_provider_executor.try_load_resource_provider(after.resource_type)
            create_only = provider.SCHEMA.get("createOnlyProperties", [])
            after.requires_replacement = differ(create_only, before.properties.properties, after.properties.properties)
        execute_change(self, name, before, after)

    return decide_and_execute


def differ(pointers: list[str], before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether any property differs that one of a schema's pointers, such as `/properties/Name`, leads to."""
    names = {pointer.removeprefix(PROPERTIES).split("/")[0] for pointer in pointers}
    return any(before.get(name) != after.get(name) for name in names)
