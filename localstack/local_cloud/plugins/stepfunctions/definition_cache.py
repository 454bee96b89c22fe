"""LocalStack parses a state machine's definition, and builds its program, for each execution; here once.
Since 0.1.

A definition of some twenty states takes tens of milliseconds. An execution changes the program while it runs, so each
gets a copy of its own, which pickle makes in one.
"""

import pickle
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

MOST = 64  # definitions


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_parsed_definitions() -> None:
    """LocalStack's hook: remember what was parsed."""
    replace(
        "localstack.services.stepfunctions.backend.execution_worker:ExecutionWorker",
        "_get_evaluation_entrypoint",
        lambda _: _with_definition_cache(),
        why="speed",
        upstream="2b25949ae855",
        before="stepfunctions",
    )


def _with_definition_cache() -> Callable[[Any], Any]:
    """Have an execution begin with a copy of its program; a definition that is wrong is refused as ever."""
    from localstack.services.stepfunctions.asl.parse.asl_parser import AmazonStateLanguageParser  # noqa: PLC0415
    from localstack.services.stepfunctions.asl.parse.preprocessor import Preprocessor  # noqa: PLC0415

    @lru_cache(MOST)
    def copies_of(definition: str) -> Callable[[], Any]:
        program, tree = AmazonStateLanguageParser.parse(definition)
        try:
            stored = pickle.dumps(program)
        except (pickle.PicklingError, AttributeError, TypeError):  # a part of it cannot be copied
            return lambda: Preprocessor().visit(tree)
        return lambda: pickle.loads(stored)  # noqa: S301  # of our own making

    def program(worker: Any) -> Any:
        return copies_of(worker._evaluation_details.state_machine_details.definition)()

    return program
