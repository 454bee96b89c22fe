"""ARNs and URLs follow from account, region and endpoint."""

import pytest

from deployer.place import Place
from deployer.problem import Problem
from tests.unit.deployer.samples import PLACE


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        (PLACE.function_arn("f"), "arn:aws:lambda:eu-west-1:123456789012:function:f"),
        (PLACE.role_arn("r"), "arn:aws:iam::123456789012:role/r"),
        (PLACE.table_arn("t"), "arn:aws:dynamodb:eu-west-1:123456789012:table/t"),
        (PLACE.state_machine_arn("s"), "arn:aws:states:eu-west-1:123456789012:stateMachine:s"),
        (PLACE.log_group_arn("/a/b"), "arn:aws:logs:eu-west-1:123456789012:log-group:/a/b"),
        (PLACE.rule_arn("bus", "rule"), "arn:aws:events:eu-west-1:123456789012:rule/bus/rule"),
        (PLACE.rule_arn("default", "rule"), "arn:aws:events:eu-west-1:123456789012:rule/rule"),
        (PLACE.queue_arn("q"), "arn:aws:sqs:eu-west-1:123456789012:q"),
    ],
)
def test_arns_have_the_form_that_each_service_gives_them(arn: str, expected: str) -> None:
    assert arn == expected


@pytest.mark.parametrize(
    ("place", "url"),
    [
        (PLACE, "https://a1.execute-api.eu-west-1.amazonaws.com/api"),
        (Place("1", "cn-north-1", "aws-cn"), "https://a1.execute-api.cn-north-1.amazonaws.com.cn/api"),
        (
            Place("1", "us-east-1", endpoint="http://127.0.0.1:4566"),
            "http://127.0.0.1:4566/_aws/execute-api/a1/api",
        ),
    ],
)
def test_the_apis_url_is_the_true_one_wherever_it_is(place: Place, url: str) -> None:
    assert place.api_url("a1", "api") == url


@pytest.mark.parametrize(
    ("pattern", "name"), [("bar-{account}-{region}", "bar-123456789012-eu-west-1"), ("bar", "bar")]
)
def test_a_name_is_made_the_accounts_own(pattern: str, name: str) -> None:
    assert PLACE.own_name(pattern) == name


@pytest.mark.parametrize("pattern", ["bar-{acount}", "bar-{}", "bar-{account"])
def test_a_pattern_that_cannot_be_filled_is_told(pattern: str) -> None:
    with pytest.raises(Problem, match=r"has a placeholder that is not \{account\} or \{region\}"):
        PLACE.own_name(pattern)


def test_a_pool_calls_itself_by_where_its_keys_are() -> None:
    arn = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_one"
    assert Place("1", "eu-west-1").issuer(arn) == "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_one"
    assert Place("1", "cn-north-1", "aws-cn").issuer(arn).startswith("https://cognito-idp.cn-north-1.amazonaws.com.cn/")
    assert (
        Place("1", "eu-west-1", endpoint="http://127.0.0.1:4566").issuer(arn) == "http://127.0.0.1:4566/eu-west-1_one"
    )
