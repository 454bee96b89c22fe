"""Regular expressions in JSONata: what they find, and that none of them holds the cloud up."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from .conftest import StateMachines, one_state

ENDLESS = "/(a|aa)+$/"
MANY = f"'{'a' * 60}!'"

FOUND: list[tuple[str, Any]] = [
    ("$match('ababbabbcc', /a(b+)/, 2).groups", ["b", "bb"]),
    ("$match('one two', /TWO/i).index", 4),
    ("$match('one\ntwo', /^t/m).index", 4),
    ("$contains('abracadabra', /a.*a/)", True),
    ("$contains('abracadabra', /ar.*a/)", False),
    ("$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1')", "Smith, John"),
    ("$replace('John Smith', /(J)ohn/, '$12')", "J2 Smith"),
    ("$replace('John Smith', /John/, '<$1>')", "<> Smith"),
    ("$replace('aaa', /a/, 'b', 2)", "bba"),
    ("$replace('2 cups', /\\d/, function($found) { $string($number($found.match) * 2) })", "4 cups"),
    ("$split('this, that; and', /[,;]\\s*/)", ["this", "that", "and"]),
    ("$split('a1b2c', /\\d/, 2)", ["a", "b"]),
    ("($word := /a+/; $match('caat', $word).match)", "aa"),
]

ENDLESSLY = [
    f"$match({MANY}, {ENDLESS})",
    f"$contains({MANY}, {ENDLESS})",
    f"$replace({MANY}, {ENDLESS}, '')",
    f"$replace({MANY}, {ENDLESS}, function($found) {{ '' }})",
    f"$replace({MANY}, {ENDLESS}, '', 1)",
    f"$split({MANY}, {ENDLESS})",
]


def test_regular_expressions_find_what_they_describe(machines: StateMachines) -> None:
    output = [f"{{% {expression} %}}" for expression, _ in FOUND]
    ended = machines.run(one_state(QueryLanguage="JSONata", Output=output))
    assert ended.error is None, ended.cause
    assert ended.output == [value for _, value in FOUND]


def test_one_that_would_try_for_ever_fails_its_state_while_others_are_answered(machines: StateMachines) -> None:
    running = [
        machines.start(one_state(QueryLanguage="JSONata", Output=f"{{% {expression} %}}")) for expression in ENDLESSLY
    ]
    assert machines.run(one_state(Result="answered")).output == "answered"
    for execution in running:
        ended = machines.end_of(execution)
        assert (ended.status, ended.error) == ("FAILED", "States.QueryEvaluationError")
        assert "Evaluation timeout after 5000 milliseconds" in (ended.cause or "")


def test_nested_repetition_ends(machines: StateMachines) -> None:
    expression = f"$exists($match({MANY}, /^(a+)+$/))"
    ended = machines.run(one_state(QueryLanguage="JSONata", Output=f"{{% {expression} %}}"))
    assert ended.output is False


def test_one_that_cannot_be_read_is_refused_with_its_place(machines: StateMachines) -> None:
    with pytest.raises(
        ClientError, match=r"The regular expression /\(a\{2,1\}\)/ cannot be read.* at /States/Only/Output"
    ) as no:
        machines.create(one_state(QueryLanguage="JSONata", Output="{% $match('a', /(a{2,1})/) %}"))
    assert no.value.response["Error"]["Code"] == "InvalidDefinition"
