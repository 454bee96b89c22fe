"""Definitions that an execution would die in are refused with the place; valid ones are taken, whatever they use."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from .conftest import StateMachines, one_state

PASS = {"Type": "Pass", "End": True}
TASK = {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {}, "End": True}
PRESENT = {"Variable": "$.a", "IsPresent": True}


def of(states: dict[str, Any], start: str = "A", **fields: Any) -> dict[str, Any]:
    return {"StartAt": start, "States": states, **fields}


def choosing(*rules: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return of({"A": {"Type": "Choice", "Choices": list(rules), **fields}, "B": PASS})


def catching(*catchers: dict[str, Any]) -> dict[str, Any]:
    return of({"A": {**TASK, "Catch": list(catchers)}, "B": PASS})


def retrying(*retriers: dict[str, Any]) -> dict[str, Any]:
    return of({"A": {**TASK, "Retry": list(retriers)}})


def in_branch(*branches: Any) -> dict[str, Any]:
    return of({"A": {"Type": "Parallel", "Branches": list(branches), "End": True}})


def nested(depth: int) -> dict[str, Any]:
    """Return parallel states within each other."""
    definition = of({"A": PASS})
    for level in range(depth):
        definition = of({f"A{level}": {"Type": "Parallel", "Branches": [definition], "End": True}}, f"A{level}")
    return definition


FAULTS: list[tuple[str, Any, str]] = [
    ("no JSON", "{", "INVALID_JSON_DESCRIPTION"),
    ("more than JSON", json.dumps(of({"A": PASS})) + " x", "INVALID_JSON_DESCRIPTION"),
    ("a comment", '{"StartAt": "A", /* so */ "States": {}}', "INVALID_JSON_DESCRIPTION"),
    ("a number that JSON lacks", '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": NaN}}}', "INVALID_JSON"),
    ("JSON too deep", '{"StartAt": "A", "States": ' + "[" * 100_000 + "]" * 100_000 + "}", "INVALID_JSON_DESCRIPTION"),
    ("depth", '{"StartAt": "A", "States": ' + '{"a":' * 9_000 + "1" + "}" * 9_001, "at /"),
    (
        "branches too deep",
        nested(60),
        "nested too deep: at most 40 within each other at /States/A59/Branches/0/States/A58",
    ),
    ("a list", [1], "at /"),
    ("an empty object", {}, 'does not have required field "States" at /'),
    ("no start", {"States": {"A": PASS}}, 'does not have required field "StartAt" at /'),
    ("another start", of({"A": PASS}, "Z"), "MISSING_TRANSITION_TARGET: Missing 'Next' target: Z at /StartAt"),
    ("no states", of({}), "Missing 'Next' target: A at /StartAt"),
    ("no next", of({"A": {"Type": "Pass"}}), 'required field "Next" at /States/A'),
    (
        "next to nowhere",
        of({"A": {"Type": "Pass", "Next": "Z"}}),
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Z at /States/A/Next",
    ),
    ("next and end", of({"A": {**PASS, "Next": "B"}, "B": PASS}), 'forbidden field "Next" at /States/A'),
    ("unknown type", of({"A": {"Type": "Sleep", "End": True}}), 'is "Sleep", not one of'),
    ("no type", of({"A": {"End": True}}), 'required field "Type" at /States/A'),
    ("a name too long", of({"A" * 81: PASS}, "A" * 81), "at most 80 characters"),
    (
        "a task of nothing",
        of({"A": {"Type": "Task", "End": True}}),
        "'Resource' is required but was missing at /States/A",
    ),
    ("a wait for nothing", of({"A": {"Type": "Wait", "End": True}}), "required field from"),
    ("a wait for two", of({"A": {"Type": "Wait", "Seconds": 1, "SecondsPath": "$.s", "End": True}}), "only one of"),
    ("no choices", choosing(Default="B"), "is empty, non-empty required at /States/A/Choices"),
    ("choices missing", of({"A": {"Type": "Choice", "Default": "B"}, "B": PASS}), 'required field "Choices"'),
    ("a default nowhere", choosing({**PRESENT, "Next": "B"}, Default="Z"), "at /States/A/Default"),
    ("a choice nowhere", choosing({**PRESENT, "Next": "Z"}, Default="B"), "at /States/A/Choices/0/Next"),
    ("a choice without next", choosing(PRESENT, Default="B"), 'required field "Next" at /States/A/Choices/0'),
    ("an inner rule's next", choosing({"Not": {**PRESENT, "Next": "B"}, "Next": "B"}), "at /States/A/Choices/0/Not"),
    ("two comparisons", choosing({**PRESENT, "IsNull": True, "Next": "B"}), "may have only one of"),
    ("a choice's end", choosing({**PRESENT, "Next": "B"}, End=True), 'forbidden field "End" at /States/A'),
    (
        "a catcher nowhere",
        of({"A": {**TASK, "Catch": [{"ErrorEquals": ["X"], "Next": "Z"}]}}),
        "Missing 'Next' target: Z at /States/A",
    ),
    ("a catcher without next", catching({"ErrorEquals": ["X"]}), 'required field "Next" at /States/A/Catch/0'),
    ("a catcher of nothing", catching({"ErrorEquals": [], "Next": "B"}), "at /States/A/Catch/0/ErrorEquals"),
    (
        "a catcher after the last",
        catching({"ErrorEquals": ["States.ALL"], "Next": "B"}, {"ErrorEquals": ["X"], "Next": "B"}),
        "at /States/A/Catch/0",
    ),
    (
        "a retrier after the last",
        retrying({"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["X"]}),
        "/States/A/Retry/0",
    ),
    ("a retrier of nothing", retrying({"MaxAttempts": 1}), 'required field "ErrorEquals" at /States/A/Retry/0'),
    ("less than no attempts", retrying({"ErrorEquals": ["X"], "MaxAttempts": -1}), "at /States/A/Retry/0/MaxAttempts"),
    ("shorter waits", retrying({"ErrorEquals": ["X"], "BackoffRate": 0.5}), "at /States/A/Retry/0/BackoffRate"),
    ("a pass that catches", of({"A": {**PASS, "Catch": [{"ErrorEquals": ["X"], "Next": "A"}]}}), '"Catch" not allowed'),
    ("an end that goes on", of({"A": {"Type": "Succeed", "Next": "B"}, "B": PASS}), 'forbidden field "Next"'),
    ("no branches", of({"A": {"Type": "Parallel", "End": True}}), 'required field "Branches"'),
    ("a branch without start", in_branch({"States": {"B": PASS}}), 'required field "StartAt" at /States/A/Branches/0'),
    ("a branch without end", in_branch(of({"B": {"Type": "Pass"}}, "B")), "at /States/A/Branches/0/States/B"),
    (
        "out of a branch",
        in_branch(of({"B": {"Type": "Pass", "Next": "A"}}, "B")),
        "Missing 'Next' target: A at /States/A/Branches/0/States/B/Next",
    ),
    ("a name twice", in_branch(of({"A": PASS})), "DUPLICATE_STATE_NAME"),
    ("a name in two branches", in_branch(of({"B": PASS}, "B"), of({"B": PASS}, "B")), "DUPLICATE_STATE_NAME"),
    ("a map of nothing", of({"A": {"Type": "Map", "End": True}}), "required field from"),
    ("no path", one_state(Parameters={"a.$": "hello"}), "must be a valid JSONPath"),
    ("half a path", one_state(Parameters={"a": [{"b.$": "$.a["}]}), "at /States/Only/Parameters/a/0"),
    ("a path that is a number", one_state(Parameters={"a.$": 5}), "must be a valid JSONPath"),
    ("half an input path", one_state(InputPath="$.a..['"), "at /States/Only/InputPath"),
    ("no time at all", of({"A": {**TASK, "TimeoutSeconds": 0}}), "at /States/A/TimeoutSeconds"),
    ("a language that is none", of({"A": PASS}, QueryLanguage="XPath"), "at /QueryLanguage"),
    ("JSONPath in JSONata", one_state(QueryLanguage="JSONata", InputPath="$"), '"InputPath" not allowed'),
    ("JSONata in JSONPath", one_state(Output="{% 1 %}"), '"Output" not allowed'),
    ("a number for a state", of({"A": {"Type": "Pass", "Next": 5}}), "at /States/A/Next"),
    ("a list for a state", of({"A": {"Type": "Pass", "Next": []}}), "mismatched input"),
    ("an unknown field", one_state(Foo=1), "mismatched input"),
]

VALID: list[tuple[str, Any]] = [
    ("branches deep enough", nested(40)),
    ("round and round", of({"A": {"Type": "Wait", "Seconds": 1, "Next": "A"}})),
    (
        "variables",
        of({"A": {**PASS, "Assign": {"a.$": "$.b"}, "Parameters": {"c.$": "$a.d[0]", "e.$": "$$.State.Name"}}}),
    ),
    ("a filter", one_state(OutputPath="$.[?(@.year < 1999)].name")),
    (
        "names in brackets",
        one_state(Parameters={"a.$": "$['a b']['c-d'][0]", "b.$": "$..x", "c.$": "$.a[*].b", "d.$": "$"}),
    ),
    ("no input, no output", one_state(InputPath=None, OutputPath=None, ResultPath=None)),
    ("what looks like a path", one_state(Result={"a.$": "hello", "FooPath": "$["})),
    (
        "a whole backoff",
        retrying({"ErrorEquals": ["X"], "BackoffRate": 2, "MaxDelaySeconds": 5, "JitterStrategy": "FULL"}),
    ),
    ("the longest time", of({"A": {**TASK, "TimeoutSeconds": 99999999}})),
    (
        "a legacy map",
        of({"A": {"Type": "Map", "Iterator": of({"B": PASS}, "B"), "Parameters": {"b.$": "$"}, "End": True}}),
    ),
    (
        "a distributed map",
        of(
            {
                "A": {
                    "Type": "Map",
                    "Label": "all",
                    "MaxConcurrency": 0,
                    "ToleratedFailurePercentage": 0.5,
                    "ItemReader": {
                        "Resource": "arn:aws:states:::s3:getObject",
                        "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW", "MaxItems": 5},
                        "Parameters": {"Bucket": "b", "Key.$": "$.key"},
                    },
                    "ItemProcessor": of(
                        {"B": PASS}, "B", ProcessorConfig={"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}
                    ),
                    "End": True,
                }
            }
        ),
    ),
    (
        "JSONata",
        of(
            {
                "A": {
                    "Type": "Task",
                    "Resource": "arn:aws:states:::lambda:invoke",
                    "Comment": "{% $not( an expression %}",
                    "Arguments": {"FunctionName": "f", "Payload": "{% $states.input %}"},
                    "TimeoutSeconds": "{% $states.input.limit %}",
                    "HeartbeatSeconds": "{% 5 %}",
                    "Output": "{% $states.result.Payload %}",
                    "Assign": {"a": "{% $states.result %}", "b": {"c": ["{% 1 %}"]}},
                    "Retry": [{"ErrorEquals": ["States.ALL"]}],
                    "Catch": [{"ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput %}", "Next": "B"}],
                    "Next": "B",
                },
                "B": {"Type": "Wait", "Seconds": "{% 1 %}", "Next": "C"},
                "C": {
                    "Type": "Choice",
                    "Choices": [{"Condition": "{% $a.x = 1 %}", "Next": "D"}, {"Condition": True, "Next": "E"}],
                    "Default": "F",
                    "Assign": {"d": 1},
                },
                "D": {"Type": "Wait", "Timestamp": "{% $states.input.at %}", "Next": "F"},
                "E": {
                    "Type": "Map",
                    "Items": ["{% 1 %}", 2],
                    "MaxConcurrency": "{% 1 %}",
                    "ItemSelector": {"a": "{% $states.context.Map.Item.Value %}"},
                    "ItemProcessor": of({"G": {"Type": "Pass", "Output": {"a": "{% $a %}"}, "End": True}}, "G"),
                    "Next": "F",
                },
                "F": {"Type": "Fail", "Error": "{% 'a' %}", "Cause": "{% 'b' %}"},
            },
            QueryLanguage="JSONata",
        ),
    ),
]


def text_of(definition: Any) -> str:
    return definition if isinstance(definition, str) else json.dumps(definition)


@pytest.mark.parametrize(("definition", "fault"), [pytest.param(*case, id=name) for name, *case in FAULTS])
def test_a_faulty_definition_is_refused_with_the_place(machines: StateMachines, definition: Any, fault: str) -> None:
    with pytest.raises(ClientError) as refused:
        machines.create(text_of(definition))
    assert refused.value.response["Error"]["Code"] == "InvalidDefinition"
    assert fault in refused.value.response["Error"]["Message"]


@pytest.mark.parametrize("definition", [pytest.param(definition, id=name) for name, definition in VALID])
def test_a_valid_definition_is_taken(machines: StateMachines, definition: Any) -> None:
    machines.create(definition)
    checked = machines.states.validate_state_machine_definition(definition=text_of(definition))
    assert (checked["result"], checked["diagnostics"]) == ("OK", [])


def test_an_update_is_refused_and_changes_nothing(machines: StateMachines) -> None:
    machine = machines.create(one_state(Result="good"))
    faulty = json.dumps(of({"A": {"Type": "Pass"}}))
    with pytest.raises(machines.states.exceptions.InvalidDefinition, match="at /States/A"):
        machines.states.update_state_machine(stateMachineArn=machine, definition=faulty)
    definition = machines.states.describe_state_machine(stateMachineArn=machine)["definition"]
    assert json.loads(definition) == one_state(Result="good")


def test_all_faults_are_told_by_place(machines: StateMachines) -> None:
    choice = {"Type": "Choice", "Choices": [{**PRESENT, "Next": "B"}], "Default": "Z"}
    faulty = json.dumps(of({"A": choice, "B": {"Type": "Pass"}, "C": PASS}))
    checked = machines.states.validate_state_machine_definition(definition=faulty)
    told = {(each["severity"], each["code"], each["location"]) for each in checked["diagnostics"]}
    assert checked["result"] == "FAIL"
    assert told == {
        ("ERROR", "MISSING_TRANSITION_TARGET", "/States/A/Default"),
        ("ERROR", "SCHEMA_VALIDATION_FAILED", "/States/B"),
        ("WARNING", "MISSING_TRANSITION_TARGET", "/States/C"),
    }
    few = machines.states.validate_state_machine_definition(definition=faulty, maxResults=1)
    assert (len(few["diagnostics"]), few["truncated"]) == (1, True)


def test_a_state_that_nothing_leads_to_is_told_and_taken(machines: StateMachines) -> None:
    unfinished = of({"A": PASS, "B": PASS})
    machines.create(unfinished)
    checked = machines.states.validate_state_machine_definition(definition=json.dumps(unfinished))
    (told,) = checked["diagnostics"]
    assert (checked["result"], told["severity"], told["location"]) == ("OK", "WARNING", "/States/B")
    assert told["message"] == 'State "B" is not reachable.'


def test_a_state_that_nothing_leads_to_within_a_map_is_told_with_its_place(machines: StateMachines) -> None:
    unfinished = of({"A": {"Type": "Map", "ItemProcessor": of({"B": PASS, "C": PASS}, "B"), "End": True}})
    checked = machines.states.validate_state_machine_definition(definition=json.dumps(unfinished))
    (told,) = checked["diagnostics"]
    assert (told["severity"], told["location"]) == ("WARNING", "/States/A/ItemProcessor/States/C")
