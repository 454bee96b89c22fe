"""Has Step Functions parse each JSONPath once.

LocalStack parses a path each time that a state uses it, and jsonpath_ng makes its whole grammar anew for each parse:
milliseconds for every `$.detail.name`. A parsed path is never changed, so all executions can share it.
"""

from functools import lru_cache

from localstack.runtime import hooks

from local_cloud.plugins.before_loading import before_loading

MOST = 4096  # paths; a state machine has some dozens


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_parsed_paths() -> None:
    """LocalStack's hook: remember what was parsed."""
    before_loading("stepfunctions", install)


def install() -> None:
    """Put a memory before both places where LocalStack parses a path; a path that is wrong is parsed each time."""
    from localstack.services.stepfunctions.asl.component.common.path import result_path  # noqa: PLC0415  # takes seconds
    from localstack.services.stepfunctions.asl.utils import json_path  # noqa: PLC0415

    for place in (json_path, result_path):
        place.parse = lru_cache(MOST)(place.parse)
