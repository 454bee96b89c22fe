r"""Texts of intrinsic functions hold quotes, braces and backslashes: `\'`, `\{`, `\}`, `\\`."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from .conftest import StateMachines, one_state

GIVEN = {"name": "Anna", "n": 3, "yes": True, "braces": "{x}", "list": ["it's", "a{b}"], "template": "Hello, {}!"}

CALLS: list[tuple[str, Any]] = [
    (r"States.Format('\{\"cup\":\"{}\"\}', $.name)".replace(r"\"", '"'), '{"cup":"Anna"}'),
    (r"States.Format('a \{b\} c {}', $.name)", "a {b} c Anna"),
    (r"States.Format('\{\}{}', $.name)", "{}Anna"),
    (r"States.Format('it\'s {}', $.name)", "it's Anna"),
    (r"States.Format('C:\\{}\\', $.name)", "C:\\Anna\\"),
    (r"States.Format('{}/{}', $.n, $.yes)", "3/true"),
    (r"States.Format('<{}>', $.braces)", "<{x}>"),
    (r"States.Format('{0} { } {a}')", "{0} { } {a}"),
    (r"States.Format($.template, $.name)", "Hello, Anna!"),
    (r"States.Format('{} {}', $.name, States.Format('\{{}\}', 1))", "Anna {1}"),
    ("States.Format('über {}\n', 'ü')", "über ü\n"),
    (r"States.Array('it\'s', 'b\\c', '\{\}', 1.5)", ["it's", "b\\c", "{}", 1.5]),
    (r"States.StringSplit('a\'b,c', ',')", ["a'b", "c"]),
    ("States.StringSplit('a\nb', '\n')", ["a", "b"]),
    (r"States.ArrayContains($.list, 'it\'s')", True),
    (r"States.ArrayContains($.list, 'a\{b\}')", True),
    (r"States.StringToJson('\{\"a\": \"it\'s\"\}')".replace(r"\"", '"'), {"a": "it's"}),
    (r"States.Base64Encode('it\'s')", "aXQncw=="),
    (r"States.Base64Decode(States.Base64Encode('\\\{'))", "\\{"),
]


def test_escaped_characters_stand_for_themselves(machines: StateMachines) -> None:
    calls = {f"{place}.$": call for place, (call, _) in enumerate(CALLS)}
    ended = machines.run(one_state(Parameters=calls), GIVEN)
    assert ended.output == {str(place): value for place, (_, value) in enumerate(CALLS)}, ended.cause


@pytest.mark.parametrize("call", ["States.Format('{}')", "States.Format('a', 'b')", "States.Format($.template)"])
def test_places_and_arguments_are_as_many(machines: StateMachines, call: str) -> None:
    ended = machines.run(one_state(Parameters={"a.$": call}), GIVEN)
    assert (ended.status, ended.error) == ("FAILED", "States.Runtime")
    assert "do not match the occurrences of {}" in (ended.cause or "")


@pytest.mark.parametrize(
    "call",
    [
        r"States.Format('a \n')",
        r"States.Format('He said, \"Hello\"')",
        "States.Format('a",
        "States.Format('a') more",
        "States.Format('a'))",
        "States.Nothing($.a)",
        "States.Format('a'",
    ],
)
def test_a_call_that_cannot_be_read_is_refused(machines: StateMachines, call: str) -> None:
    with pytest.raises(
        ClientError, match=r"'a\.\$' must be a valid JSONPath or a valid intrinsic function call"
    ) as refused:
        machines.create(one_state(Parameters={"a.$": call}))
    assert refused.value.response["Error"]["Code"] == "InvalidDefinition"


def test_a_machine_with_escaped_characters_is_described_with_its_variables(machines: StateMachines) -> None:
    definition = {
        "StartAt": "Keep",
        "States": {
            "Keep": {"Type": "Pass", "Assign": {"who": "Anna"}, "Next": "Use"},
            "Use": {"Type": "Pass", "Parameters": {"a.$": r"States.Format('it\'s {}', $who)"}, "End": True},
        },
    }
    described = machines.states.describe_state_machine(stateMachineArn=machines.create(definition))
    assert described["variableReferences"] == {"Use": ["who"]}
    assert machines.run(definition).output == {"a": "it's Anna"}
