"""The user pool: the only one of its name, and changed without losing what was not to change."""

from typing import Any

import pytest

from deployer.aws import Aws
from deployer.planner import Verb, plan
from deployer.problem import Problem
from deployer.resources.resource import Found
from deployer.resources.user_pool import UserPool, UserPoolAdapter, change_user_pool, find_user_pool
from deployer.resources.user_pool_triggers import UserPoolTriggers, UserPoolTriggersAdapter
from tests.unit.deployer.samples import offline_aws, quiet, script

ID = "eu-west-1_one"
WHATEVER_THE_CAPITALS = {"CaseSensitive": False}
POOL = UserPool("bar", {"UsernameAttributes": ["email", "phone_number"], "DeletionProtection": "ACTIVE"})


@pytest.fixture
def aws() -> Aws:
    return offline_aws()


def pools(*named: tuple[str, str]) -> dict[str, Any]:
    return {"UserPools": [{"Name": name, "Id": pool_id} for name, pool_id in named]}


def test_the_pool_is_found_among_others(aws: Aws) -> None:
    with script(aws.cognito) as cognito:
        cognito.add_response("list_user_pools", pools(("other", "x_y"), ("bar", ID), ("bar2", "x_z")))
        assert find_user_pool(aws, "bar") == ID


def test_the_pool_is_found_on_a_later_page(aws: Aws) -> None:
    with script(aws.cognito) as cognito:
        cognito.add_response("list_user_pools", {**pools(("other", "x_y")), "NextToken": "more"})
        cognito.add_response("list_user_pools", pools(("bar", ID)))
        assert find_user_pool(aws, "bar") == ID


def test_there_may_be_none(aws: Aws) -> None:
    with script(aws.cognito) as cognito:
        cognito.add_response("list_user_pools", pools(("other", "x_y")))
        assert find_user_pool(aws, "bar") is None


def test_two_of_the_name_are_told_by_their_ids(aws: Aws) -> None:
    with script(aws.cognito) as cognito:
        cognito.add_response("list_user_pools", pools(("bar", ID), ("bar", "eu-west-1_two")))
        with pytest.raises(Problem, match=f"2 user pools named bar: {ID}, eu-west-1_two"):
            find_user_pool(aws, "bar")


def test_settings_are_compared_whatever_their_order(aws: Aws) -> None:
    with script(aws.cognito) as cognito:
        cognito.add_response("list_user_pools", pools(("bar", ID)))
        described = {"Id": ID, "UsernameAttributes": ["phone_number", "email"], "DeletionProtection": "ACTIVE"}
        cognito.add_response("describe_user_pool", {"UserPool": described})
        assert UserPoolAdapter(aws, quiet).read(POOL) == POOL.state()


@pytest.mark.parametrize(
    ("described", "remarked"),
    [
        ({}, True),
        ({"UsernameConfiguration": {"CaseSensitive": True}}, True),
        ({"UsernameConfiguration": WHATEVER_THE_CAPITALS}, False),
    ],
)
def test_a_pool_that_tells_capitals_apart_goes_on_and_is_remarked_on(
    aws: Aws, described: dict[str, Any], remarked: bool
) -> None:
    wanted = UserPool("bar", {"UsernameConfiguration": WHATEVER_THE_CAPITALS})
    with script(aws.cognito) as cognito:
        cognito.add_response("list_user_pools", pools(("bar", ID)))
        cognito.add_response("describe_user_pool", {"UserPool": {"Id": ID, **described}})
        (step,) = plan([Found(wanted, UserPoolAdapter(aws, quiet).read(wanted))])
    assert step.verb is Verb.LEAVE
    assert ("make local FRESH=1" in step.reason) is remarked


def test_what_people_sign_in_with_is_never_changed() -> None:
    assert POOL.obstacle("UsernameAttributes", ["email"])


def test_a_change_keeps_all_that_update_user_pool_would_reset(aws: Aws) -> None:
    described = {
        "Id": ID,
        "Name": "bar",
        "Arn": "arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_one",
        "EstimatedNumberOfUsers": 7,
        "MfaConfiguration": "OPTIONAL",
        "LambdaConfig": {"PreSignUp": "arn:aws:lambda:eu-west-1:1:function:f"},
        "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False, "UnusedAccountValidityDays": 7},
    }
    kept = {
        "MfaConfiguration": "OPTIONAL",
        "LambdaConfig": {"PreSignUp": "arn:aws:lambda:eu-west-1:1:function:f"},
        "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False},
    }
    with script(aws.cognito) as cognito:
        cognito.add_response("list_user_pools", pools(("bar", ID)))
        cognito.add_response("describe_user_pool", {"UserPool": described})
        cognito.add_response("update_user_pool", {}, {"UserPoolId": ID, **kept, "DeletionProtection": "INACTIVE"})
        change_user_pool(aws, "bar", {"DeletionProtection": "INACTIVE"})


def test_the_triggers_are_changed_without_touching_other_settings(aws: Aws) -> None:
    arn = "arn:aws:lambda:eu-west-1:1:function:f"
    with script(aws.cognito) as cognito:
        cognito.add_response("list_user_pools", pools(("bar", ID)))
        cognito.add_response("describe_user_pool", {"UserPool": {"Id": ID, "DeletionProtection": "ACTIVE"}})
        expected = {"UserPoolId": ID, "DeletionProtection": "ACTIVE", "LambdaConfig": {"PreSignUp": arn}}
        cognito.add_response("update_user_pool", {}, expected)
        UserPoolTriggersAdapter(aws, quiet).create(UserPoolTriggers("bar", {"PreSignUp": arn}))


def test_protection_against_accidents_comes_off_before_the_pool_is_deleted(aws: Aws) -> None:
    with script(aws.cognito) as cognito:
        cognito.add_response("list_user_pools", pools(("bar", ID)))
        cognito.add_response("list_user_pools", pools(("bar", ID)))
        cognito.add_response("describe_user_pool", {"UserPool": {"Id": ID, "DeletionProtection": "ACTIVE"}})
        cognito.add_response("update_user_pool", {}, {"UserPoolId": ID, "DeletionProtection": "INACTIVE"})
        cognito.add_response("delete_user_pool", {}, {"UserPoolId": ID})
        UserPoolAdapter(aws, quiet).delete(POOL)
        cognito.assert_no_pending_responses()


def test_deleting_what_is_gone_is_a_success(aws: Aws) -> None:
    with script(aws.cognito) as cognito:
        cognito.add_response("list_user_pools", pools())
        UserPoolAdapter(aws, quiet).delete(POOL)
