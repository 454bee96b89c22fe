"""How users come into a pool: SignUp, AdminCreateUser and the confirmations, with the triggers that have a say in it.

No message is ever sent, so no code is ever asked for: moto confirms with any.
"""

from localstack.aws.api import RequestContext
from moto.cognitoidp.models import CognitoIdpUser, UserStatus

from local_cloud.plugins.cognito_idp.errors import NotAuthorizedError, UsernameExistsError
from local_cloud.plugins.cognito_idp.registry import STATE, client_of, pool_by_id, pool_of_client
from local_cloud.plugins.cognito_idp.trigger_events import Occasion
from local_cloud.plugins.cognito_idp.triggers import Triggers
from local_cloud.plugins.cognito_idp.user_attributes import attribute_map, code_delivery, require_writable
from local_cloud.plugins.cognito_idp.user_pool import UserPool
from local_cloud.plugins.cognito_idp.usernames import attribute_named_by
from local_cloud.plugins.cognito_idp.visitor import require_client_secret, trigger_attributes
from local_cloud.plugins.operation import Answer, Forward, Request

_NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE"
_VERIFIED_BY = {"email": "autoVerifyEmail", "phone_number": "autoVerifyPhone"}


class SignUp:
    """The operations that make and confirm users."""

    def __init__(self, triggers: Triggers, forward: Forward) -> None:
        self._triggers = triggers
        self._forward = forward

    def sign_up(self, _: RequestContext, request: Request) -> Answer:
        """SignUp, which needs no credentials and, where only custom authentication is used, no password."""
        pool = pool_of_client(request["ClientId"])
        client = client_of(pool, request["ClientId"])
        require_client_secret(client, request["Username"], request.get("SecretHash"))
        if pool.extended_config["AdminCreateUserConfig"].get("AllowAdminCreateUserOnly"):
            raise NotAuthorizedError("SignUp is not permitted for this user pool")
        require_writable(attribute_map(request.get("UserAttributes")))
        user = _new_user(pool, request, request.get("Password"), UserStatus.UNCONFIRMED)
        confirmed = self._pre_sign_up(pool, user, "PreSignUp_SignUp", client.id, request)
        if confirmed:
            user.status = UserStatus.CONFIRMED
        _enter(pool, user)
        if confirmed:
            self._post_confirmation(pool, user, client.id, request)
            return {"UserConfirmed": True, "UserSub": user.id}
        by_code = pool.extended_config.get("AutoVerifiedAttributes") or []
        return {"UserConfirmed": False, "UserSub": user.id, **code_delivery(user.attribute_lookup, by_code)}

    def admin_create_user(self, context: RequestContext, request: Request) -> Answer:
        """AdminCreateUser; the invitation that it would send, or send again, is not sent."""
        if request.get("MessageAction") == "RESEND":
            return self._forward(context)
        pool = pool_by_id(context.account_id, context.region, request["UserPoolId"])
        user = _new_user(pool, request, request.get("TemporaryPassword"), UserStatus.FORCE_CHANGE_PASSWORD)
        self._pre_sign_up(pool, user, "PreSignUp_AdminCreateUser", _NO_CLIENT, request)
        _enter(pool, user)
        return {"User": user.to_json(extended=True)}

    def confirm_sign_up(self, context: RequestContext, request: Request) -> Answer:
        """ConfirmSignUp, with any code."""
        return self._confirm(pool_of_client(request["ClientId"]), request["ClientId"], context, request)

    def admin_confirm_sign_up(self, context: RequestContext, request: Request) -> Answer:
        """AdminConfirmSignUp."""
        pool = pool_by_id(context.account_id, context.region, request["UserPoolId"])
        return self._confirm(pool, _NO_CLIENT, context, request)

    def _confirm(self, pool: UserPool, client_id: str, context: RequestContext, request: Request) -> Answer:
        with STATE:
            user = pool.find(request["Username"])
            if user and user.status is not UserStatus.UNCONFIRMED:
                raise NotAuthorizedError(f"User cannot be confirmed. Current status is {user.status.value}")
            answer = self._forward(context)
        self._post_confirmation(pool, user, client_id, request)
        return answer

    def _pre_sign_up(self, pool: UserPool, user: CognitoIdpUser, source: str, client_id: str, request: Request) -> bool:
        given = {name: value for name, value in user.attribute_lookup.items() if name != "sub"}
        validation = {item["Name"]: item.get("Value", "") for item in request.get("ValidationData") or ()}
        facts = {"userAttributes": given, "validationData": validation, **_client_metadata(request)}
        occasion = Occasion(pool.region, pool.id, user.username, client_id)
        response = self._triggers.call(pool.lambda_config, source, occasion, facts) or {}
        for attribute, wish in _VERIFIED_BY.items():
            if response.get(wish) is True and attribute in given:
                user.update_attributes([{"Name": f"{attribute}_verified", "Value": "true"}])
        return response.get("autoConfirmUser") is True

    def _post_confirmation(self, pool: UserPool, user: CognitoIdpUser, client_id: str, request: Request) -> None:
        facts = {"userAttributes": trigger_attributes(user), **_client_metadata(request)}
        occasion = Occasion(pool.region, pool.id, user.username, client_id)
        self._triggers.call(pool.lambda_config, "PostConfirmation_ConfirmSignUp", occasion, facts)


def _new_user(pool: UserPool, request: Request, password: str | None, status: UserStatus) -> CognitoIdpUser:
    username, attributes = request["Username"], attribute_map(request.get("UserAttributes"))
    if pool.username_attributes:
        attributes[attribute_named_by(username, pool.username_attributes)] = username
    listed = [{"Name": name, "Value": value} for name, value in attributes.items()]
    # moto names a user without a name by their `sub`, as AWS does where the name is an attribute.
    own_name = None if pool.username_attributes else username
    with STATE:
        if password is not None:
            pool.backend._validate_password(pool.id, password)
        user = CognitoIdpUser(pool.id, own_name, password, status, listed)
        _require_free(pool, user)
    return user


def _enter(pool: UserPool, user: CognitoIdpUser) -> None:
    with STATE:
        # Looked at again: a trigger has run in between, and others may have been quicker.
        _require_free(pool, user)
        pool.users[user.username] = user


def _require_free(pool: UserPool, user: CognitoIdpUser) -> None:
    if pool.find(user.username):
        raise UsernameExistsError("User already exists")
    for attribute in pool.username_attributes:
        value = user.attribute_lookup.get(attribute)
        if value and pool.find(value):
            raise UsernameExistsError(f"An account with the given {attribute} already exists.")


def _client_metadata(request: Request) -> dict[str, dict[str, str]]:
    return {"clientMetadata": request["ClientMetadata"]} if request.get("ClientMetadata") else {}
