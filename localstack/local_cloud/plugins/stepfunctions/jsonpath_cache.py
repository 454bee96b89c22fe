"""LocalStack parses each JSONPath of a state machine whenever a state uses it; here each path once, by one parser.
Since 0.1.

jsonpath_ng makes its whole grammar anew for each parse: tens of milliseconds for every `$.detail.name`. A parsed path
is never changed, so all executions can share it.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from threading import Lock
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

MOST = 4096  # paths; a state machine has some dozens
PARSERS = {"jsonpath_ng.parser": "JsonPathParser", "jsonpath_ng.ext.parser": "ExtentedJsonPathParser"}
"""The classes whose objects its functions `parse` make for each call, in the modules of these functions."""


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
    module = import_module(parse.__module__)
    parser = cache(getattr(module, PARSERS[module.__name__]))
    parsing = Lock()  # ply's parser keeps its place in itself

    @lru_cache(MOST)  # a path that is wrong is parsed each time
    def parsed(path: str) -> Any:
        with parsing:
            return parser().parse(path)

    return parsed
