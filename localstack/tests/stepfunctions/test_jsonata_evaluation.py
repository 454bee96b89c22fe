"""JSONata, as AWS documents it.

Most examples are those of "Transforming data with JSONata in Step Functions", "Passing data between states with
variables" and of jsonata.org's own reference, with the results that they give there.
"""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from .conftest import StateMachines, jsonata, one_state, steps

GIVEN = {
    "name": "Anna",
    "quote": 'it\'s a "good day"\n\\',
    "nothing": None,
    "empty": [],
    "numbers": [1, 2, 3],
    "single": ["one"],
    "order": {"drinks": [{"name": "lamp", "price": 3.5}, {"name": "shade", "price": 4}], "size": None},
    "text": '{"price": 4, "sizes": [1, null]}',
    "step": 2,
}

EXPRESSIONS: list[tuple[str, Any]] = [
    ("$states.input.name", "Anna"),
    ("$states.input.quote", 'it\'s a "good day"\n\\'),
    ("$states.input.nothing", None),
    ("$states.input.empty", []),
    ("$states.input.single", ["one"]),
    ("$states.input.order", {"drinks": [{"name": "lamp", "price": 3.5}, {"name": "shade", "price": 4}], "size": None}),
    ("'Hello, ' & $states.input.name & '!'", "Hello, Anna!"),
    ("$states.input.order.drinks.name", ["lamp", "shade"]),
    ("$states.input.order.drinks[price > 3.7].name", "shade"),
    ("$sum($states.input.order.drinks.price)", 7.5),
    ("$states.input.numbers[$ > 1]", [2, 3]),
    ("$states.input.numbers[-1]", 3),
    ("$states.input.numbers.($ * 2)", [2, 4, 6]),
    ("$map($states.input.numbers, function($n) { $n * $n })", [1, 4, 9]),
    ("$reduce($states.input.numbers, function($a, $b) { $a + $b })", 6),
    ("$states.input.order.drinks^(>price).name", ["shade", "lamp"]),
    ("$states.input.order.drinks{name: price}", {"lamp": 3.5, "shade": 4}),
    ("$exists($states.input.absent)", False),
    ("$exists($states.input.nothing)", True),
    ("$exists($states.errorOutput)", False),
    ("$states.input.absent ? 'there' : 'not there'", "not there"),
    ("($sum := 2; $sum * 2)", 4),
    ("[1..3]", [1, 2, 3]),
    ("4 / 2", 2),
    ("0.1 + 0.2 > 0.3", True),
    ("$uppercase($substring($states.input.name, 0, 2))", "AN"),
    ("$merge([{'a': 1}, {'b': 2}])", {"a": 1, "b": 2}),
    ("$states.context.State.Name", "Only"),
    ("$replace('John Smith and John Jones', 'John', 'Mr')", "Mr Smith and Mr Jones"),
    ("$match('ababbabbcc', /a(b+)/).match", ["ab", "abb", "abb"]),
    ("$toMillis('2017-11-07T15:07:54.972Z')", 1510067274972),
    ("$base64encode('myuser:mypass')", "bXl1c2VyOm15cGFzcw=="),
    ("$formatNumber(12345.6, '#,###.00')", "12,345.60"),
    ("$partition([1,2,3,4,5], 2)", [[1, 2], [3, 4], [5]]),
    ("$partition($states.input.numbers, $states.input.step)", [[1, 2], [3]]),
    ("$range(1, 9, 2)", [1, 3, 5, 7, 9]),
    ("$range(0, 10, 4)", [0, 4, 8]),
    ("$range(3, 1, -1)", [3, 2, 1]),
    ("$hash('input data', 'SHA-1')", "aaff4a450a104cd177d28d18d74485e8cae074b7"),
    ("$hash('', 'MD5')", "d41d8cd98f00b204e9800998ecf8427e"),
    ("$length($hash('a', 'SHA-512'))", 128),
    ("$parse($states.input.text)", {"price": 4, "sizes": [1, None]}),
    ("$parse('null')", None),
    ("$random(7) = $random(7)", True),
    ("$random() >= 0 and $random() < 1", True),
    ("$match($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/).index", 0),
]

REFUSED = [
    ("$states.input.absent", "returned nothing (undefined)"),
    ("$nobody", "returned nothing (undefined)"),
    ("$states.errorOutput", "returned nothing (undefined)"),
    ("'a' + 1", "threw an error during evaluation. T2001: The left side of the + operator must evaluate to a number"),
    ("$nobody()", "threw an error during evaluation. T1006: Attempted to invoke a non-function"),
    ("$eval('1')", "threw an error during evaluation. T1006"),
    ("$error('no milk')", "threw an error during evaluation. D3137: no milk"),
    ("1 / 0", "threw an error during evaluation"),
    ("function($x) { $x }", "returned an unsupported result type"),
    ("$sum", "returned an unsupported result type"),
    ("$parse('{')", "threw an error during evaluation"),
    ("$partition([1], 0)", "threw an error during evaluation. $partition takes"),
    ("$range(1, 2, 0)", "threw an error during evaluation. $range takes"),
    ("$range(1, 5000, 1)", "threw an error during evaluation. $range makes at most 1000 numbers"),
    ("$hash('a', 'SHA-3')", "threw an error during evaluation. $hash takes"),
    ("($f := function($n) { 1 + $f($n) }; $f(1))", "threw an error during evaluation"),
]


def test_expressions_have_the_values_that_are_documented(machines: StateMachines) -> None:
    output = {expression: f"{{% {expression} %}}" for expression, _ in EXPRESSIONS}
    ended = machines.run(one_state(QueryLanguage="JSONata", Output=output), GIVEN)
    assert ended.error is None, ended.cause
    assert ended.output == dict(EXPRESSIONS)
    assert [type(ended.output[expression]) for expression, _ in EXPRESSIONS] == [
        type(value) for _, value in EXPRESSIONS
    ]


@pytest.mark.parametrize(("expression", "why"), REFUSED)
def test_an_expression_without_a_value_fails_the_execution(machines: StateMachines, expression: str, why: str) -> None:
    ended = machines.run(one_state(QueryLanguage="JSONata", Output={"a": f"{{% {expression} %}}"}), GIVEN)
    assert (ended.status, ended.error) == ("FAILED", "States.QueryEvaluationError")
    assert f"The JSONata expression '{expression}' specified for the field 'Output/a' {why}" in (ended.cause or "")
    assert [event["type"] for event in ended.history].count("EvaluationFailed") == 1


def test_literals_stay_as_they_are_and_expressions_need_no_spaces(machines: StateMachines) -> None:
    output = {"list": [1, "{%$states.input.name%}", {"deep": "{% null %}"}], "text": "50 % {% 1 %}", "path.$": "$.name"}
    ended = machines.run(one_state(QueryLanguage="JSONata", Output=output), GIVEN)
    assert ended.output == {"list": [1, "Anna", {"deep": None}], "text": "50 % {% 1 %}", "path.$": "$.name"}


def test_a_state_can_speak_jsonata_in_a_machine_that_speaks_jsonpath(machines: StateMachines) -> None:
    both = {
        "StartAt": "Path",
        "States": {
            "Path": {
                "Type": "Pass",
                "Parameters": {"who.$": "$.name", "step.$": "$.step"},
                "Assign": {"step.$": "$.step"},
                "Next": "Query",
            },
            "Query": {
                "Type": "Pass",
                "QueryLanguage": "JSONata",
                "Output": {"hello": "{% 'Hello ' & $states.input.who %}", "step": "{% $step + 1 %}"},
                "End": True,
            },
        },
    }
    assert machines.run(both, GIVEN).output == {"hello": "Hello Anna", "step": 3}


def test_a_choice_takes_the_first_condition_that_holds_with_its_output_and_variables(machines: StateMachines) -> None:
    choice = {
        "Type": "Choice",
        "Choices": [
            {"Condition": "{% $states.input.step = 3 %}", "Next": "End", "Output": "three"},
            {"Condition": "{% $states.input.step = 2 %}", "Next": "End", "Output": "two", "Assign": {"step": "second"}},
        ],
        "Default": "End",
        "Output": "none",
    }
    end = {"Type": "Pass", "Output": {"in": "{% $states.input %}", "step": "{% $exists($step) ? $step : 'unset' %}"}}
    definition = jsonata(("Choose", choice), ("End", end))
    assert machines.run(definition, {"step": 2}).output == {"in": "two", "step": "second"}
    assert machines.run(definition, {"step": 4}).output == {"in": "none", "step": "unset"}


def test_a_condition_that_is_neither_true_nor_false_fails(machines: StateMachines) -> None:
    choice = {"Type": "Choice", "Choices": [{"Condition": "{% 'yes' %}", "Next": "End"}], "Default": "End"}
    ended = machines.run(jsonata(("Choose", choice), ("End", {"Type": "Pass"})))
    assert (ended.status, ended.error) == ("FAILED", "States.QueryEvaluationError")
    assert "Expected 'boolean', but was 'string'" in (ended.cause or "")


def test_a_map_runs_over_items_and_sees_but_does_not_change_the_variables_around_it(machines: StateMachines) -> None:
    each = {
        "Type": "Map",
        "Items": "{% $states.input.numbers %}",
        "ItemSelector": {"n": "{% $states.context.Map.Item.Value %}", "at": "{% $states.context.Map.Item.Index %}"},
        "ItemProcessor": steps(
            ("Keep", {"Type": "Pass", "Assign": {"inner": "{% $states.input.n * $factor %}"}}),
            ("Tell", {"Type": "Pass", "Output": "{% $inner + $states.input.at %}"}),
        ),
        "Output": {"result": "{% $states.result %}", "inner": "{% $exists($inner) %}"},
    }
    ended = machines.run(jsonata(("Set", {"Type": "Pass", "Assign": {"factor": 10}}), ("Each", each)), GIVEN)
    assert ended.output == {"result": [10, 21, 32], "inner": False}, ended.cause


@pytest.mark.parametrize("items", [[], ["one"]])
def test_a_map_over_no_or_one_item_returns_a_list(machines: StateMachines, items: list[str]) -> None:
    each = {
        "Type": "Map",
        "Items": "{% $states.input.items %}",
        "ItemProcessor": steps(("Same", {"Type": "Pass"})),
    }
    assert machines.run(jsonata(("Each", each)), {"items": items}).output == items


def test_branches_have_variables_of_their_own(machines: StateMachines) -> None:
    branches = [
        steps(
            (f"Set {name}", {"Type": "Pass", "Assign": {"mine": name}}),
            (f"Get {name}", {"Type": "Pass", "Output": "{% $mine & $ours %}"}),
        )
        for name in ("a", "b")
    ]
    both = {
        "Type": "Parallel",
        "Branches": branches,
        "Assign": {"joined": "{% $join($states.result, '+') %}"},
        "Output": "{% $count($states.result) %}",
    }
    end = {
        "Type": "Pass",
        "Output": {"joined": "{% $joined %}", "count": "{% $states.input %}", "mine": "{% $exists($mine) %}"},
    }
    ended = machines.run(jsonata(("Ours", {"Type": "Pass", "Assign": {"ours": "!"}}), ("Both", both), ("End", end)))
    assert ended.output == {"joined": "a!+b!", "count": 2, "mine": False}, ended.cause


def test_a_fail_state_computes_its_error_and_cause(machines: StateMachines) -> None:
    fail = {
        "Type": "Fail",
        "Error": "{% 'No' & $states.input.name %}",
        "Cause": "{% 'because of ' & $states.input.name %}",
    }
    ended = machines.run(jsonata(("Fail", fail)), {"name": "Milk"})
    assert (ended.status, ended.error, ended.cause) == ("FAILED", "NoMilk", "because of Milk")


def test_waits_compute_how_long(machines: StateMachines) -> None:
    ended = machines.run(
        jsonata(
            ("Seconds", {"Type": "Wait", "Seconds": "{% $states.input.step - 2 %}"}),
            (
                "Until",
                {"Type": "Wait", "Timestamp": "{% $fromMillis($toMillis($now()) - 60000) %}", "Output": "waited"},
            ),
        ),
        GIVEN,
    )
    assert ended.output == "waited", ended.cause


def test_a_task_takes_arguments_and_tells_its_result_and_input(machines: StateMachines) -> None:
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:sts:getCallerIdentity",
        "Arguments": {},
        "TimeoutSeconds": "{% $states.input.step * 10 %}",
        "Assign": {"account": "{% $states.result.Account %}"},
        "Output": {"account": "{% $states.result.Account %}", "name": "{% $states.input.name %}"},
    }
    end = {"Type": "Pass", "Output": {"before": "{% $states.input %}", "kept": "{% $account %}"}}
    ended = machines.run(jsonata(("Who", task), ("End", end)), GIVEN)
    assert ended.output == {"before": {"account": "000000000000", "name": "Anna"}, "kept": "000000000000"}, ended.cause


def test_a_catcher_tells_the_error_and_keeps_it(machines: StateMachines) -> None:
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:sqs:getQueueUrl",
        "Arguments": {"QueueName": "{% 'there-is-none-' & $states.input.name %}"},
        "Catch": [
            {
                "ErrorEquals": ["States.ALL"],
                "Next": "End",
                "Assign": {"failed": "{% $states.errorOutput.Error %}"},
                "Output": {"error": "{% $states.errorOutput.Error %}", "of": "{% $states.input.name %}"},
            }
        ],
    }
    end = {"Type": "Pass", "Output": {"caught": "{% $states.input %}", "kept": "{% $failed %}"}}
    ended = machines.run(jsonata(("Ask", task), ("End", end)), GIVEN)
    assert ended.output["caught"]["of"] == "Anna", ended.cause
    assert ended.output["caught"]["error"] == ended.output["kept"]
    assert "QueueDoesNotExist" in ended.output["kept"]


def test_a_failing_expression_is_caught_by_its_name(machines: StateMachines) -> None:
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:sts:getCallerIdentity",
        "Arguments": {"a": "{% $states.input.absent %}"},
        "Catch": [{"ErrorEquals": ["States.QueryEvaluationError"], "Next": "End", "Output": "caught"}],
    }
    ended = machines.run(jsonata(("Ask", task), ("End", {"Type": "Pass"})))
    assert ended.output == "caught"
    (told,) = (event["evaluationFailedEventDetails"] for event in ended.history if event["type"] == "EvaluationFailed")
    assert (told["state"], told["location"]) == ("Ask", "Arguments/a")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"Type": "Wait", "Seconds": "{% 'a' %}"}, "Expected 'number', but was 'string' for value: \"a\""),
        ({"Type": "Wait", "Timestamp": "{% 5 %}"}, "Expected 'string', but was 'number' for value: 5"),
        ({"Type": "Map", "Items": "{% {'a': 1} %}"}, "Expected 'array', but was 'object' for value: {\"a\":1}"),
        ({"Type": "Fail", "Error": "{% null %}"}, "Expected 'string', but was 'null' for value: null"),
    ],
)
def test_a_value_of_another_type_than_the_field_has_fails(
    machines: StateMachines, fields: dict[str, Any], expected: str
) -> None:
    inner = {"ItemProcessor": steps(("Same", {"Type": "Pass"}))} if fields["Type"] == "Map" else {}
    ended = machines.run(jsonata(("Only", {**fields, **inner})))
    assert (ended.status, ended.error) == ("FAILED", "States.QueryEvaluationError")
    assert expected in (ended.cause or "")


def test_a_machine_runs_again_with_another_input(machines: StateMachines) -> None:
    machine = machines.create(one_state(QueryLanguage="JSONata", Output="{% $states.input.n * 2 %}"))
    for number in (1, 2, 3):
        started = machines.states.start_execution(stateMachineArn=machine, input=f'{{"n": {number}}}')
        assert machines.end_of(started["executionArn"]).output == number * 2


def test_the_history_holds_assigned_values_as_json(machines: StateMachines) -> None:
    ended = machines.run(
        one_state(QueryLanguage="JSONata", Assign={"text": "{% $states.input.quote %}", "n": 1}), GIVEN
    )
    exited = next(event["stateExitedEventDetails"] for event in ended.history if event["type"] == "PassStateExited")
    assert exited["assignedVariables"] == {"text": '"it\'s a \\"good day\\"\\n\\\\"', "n": "1"}


def test_an_expression_that_cannot_be_read_is_refused_with_its_place(machines: StateMachines) -> None:
    with pytest.raises(ClientError, match="at /States/Only/Output/a/0") as refused:
        machines.create(one_state(QueryLanguage="JSONata", Output={"a": ["{% $sum( %}"]}))
    assert refused.value.response["Error"]["Code"] == "InvalidDefinition"


def test_a_state_after_another_has_no_error_output(machines: StateMachines) -> None:
    second = {"Type": "Pass", "Output": "{% $exists($states.errorOutput) %}"}
    ended = machines.run(jsonata(("First", {"Type": "Pass"}), ("Second", second)))
    assert ended.output is False, ended.cause
