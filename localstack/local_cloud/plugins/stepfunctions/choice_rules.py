"""LocalStack's Choice takes a path that is not there for a rule that does not hold; here the execution fails.
Since 0.2.

Ours fails with States.Runtime there, as AWS does, unless the rule asks whether the path is present; with
States.NoChoiceMatched where nothing fits and no default is given; and knows but `*` in StringMatches, which `\\\\*`
escapes. https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace
from local_cloud.plugins.stepfunctions.failure import failure

CHOICE = "localstack.services.stepfunctions.asl.component.state.state_choice"
RULE = f"{CHOICE}.comparison.comparison_variable:ComparisonVariable"
STATE = f"{CHOICE}.state_choice:StateChoice"
MATCHES = f"{CHOICE}.comparison.operator.implementations.string_operators:StringMatches"

MATCHED = "a choice rule matched"
"""What a state notes for its output, among what LocalStack forgets when the state is over."""


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def fail_choices() -> None:
    """LocalStack's hook: compare as documented."""
    why: dict[str, Any] = {"why": "parity", "before": "stepfunctions"}
    replace(RULE, "_eval_body", _of_what_is_there, upstream="55861cce2bef", **why)
    replace(STATE, "_eval_state", _matching_something, upstream="47c01743c893", **why)
    replace(STATE, "_eval_state_output", _of_default_unless_matched, upstream="6d6e73922808", **why)
    replace(MATCHES, "_compare", _with_asterisks_only, upstream="95c2424d22ca", **why)


def _of_what_is_there(evaluate: Callable[..., None]) -> Callable[..., None]:
    @wraps(evaluate)
    def evaluate_rule(rule: Any, env: Any) -> None:
        from localstack.services.stepfunctions.asl.component.state.state_choice.comparison.variable import (  # noqa: PLC0415
            NoSuchVariable,
        )

        rule.variable.eval(env)
        asks_for_presence = rule.comparison_function.operator_type.name == "IsPresent"
        if isinstance(env.stack[-1], NoSuchVariable) and not asks_for_presence:
            path = rule.variable.string_sampler.literal_value
            cause = f"Invalid path '{path}': The choice state's condition path references an invalid value."
            raise failure(env, "States.Runtime", cause)
        rule.comparison_function.eval(env)

    return evaluate_rule


def _matching_something(evaluate: Callable[..., None]) -> Callable[..., None]:
    @wraps(evaluate)
    def evaluate_choice(state: Any, env: Any) -> None:
        for rule in state.choices_decl.rules:
            rule.eval(env)
            if env.stack.pop() is True:
                env.heap[MATCHED] = True
                env.stack.append(rule.next_stmt.name)
                return
        if state.default_state is None:
            cause = f"No choice of the state '{state.name}' matched, and it has no default."
            raise failure(env, "States.NoChoiceMatched", cause)
        env.stack.append(state.default_state.state_name)

    return evaluate_choice


def _of_default_unless_matched(evaluate: Callable[..., None]) -> Callable[..., None]:
    """A rule that leads where the default leads has its own output, not the default's."""

    @wraps(evaluate)
    def evaluate_output(state: Any, env: Any) -> None:
        if not env.heap.pop(MATCHED, False):
            evaluate(state, env)
            return
        env.next_state_name = env.stack.pop()
        if state.is_jsonpath_query_language():
            if state.output_path:
                state.output_path.eval(env=env)
            else:
                env.states.reset(input_value=env.stack.pop())

    return evaluate_output


def _with_asterisks_only(compare: Callable[..., bool]) -> Callable[..., bool]:
    @wraps(compare)
    def matches(variable: Any, comparison_value: str) -> bool:
        return isinstance(variable, str) and bool(_pattern(comparison_value).fullmatch(variable))

    return matches


def _pattern(text: str) -> re.Pattern[str]:
    r"""Return what `*` matches everything in; `\*` and `\\` are the letters themselves."""
    letters = re.findall(r"\\[*\\]|.", text, re.DOTALL)
    return re.compile("".join(".*" if letter == "*" else re.escape(letter[-1]) for letter in letters), re.DOTALL)
