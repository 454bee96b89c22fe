"""Has Step Functions parse a state machine's definition once, instead of once for each execution.

A definition of some twenty states takes tens of milliseconds. The parser's tree is only read; what an execution makes
of it and changes while it runs is still its own.
"""

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
    """Have an execution begin with the tree of its definition; one that is wrong is refused as ever."""
    from localstack.services.stepfunctions.asl.parse.asl_parser import AmazonStateLanguageParser  # noqa: PLC0415
    from localstack.services.stepfunctions.asl.parse.preprocessor import Preprocessor  # noqa: PLC0415
    from localstack.services.stepfunctions.backend.execution_worker import ExecutionWorker  # noqa: PLC0415

    @lru_cache(MOST)
    def tree_of(definition: str) -> Any:
        _, tree = AmazonStateLanguageParser.parse(definition)
        return tree

    def program(worker: Any) -> Any:
        return Preprocessor().visit(tree_of(worker._evaluation_details.state_machine_details.definition))

    ExecutionWorker._get_evaluation_entrypoint = program
