from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

ANA, PHONE = "ana@example.com", "+4915112345678"


def attributes(user: dict[str, Any]) -> dict[str, str]:
    return {item["Name"]: item["Value"] for item in user["UserAttributes"]}


@pytest.mark.parametrize(("username", "attribute"), [(ANA, "email"), (PHONE, "phone_number")])
def test_an_address_or_number_becomes_an_attribute_and_the_user_gets_a_name_of_their_own(
    code_pool: Any, cognito: Any, username: str, attribute: str
) -> None:
    answer = code_pool.sign_up(username, UserAttributes=[{"Name": "nickname", "Value": "annie"}])
    user = cognito.admin_get_user(UserPoolId=code_pool.id, Username=username)
    assert answer["UserConfirmed"] is True
    assert user["Username"] == answer["UserSub"] == str(UUID(answer["UserSub"]))
    assert attributes(user) == {
        "sub": answer["UserSub"],
        attribute: username,
        f"{attribute}_verified": "true",
        "nickname": "annie",
    }


def test_the_same_address_or_number_signs_up_once(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    code_pool.sign_up(PHONE)
    with pytest.raises(
        cognito.exceptions.UsernameExistsException, match="An account with the given email already exists"
    ):
        code_pool.sign_up(ANA)
    with pytest.raises(
        cognito.exceptions.UsernameExistsException, match="An account with the given phone_number already exists"
    ):
        code_pool.sign_up("bob@example.com", UserAttributes=[{"Name": "phone_number", "Value": PHONE}])


def test_a_name_that_is_neither_address_nor_number_is_refused(code_pool: Any, cognito: Any, script: Any) -> None:
    with pytest.raises(
        cognito.exceptions.InvalidParameterException,
        match=r"Username should be either an email or a phone number\.$",
    ):
        code_pool.sign_up("ana")
    assert script.events == []


def test_where_names_are_names_any_will_do_and_is_taken_once(make_pool: Callable[..., Any], cognito: Any) -> None:
    pool = make_pool()
    assert pool.sign_up("ana", Password="Secret-123")["UserConfirmed"] is False
    assert cognito.admin_get_user(UserPoolId=pool.id, Username="ana")["UserStatus"] == "UNCONFIRMED"
    with pytest.raises(cognito.exceptions.UsernameExistsException, match="User already exists"):
        pool.sign_up("ana", Password="Secret-123")


def test_a_password_must_be_good_if_there_is_one(code_pool: Any, cognito: Any) -> None:
    with pytest.raises(cognito.exceptions.InvalidPasswordException):
        code_pool.sign_up(ANA, Password="weak")
    assert code_pool.sign_up(ANA, Password="Secret-123")["UserConfirmed"] is True


def test_the_trigger_is_asked_before_the_user_is_there(code_pool: Any, cognito: Any, script: Any) -> None:
    users_then = []

    def reply(_: dict[str, Any]) -> dict[str, Any]:
        users_then.append(cognito.list_users(UserPoolId=code_pool.id)["Users"])
        return {"autoConfirmUser": False}

    script.replies["PreSignUp"] = reply
    answer = code_pool.sign_up(
        ANA, ValidationData=[{"Name": "captcha", "Value": "x"}], ClientMetadata={"page": "order"}
    )
    assert users_then == [[]]
    [event] = script.events
    assert event["triggerSource"] == "PreSignUp_SignUp"
    assert event["userName"] == answer["UserSub"]
    assert event["request"] == {
        "userAttributes": {"email": ANA},
        "validationData": {"captcha": "x"},
        "clientMetadata": {"page": "order"},
    }


def test_a_trigger_that_raises_refuses_the_sign_up_and_leaves_nothing(
    code_pool: Any, cognito: Any, script: Any
) -> None:
    script.refuse("PreSignUp", "staff only")
    with pytest.raises(
        cognito.exceptions.UserLambdaValidationException, match=r": PreSignUp failed with error staff only\.$"
    ):
        code_pool.sign_up(ANA)
    assert cognito.list_users(UserPoolId=code_pool.id)["Users"] == []


def test_the_trigger_need_not_confirm_or_verify(code_pool: Any, cognito: Any, script: Any) -> None:
    script.replies["PreSignUp"] = lambda _: {}
    assert code_pool.sign_up(ANA)["UserConfirmed"] is False
    user = cognito.admin_get_user(UserPoolId=code_pool.id, Username=ANA)
    assert user["UserStatus"] == "UNCONFIRMED"
    assert "email_verified" not in attributes(user)


def test_a_confirmed_user_is_announced_once(code_pool: Any, cognito: Any, script: Any) -> None:
    code_pool.sign_up(ANA)
    assert script.sources() == ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]
    assert script.events[1]["request"]["userAttributes"]["cognito:user_status"] == "CONFIRMED"
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Current status is CONFIRMED"):
        cognito.admin_confirm_sign_up(UserPoolId=code_pool.id, Username=ANA)
    assert len(script.events) == 2


@pytest.mark.parametrize("by_admin", [True, False])
def test_confirming_later_announces_the_user_then(code_pool: Any, cognito: Any, script: Any, by_admin: bool) -> None:
    script.replies["PreSignUp"] = lambda _: {}
    code_pool.sign_up(ANA)
    assert script.sources() == ["PreSignUp_SignUp"]
    if by_admin:
        cognito.admin_confirm_sign_up(UserPoolId=code_pool.id, Username=ANA)
    else:
        cognito.confirm_sign_up(ClientId=code_pool.client_id, Username=ANA, ConfirmationCode="123456")
    assert script.sources()[1:] == ["PostConfirmation_ConfirmSignUp"]
    assert cognito.admin_get_user(UserPoolId=code_pool.id, Username=ANA)["UserStatus"] == "CONFIRMED"


def test_an_administrator_creates_users_and_the_trigger_is_asked(code_pool: Any, cognito: Any, script: Any) -> None:
    created = cognito.admin_create_user(
        UserPoolId=code_pool.id,
        Username=ANA,
        TemporaryPassword="Secret-123",
        UserAttributes=[{"Name": "nickname", "Value": "annie"}],
    )["User"]
    assert created["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    [event] = script.events
    assert (event["triggerSource"], event["userName"]) == ("PreSignUp_AdminCreateUser", created["Username"])
    assert event["request"]["userAttributes"] == {"nickname": "annie", "email": ANA}
    with pytest.raises(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(UserPoolId=code_pool.id, Username=ANA)
    cognito.admin_create_user(UserPoolId=code_pool.id, Username=ANA, MessageAction="RESEND")


def test_nobody_signs_up_where_only_administrators_create_users(make_pool: Callable[..., Any], cognito: Any) -> None:
    pool = make_pool(AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="SignUp is not permitted"):
        pool.sign_up("ana", Password="Secret-123")


def test_a_user_who_must_still_confirm_is_told_where_aws_would_send_the_code(
    make_pool: Callable[..., Any],
) -> None:
    pool = make_pool(UsernameAttributes=["email"], AutoVerifiedAttributes=["email"])
    assert pool.sign_up(ANA, Password="Secret-123")["CodeDeliveryDetails"] == {
        "Destination": "a***",
        "DeliveryMedium": "EMAIL",
        "AttributeName": "email",
    }


def test_case_does_not_count_where_the_pool_says_so(make_pool: Callable[..., Any], cognito: Any) -> None:
    pool = make_pool(UsernameAttributes=["email"], UsernameConfiguration={"CaseSensitive": False})
    pool.sign_up("Ana@Example.com", Password="Secret-123")
    with pytest.raises(cognito.exceptions.UsernameExistsException):
        pool.sign_up("ana@example.com", Password="Secret-123")


@pytest.mark.parametrize("setting", [{}, {"UsernameConfiguration": {"CaseSensitive": True}}])
def test_case_counts_where_the_pool_does_not_say_otherwise(make_pool: Callable[..., Any], setting: Any) -> None:
    pool = make_pool(UsernameAttributes=["email"], **setting)
    first, second = (pool.sign_up(name, Password="Secret-123") for name in ("Ana@example.com", "ana@example.com"))
    assert first["UserSub"] != second["UserSub"]


def test_users_cannot_call_their_own_address_verified(code_pool: Any, cognito: Any, script: Any) -> None:
    verified = [{"Name": "email_verified", "Value": "true"}]
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="unauthorized attribute"):
        code_pool.sign_up(ANA, UserAttributes=verified)
    code_pool.sign_up(ANA)
    token = code_pool.sign_in(ANA)["AccessToken"]
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="unauthorized attribute"):
        cognito.update_user_attributes(AccessToken=token, UserAttributes=verified)
    cognito.update_user_attributes(
        AccessToken=token, UserAttributes=[{"Name": "email", "Value": "ana@elsewhere.example"}]
    )
    user = attributes(cognito.get_user(AccessToken=token))
    assert (user["email"], user["email_verified"]) == ("ana@elsewhere.example", "false")


def test_users_cannot_give_themselves_groups(code_pool: Any, cognito: Any) -> None:
    groups = [{"Name": "cognito:groups", "Value": "admin"}]
    with pytest.raises(cognito.exceptions.InvalidParameterException, match="cognito:groups"):
        code_pool.sign_up(ANA, UserAttributes=groups)
    code_pool.sign_up(ANA)
    with pytest.raises(cognito.exceptions.InvalidParameterException, match="cognito:groups"):
        cognito.update_user_attributes(AccessToken=code_pool.sign_in(ANA)["AccessToken"], UserAttributes=groups)


def test_a_failing_announcement_is_told_and_the_user_stays(code_pool: Any, cognito: Any, script: Any) -> None:
    script.refuse("PostConfirmation", "no luck")
    with pytest.raises(
        cognito.exceptions.UserLambdaValidationException, match=r": PostConfirmation failed with error no luck\.$"
    ):
        code_pool.sign_up(ANA)
    assert cognito.admin_get_user(UserPoolId=code_pool.id, Username=ANA)["UserStatus"] == "CONFIRMED"


def test_an_unknown_client_is_told(cognito: Any) -> None:
    with pytest.raises(cognito.exceptions.ResourceNotFoundException, match="User pool client nobody does not exist"):
        cognito.sign_up(ClientId="nobody", Username="ana", Password="Secret-123")
