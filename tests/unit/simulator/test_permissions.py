"""What a call is to IAM: one action on one thing, or several where it is about several."""

import pytest

from simulator.probe.permissions import Done, actions

TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table"


@pytest.mark.parametrize(
    ("operation", "parameters", "action"),
    [
        ("BatchWriteItem", {"RequestItems": {"stamps": [], "cards": []}}, "BatchWriteItem"),
        ("BatchGetItem", {"RequestItems": {"stamps": {}, "cards": {}}}, "BatchGetItem"),
        (
            "TransactWriteItems",
            {"TransactItems": [{"Put": {"TableName": "stamps"}}, {"Put": {"TableName": "cards"}}]},
            "PutItem",
        ),
        (
            "TransactGetItems",
            {"TransactItems": [{"Get": {"TableName": "stamps"}}, {"Get": {"TableName": "cards"}}]},
            "GetItem",
        ),
    ],
)
def test_a_call_about_several_tables_is_an_action_on_each(
    operation: str, parameters: dict[str, object], action: str
) -> None:
    done = set(actions("dynamodb", operation, parameters))
    assert done == {Done(f"dynamodb:{action}", f"{TABLE}/{name}") for name in ("stamps", "cards")}
