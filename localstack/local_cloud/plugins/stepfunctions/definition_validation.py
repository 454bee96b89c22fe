"""LocalStack takes definitions whose states lack a Next or lead nowhere; here they are refused, with the place.
Since 0.2.

CreateStateMachine and UpdateStateMachine refuse them, ValidateStateMachineDefinition tells all of their faults, as on
AWS. A state that nothing leads to is only told there, and logged.
https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace
from local_cloud.plugins.stepfunctions.definition_problems import SCHEMA, TOO_DEEP, Problem, problems_of

LOG = logging.getLogger(__name__)

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
        problems = [] if of_one_state else problems_of(definition)
        if errors := [problem for problem in problems if problem.is_error]:
            raise InvalidDefinition(f"Invalid State Machine Definition: '{', '.join(map(str, errors))}'")
        for problem in problems:
            LOG.warning("AWS would refuse this definition: %s", problem)
        try:
            validate(definition, static_analysers)
        except InvalidDefinition as error:
            if not isinstance(error.__context__, RecursionError):  # of LocalStack's grammar
                raise
            raise InvalidDefinition(f"Invalid State Machine Definition: '{Problem(SCHEMA, TOO_DEEP, '/')}'") from error

    return validate_definition


def _telling_all(validate: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(validate)
    def validate_state_machine_definition(provider: Any, context: Any, request: Any, **others: Any) -> Any:
        problems = problems_of(request["definition"])
        most = request.get("maxResults") or MOST_DIAGNOSTICS
        told = {"diagnostics": [_diagnostic(problem) for problem in problems[:most]], "truncated": len(problems) > most}
        if any(problem.is_error for problem in problems):
            return {"result": "FAIL", **told}
        answer = validate(provider, context, request, **others)
        return {**answer, **told} if answer["result"] == "OK" else answer

    return validate_state_machine_definition


def _diagnostic(problem: Problem) -> dict[str, str]:
    severity = "ERROR" if problem.is_error else "WARNING"
    return {"severity": severity, "code": problem.code, "message": problem.text, "location": problem.location}
