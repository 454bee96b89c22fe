"""Has Step Functions parse a state machine's definition once, instead of once for each execution.

A definition of some twenty states takes tens of milliseconds. An execution changes the program while it runs, so each
gets a copy of its own, which pickle makes in one.
"""

import pickle
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.before_loading import before_loading

MOST = 64  # definitions


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_parsed_definitions() -> None:
    """LocalStack's hook: remember what was parsed."""
    before_loading("stepfunctions", install)


def install() -> None:
    """Have an execution begin with a copy of its program; a definition that is wrong is refused as ever."""
    from localstack.services.stepfunctions.asl.parse.asl_parser import AmazonStateLanguageParser  # noqa: PLC0415
    from localstack.services.stepfunctions.asl.parse.preprocessor import Preprocessor  # noqa: PLC0415
    from localstack.services.stepfunctions.backend.execution_worker import ExecutionWorker  # noqa: PLC0415

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

    ExecutionWorker._get_evaluation_entrypoint = program
