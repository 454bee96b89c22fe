"""Mapping expressions find what a request has, and put up with what it has not."""

from collections.abc import Mapping

import pytest
from local_cloud.plugins.apigateway.authorizers.expressions import header_values, substituted, value_of

VALUES = {
    "method": {
        "request": {
            "header": {"Origin": "https://site.example"},
            "querystring": {"split": "a\r\nSet-Cookie: b", "accent": "é"},
            "path": None,
        }
    },
    "context": {
        "stage": "prod",
        "requestTimeEpoch": 1,
        "error": {"message": 'say "no"', "messageString": '"say \\"no\\""'},
        "identity": None,
    },
    "stageVariables": None,
}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("context.stage", "prod"),
        ("context.requestTimeEpoch", "1"),
        ("method.request.header.Origin", "https://site.example"),
        ("method.request.header.Absent", ""),
        ("method.request.path.id", ""),
        ("stageVariables.x", ""),
        ("context.identity.sourceIp", ""),
        ("context.stage.further.down", ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_an_expression_names_a_value_or_nothing(expression: str, value: str) -> None:
    assert value_of(expression, VALUES) == value


def test_a_template_has_its_variables_filled_in() -> None:
    template = '{"Message": $context.error.messageString, "stage": "$context.stage", "no": "$context.x.y"}'
    assert substituted(template, VALUES) == '{"Message": "say \\"no\\"", "stage": "prod", "no": ""}'


def test_a_template_may_use_what_was_requested() -> None:
    assert substituted("from $method.request.header.Origin.", VALUES) == "from https://site.example."


def test_a_template_without_variables_stays_as_it_is() -> None:
    assert substituted("$5.00 and $input", VALUES) == "$5.00 and $input"


@pytest.mark.parametrize(
    ("parameters", "headers"),
    [
        ({"gatewayresponse.header.A": "'*'"}, {"A": "*"}),
        ({"gatewayresponse.header.A": "'it''s'"}, {"A": "it''s"}),
        ({"gatewayresponse.header.A": "method.request.header.Origin"}, {"A": "https://site.example"}),
        ({"gatewayresponse.header.A": "context.stage"}, {"A": "prod"}),
        ({"gatewayresponse.header.A": "context.absent"}, {}),
        ({"gatewayresponse.header.A": "'"}, {}),
        ({"gatewayresponse.header.A": ""}, {}),
        ({"gatewayresponse.querystring.A": "'*'"}, {}),
        ({}, {}),
    ],
)
def test_headers_are_static_or_mapped(parameters: Mapping[str, str], headers: Mapping[str, str]) -> None:
    assert header_values(parameters, VALUES) == headers


@pytest.mark.parametrize("name", ["split", "accent"])
def test_a_value_that_would_break_out_of_its_header_is_left_out(name: str) -> None:
    assert header_values({"gatewayresponse.header.A": f"method.request.querystring.{name}"}, VALUES) == {}
