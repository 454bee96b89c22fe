"""What is wrong with a state machine's definition, and where.

statelint, a port of AWS's own linter, finds most: what a state must have and must not have, and states that are not
there or that nothing leads to. What it calls wrong though Step Functions takes it (it is strict about paths, and does
not know variables in JSONPath) is left out, and what it misses is found here. What a field may hold is left to
LocalStack's grammar, which reads the definition afterwards.
https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Never

from local_cloud.plugins.stepfunctions.jsonata_regex import engine

INVALID_JSON, SCHEMA, TRANSITION, DUPLICATE = (
    "INVALID_JSON_DESCRIPTION",
    "SCHEMA_VALIDATION_FAILED",
    "MISSING_TRANSITION_TARGET",
    "DUPLICATE_STATE_NAME",
)
"""The codes that Step Functions has for them."""

DEEPEST = 40
"""Parallel and Map states within each other. LocalStack's grammar bears a few more, or many more once jsonata-python is
loaded, which changes the limit of Python's stack; so the limit is ours, and always the same.
"""

LONGEST_NAME = 80
"""Characters of a state's name."""

TOO_DEEP = "The definition is nested too deep"
"""Said of more than Python's stack bears."""

PAYLOADS = ("Parameters", "ResultSelector", "ItemSelector", "Assign")
"""Where a field that ends in `.$` is a path."""

IGNORED = re.compile(
    r"is not a JSONPath or intrinsic function|should be an RFC3339 timestamp|but allowed ceiling is"
    r"|^No terminal state found|is also defined at"
    r'|^Field "(?!(Catch|Retry|InputPath|OutputPath|ResultPath|ResultSelector|Parameters|Arguments|Output)" )'
)
"""Words of statelint's about what LocalStack's grammar or this module judge, and about fields that it does not know."""
SIMPLE_PATH = re.compile(r"\$(\$|\w+)?(\.[^\W\d]\w*|\['[^'\\]+'\]|\[\d+\])*")
"""Paths as most are; the others take milliseconds to parse."""
FILTER = "?("
"""Begins what jsonpath_ng reads otherwise than AWS's library."""
AS_AWS_SAYS = (
    (re.compile(r'^No state found named "(.*?)"(, referenced at .*)?$'), r"Missing 'Next' target: \1", ""),
    (re.compile(r"^StartAt value (.*) not found in States field$"), r"Missing 'Next' target: \1", "StartAt"),
)
"""What statelint says of transitions, what Step Functions says, and the field that statelint does not point to."""


UNREACHABLE = re.compile(r"^No transition found to state .*/States/(.*)$")
"""What statelint says of a state that nothing leads to. AWS refuses that; here a workflow may be built bit by bit."""


@dataclass(frozen=True)
class Problem:
    """One fault: its code, what it is, a JSON pointer to where it is, and whether the definition is refused for it."""

    code: str
    text: str
    location: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{self.code}: {self.text} at {self.location}"


@dataclass(frozen=True)
class State:
    """A state, wherever it is nested."""

    name: str
    fields: dict[str, Any]
    location: str
    language: str
    depth: int


def problems_of(definition: str) -> list[Problem]:
    """Return all faults that are found in a definition; none found does not make it valid."""
    try:
        machine = json.loads(definition, parse_constant=_refuse)
        return _of_machine(machine) if isinstance(machine, dict) else [Problem(SCHEMA, "Not a JSON object", "/")]
    except ValueError as error:
        return [Problem(INVALID_JSON, str(error), "/")]
    except RecursionError:
        return [Problem(INVALID_JSON, TOO_DEEP, "/")]


def _of_machine(machine: dict[str, Any]) -> list[Problem]:
    states = list(_states(machine, "", machine.get("QueryLanguage", "JSONPath")))
    return [*_linted(machine), *_repeated(states), *(found for state in states for found in _of_state(state))]


def _refuse(constant: str) -> Never:
    """NaN and Infinity, which Python reads."""
    raise ValueError(f"{constant} is no JSON")


def _states(machine: Any, location: str, language: str, depth: int = 0) -> Iterator[State]:
    states = machine.get("States") if isinstance(machine, dict) else None
    for name, fields in states.items() if isinstance(states, dict) else ():
        if isinstance(fields, dict):
            state = State(name, fields, f"{location}/States/{name}", fields.get("QueryLanguage", language), depth)
            yield state
            for place, nested in _machines_in(fields):
                yield from _states(nested, f"{state.location}/{place}", state.language, depth + 1)


def _machines_in(fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    branches = fields.get("Branches")
    yield from (
        (f"Branches/{number}", each) for number, each in enumerate(branches if isinstance(branches, list) else ())
    )
    yield from ((name, fields[name]) for name in ("ItemProcessor", "Iterator") if name in fields)


def _linted(machine: dict[str, Any]) -> Iterator[Problem]:
    places = sorted(_places(machine), key=lambda place: len(place[0]), reverse=True)
    for text in _linter_says(machine):
        if not IGNORED.search(text):
            name, location = next((place for place in places if place[0] in text), places[-1])
            what = re.sub(rf"(, referenced)? at {re.escape(name)}$", "", text)
            yield _in_words_of_aws(what.replace(name, location), location)


def _in_words_of_aws(text: str, location: str) -> Problem:
    if found := UNREACHABLE.match(text):
        return Problem(TRANSITION, f'State "{found[1]}" is not reachable.', location, is_error=False)
    for said, aws_says, field in AS_AWS_SAYS:
        if found := said.match(text):
            place = f"{location.rstrip('/')}/{field}" if field else location
            return Problem(TRANSITION, found.expand(aws_says), place)
    return Problem(SCHEMA, text, location)


def _linter_says(machine: dict[str, Any]) -> list[str]:
    from statelint.config import Config  # noqa: PLC0415  # which the launcher's environment has not
    from statelint.linter import Linter  # noqa: PLC0415
    from statelint.problem import ProblemType  # noqa: PLC0415

    of_types = {kind for kind in ProblemType if kind is not ProblemType.UNKNOWN}
    try:
        said: list[str] = Linter.validate(machine, Config(ignored_problem_types=of_types))
    except (TypeError, AttributeError):  # such as a list for a state's name, which LocalStack's grammar then refuses
        return []
    return said


def _places(value: Any, name: str = "State Machine", location: str = "") -> Iterator[tuple[str, str]]:
    """Give each place in a definition as statelint names it, and as a JSON pointer."""
    yield name, location or "/"
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _places(each, f"{name}.{key}", f"{location}/{key}")
        states = value.get("States")  # which statelint leaves out of the names of states that nothing leads to
        yield from (
            (f"{name}.{key}", f"{location}/States/{key}") for key in (states if isinstance(states, dict) else ())
        )
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _places(each, f"{name}[{number}]", f"{location}/{number}")


def _repeated(states: list[State]) -> Iterator[Problem]:
    counted = Counter(state.name for state in states)
    for state in states:
        if counted[state.name] > 1:
            yield Problem(DUPLICATE, f"There are {counted[state.name]} states named '{state.name}'", state.location)


def _of_state(state: State) -> Iterator[Problem]:
    if state.depth == DEEPEST + 1:
        text = f"Parallel and Map states are nested too deep: at most {DEEPEST} within each other"
        yield Problem(SCHEMA, text, state.location)
    if len(state.name) > LONGEST_NAME:
        yield Problem(SCHEMA, f"A state's name has at most {LONGEST_NAME} characters", state.location)
    if state.fields.get("Type") == "Task" and "Resource" not in state.fields:
        yield Problem(SCHEMA, "The field 'Resource' is required but was missing", state.location)
    yield from _wildcards(state)
    yield from _expressions(state) if state.language == "JSONata" else _paths(state)


def _wildcards(state: State) -> Iterator[Problem]:
    """statelint looks at those of Catch only."""
    given = state.fields.get("Retry")
    retriers = given if isinstance(given, list) else []
    for number, retrier in enumerate(retriers):
        errors = retrier.get("ErrorEquals") if isinstance(retrier, dict) else None
        is_last_and_alone = number == len(retriers) - 1 and errors == ["States.ALL"]
        if isinstance(errors, list) and "States.ALL" in errors and not is_last_and_alone:
            text = "States.ALL can only appear in the last element, and by itself"
            yield Problem(SCHEMA, text, f"{state.location}/Retry/{number}")


def _expressions(state: State) -> Iterator[Problem]:
    from jsonata import Jsonata  # noqa: PLC0415  # which the launcher's environment has not
    from jsonata.jexception import JException  # noqa: PLC0415

    apart = ("Comment", "Branches", *dict(_machines_in(state.fields)))
    own = {name: value for name, value in state.fields.items() if name not in apart}
    for location, text in _texts(own, state.location):
        if text.startswith("{%") and text.endswith("%}"):
            try:
                Jsonata(text[2:-2].strip(), engine(0))  # which matches nothing yet
            except (JException, RecursionError) as error:
                yield Problem(SCHEMA, f"The JSONata expression '{text}' cannot be read: {error}", location)


def _texts(value: Any, location: str) -> Iterator[tuple[str, str]]:
    """Give each text in a value, and where it is."""
    if isinstance(value, str):
        yield location, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in members:
        yield from _texts(each, f"{location}/{name}")


def _paths(state: State) -> Iterator[Problem]:
    named = ((f"{state.location}/{name}", value) for name, value in state.fields.items() if name.endswith("Path"))
    variables = (
        found for found in _texts(state.fields.get("Choices"), f"{state.location}/Choices") if _is_path(found[0])
    )
    for location, text in (*named, *variables):
        if isinstance(text, str) and not _is_readable(text):
            yield Problem(SCHEMA, f"'{text}' is no JSONPath", location)
    for payload in PAYLOADS:
        yield from _of_payload(state.fields.get(payload), f"{state.location}/{payload}")


def _is_path(location: str) -> bool:
    return location.endswith(("Path", "/Variable"))


def _of_payload(value: Any, location: str) -> Iterator[Problem]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in members:
        if not str(name).endswith(".$"):
            yield from _of_payload(each, f"{location}/{name}")
        elif not isinstance(each, str) or not _is_readable(each):
            text = f"The value for the field '{name}' must be a valid JSONPath or a valid intrinsic function call"
            yield Problem(SCHEMA, text, location)


def _is_readable(value: str) -> bool:
    """Whether it is a call, or a path into the input (`$`), the context (`$$`) or a variable (`$name`)."""
    from localstack.services.stepfunctions.asl.parse.intrinsic.intrinsic_parser import (  # noqa: PLC0415  # takes seconds
        IntrinsicParser,
    )
    from localstack.services.stepfunctions.asl.utils import json_path  # noqa: PLC0415

    if FILTER in value or SIMPLE_PATH.fullmatch(value):
        return True
    try:
        if value.startswith("States."):
            IntrinsicParser.parse(json.dumps(value)[1:-1])
        else:
            json_path.parse(re.sub(r"^\$(\$|\w+)?", "$", value))
    except Exception:  # whatever the grammars raise
        return False
    return value.startswith(("$", "States."))
