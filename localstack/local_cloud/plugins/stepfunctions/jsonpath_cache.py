"""LocalStack parses each JSONPath of a state machine whenever a state uses it; here each path once.
Since 0.1.

jsonpath_ng makes its whole grammar anew for each parse:
milliseconds for every `$.detail.name`. A parsed path is never changed, so all executions can share it.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

MOST = 4096  # paths; a state machine has some dozens


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_parsed_paths() -> None:
    """LocalStack's hook: remember what was parsed."""
    asl = "localstack.services.stepfunctions.asl"
    for module, upstream in (
        (f"{asl}.utils.json_path", "4585dd703d08"),
        (f"{asl}.component.common.path.result_path", "9328f98dcb0c"),
    ):
        replace(module, "parse", _cached, why="speed", upstream=upstream, before="stepfunctions")


def _cached(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    return lru_cache(MOST)(parse)  # a path that is wrong is parsed each time
