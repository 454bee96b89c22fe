"""LocalStack takes definitions whose states lack a Next, lead nowhere or are never reached; executions die in them.

Ours refuses them at CreateStateMachine and UpdateStateMachine, with the place, and tells all of their faults at
ValidateStateMachineDefinition, as AWS does.
https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace
from local_cloud.plugins.stepfunctions.definition_problems import problems_of

PROVIDER = "localstack.services.stepfunctions.provider:StepFunctionsProvider"
MOST_DIAGNOSTICS = 100


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def validate_definitions() -> None:
    """LocalStack's hook: look at definitions before LocalStack's grammar does."""
    replace(PROVIDER, "_validate_definition", _refusing, why="parity", upstream="c46de39037b3", before="stepfunctions")
    replace(
        PROVIDER,
        "validate_state_machine_definition",
        _telling_all,
        why="parity",
        upstream="b8fecd8f4047",
        before="stepfunctions",
    )


def _refusing(validate: Callable[..., None]) -> Callable[..., None]:
    @wraps(validate)
    def validate_definition(definition: str, static_analysers: list[Any]) -> None:
        from localstack.aws.api.stepfunctions import InvalidDefinition  # noqa: PLC0415  # takes seconds
        from localstack.services.stepfunctions.asl.static_analyser.test_state.test_state_analyser import (  # noqa: PLC0415
            TestStateStaticAnalyser,
        )

        of_one_state = any(isinstance(analyser, TestStateStaticAnalyser) for analyser in static_analysers)
        if not of_one_state and (problems := problems_of(definition)):
            raise InvalidDefinition(f"Invalid State Machine Definition: '{', '.join(map(str, problems))}'")
        validate(definition, static_analysers)

    return validate_definition


def _telling_all(validate: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(validate)
    def validate_state_machine_definition(provider: Any, context: Any, request: Any, **others: Any) -> Any:
        if not (problems := problems_of(request["definition"])):
            return validate(provider, context, request, **others)
        most = request.get("maxResults") or MOST_DIAGNOSTICS
        told = [
            {"severity": "ERROR", "code": problem.code, "message": problem.text, "location": problem.location}
            for problem in problems[:most]
        ]
        return {"result": "FAIL", "diagnostics": told, "truncated": len(problems) > most}

    return validate_state_machine_definition
