"""What administrators do with pools, their clients and users."""

from collections.abc import Callable
from typing import Any

import pytest
import tenacity


def test_a_pool_belongs_to_its_account_and_region(make_pool: Callable[..., Any], client_for: Any) -> None:
    pool = make_pool()
    for where in ({"region": "us-east-1"}, {"account_id": "111111111111"}):
        elsewhere = client_for("cognito-idp", **where)
        with pytest.raises(elsewhere.exceptions.ResourceNotFoundException):
            elsewhere.describe_user_pool(UserPoolId=pool.id)
        with pytest.raises(elsewhere.exceptions.ResourceNotFoundException):
            elsewhere.admin_create_user(UserPoolId=pool.id, Username="ana")
        assert pool.id not in [found["Id"] for found in elsewhere.list_user_pools(MaxResults=60)["UserPools"]]


def test_signing_in_works_from_any_region_because_browsers_name_none(
    make_pool: Callable[..., Any], client_for: Any
) -> None:
    pool = make_pool(client={"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]})
    elsewhere = client_for("cognito-idp", region="us-east-1")
    elsewhere.sign_up(ClientId=pool.client_id, Username="ana", Password="Secret-123")
    elsewhere.confirm_sign_up(ClientId=pool.client_id, Username="ana", ConfirmationCode="123456")
    answer = elsewhere.initiate_auth(
        ClientId=pool.client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ana", "PASSWORD": "Secret-123"},
    )
    assert "AccessToken" in answer["AuthenticationResult"]


def test_an_updated_pool_keeps_what_cannot_be_changed(make_pool: Callable[..., Any], cognito: Any) -> None:
    pool = make_pool(UsernameAttributes=["email"], UsernameConfiguration={"CaseSensitive": False})
    cognito.update_user_pool(UserPoolId=pool.id, AutoVerifiedAttributes=["email"])
    described = cognito.describe_user_pool(UserPoolId=pool.id)["UserPool"]
    assert described["UsernameAttributes"] == ["email"]
    assert described["UsernameConfiguration"] == {"CaseSensitive": False}
    assert described["AutoVerifiedAttributes"] == ["email"]


def test_an_updated_pool_has_its_new_triggers(
    make_pool: Callable[..., Any], cognito: Any, trigger_arn: str, script: Any
) -> None:
    pool = make_pool()
    cognito.update_user_pool(UserPoolId=pool.id, LambdaConfig={"PreSignUp": trigger_arn})
    assert pool.sign_up("ana", Password="Secret-123")["UserConfirmed"] is True
    cognito.update_user_pool(UserPoolId=pool.id)
    assert pool.sign_up("bob", Password="Secret-123")["UserConfirmed"] is False


def test_tags_are_kept_and_taken_away(make_pool: Callable[..., Any], cognito: Any) -> None:
    pool = make_pool(UserPoolTags={"app": "demo"})
    cognito.tag_resource(ResourceArn=pool.arn, Tags={"stage": "dev"})
    assert cognito.list_tags_for_resource(ResourceArn=pool.arn)["Tags"] == {"app": "demo", "stage": "dev"}
    cognito.untag_resource(ResourceArn=pool.arn, TagKeys=["app", "nothing"])
    assert cognito.list_tags_for_resource(ResourceArn=pool.arn)["Tags"] == {"stage": "dev"}
    cognito.update_user_pool(UserPoolId=pool.id)
    assert cognito.describe_user_pool(UserPoolId=pool.id)["UserPool"]["UserPoolTags"] == {"stage": "dev"}


def test_users_groups_and_passwords_are_moto_s_and_work(make_pool: Callable[..., Any], cognito: Any) -> None:
    pool = make_pool(UsernameAttributes=["email"])
    sub = cognito.admin_create_user(UserPoolId=pool.id, Username="ana@example.com")["User"]["Username"]
    cognito.create_group(UserPoolId=pool.id, GroupName="admin")
    cognito.admin_add_user_to_group(UserPoolId=pool.id, GroupName="admin", Username="ana@example.com")
    groups = cognito.admin_list_groups_for_user(UserPoolId=pool.id, Username=sub)["Groups"]
    assert [group["GroupName"] for group in groups] == ["admin"]
    [member] = cognito.list_users_in_group(UserPoolId=pool.id, GroupName="admin")["Users"]
    assert member["Username"] == sub
    [found] = cognito.list_users(UserPoolId=pool.id, Filter='email = "ana@example.com"')["Users"]
    assert found["Username"] == sub
    cognito.admin_set_user_password(UserPoolId=pool.id, Username=sub, Password="Secret-123", Permanent=True)
    assert cognito.admin_get_user(UserPoolId=pool.id, Username=sub)["UserStatus"] == "CONFIRMED"
    cognito.admin_delete_user(UserPoolId=pool.id, Username="ana@example.com")
    with pytest.raises(cognito.exceptions.UserNotFoundException):
        cognito.admin_get_user(UserPoolId=pool.id, Username=sub)


def test_a_client_s_session_lasts_three_to_fifteen_minutes(make_pool: Callable[..., Any], cognito: Any) -> None:
    pool = make_pool()
    assert pool.add_client(AuthSessionValidity=15)
    with pytest.raises(cognito.exceptions.InvalidParameterException, match="authSessionValidity"):
        pool.add_client(AuthSessionValidity=16)
    with pytest.raises(cognito.exceptions.InvalidParameterException, match="authSessionValidity"):
        cognito.update_user_pool_client(UserPoolId=pool.id, ClientId=pool.client_id, AuthSessionValidity=16)


def test_a_trigger_that_is_no_function_is_refused(make_pool: Callable[..., Any], cognito: Any) -> None:
    with pytest.raises(cognito.exceptions.InvalidParameterException, match="PreSignUp is not the ARN"):
        make_pool(LambdaConfig={"PreSignUp": "arn:aws:sqs:eu-central-1:000000000000:queue"})


def test_a_trigger_that_is_never_called_here_is_named_in_the_log(
    make_pool: Callable[..., Any], cognito: Any, cloud: Any
) -> None:
    pool = make_pool()
    cognito.update_user_pool(
        UserPoolId=pool.id,
        LambdaConfig={"PreTokenGeneration": "arn:aws:lambda:eu-central-1:000000000000:function:claims"},
    )

    @tenacity.retry(stop=tenacity.stop_after_delay(60), wait=tenacity.wait_fixed(0.1))
    def warned() -> None:
        assert f"{pool.id} that are not called locally: PreTokenGeneration" in cloud.log.read_text()

    warned()


def test_an_operation_that_nobody_serves_says_so(make_pool: Callable[..., Any], cognito: Any) -> None:
    with pytest.raises(cognito.exceptions.ClientError) as refused:
        cognito.describe_risk_configuration(UserPoolId=make_pool().id)
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
