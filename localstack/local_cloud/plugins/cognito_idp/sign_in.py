"""InitiateAuth and RespondToAuthChallenge, their Admin twins, and who is let in. New passwords and MFA are moto's.

moto checks neither which flows a client allows nor whose session it is that somebody answers; here both are.
"""

from collections.abc import Callable, Mapping

from localstack.aws.api import RequestContext
from moto.cognitoidp.models import CognitoIdpUserPoolClient

from local_cloud.plugins.cognito_idp.auth_flows import PASSWORD_FLOWS, REFRESH_FLOWS, require_flow
from local_cloud.plugins.cognito_idp.auth_parameters import required
from local_cloud.plugins.cognito_idp.auth_sessions import AuthSessions
from local_cloud.plugins.cognito_idp.custom_auth import Attempt, CustomAuth
from local_cloud.plugins.cognito_idp.errors import InvalidParameterError, NotAuthorizedError, incorrect_credentials
from local_cloud.plugins.cognito_idp.password_auth import SrpAttempt, begin_srp, finish_srp, require_password
from local_cloud.plugins.cognito_idp.registry import STATE, client_of, pool_by_id, pool_of_client
from local_cloud.plugins.cognito_idp.triggers import Triggers
from local_cloud.plugins.cognito_idp.user_pool import UserPool
from local_cloud.plugins.cognito_idp.visitor import Visitor, require_able, require_client_secret
from local_cloud.plugins.operation import Answer, Forward, Request

Clock = Callable[[], float]


class SignIn:
    """The operations with which users sign in."""

    def __init__(self, triggers: Triggers, clock: Clock, forward: Forward) -> None:
        self._triggers = triggers
        self._forward = forward
        self._srp_attempts = AuthSessions[SrpAttempt](clock)
        self._custom = CustomAuth(triggers, AuthSessions[Attempt](clock), self._issue)

    def initiate_auth(self, _: RequestContext, request: Request) -> Answer:
        """InitiateAuth, which needs no credentials: the client's id says which pool is meant."""
        return self._initiate(pool_of_client(request["ClientId"]), request, by_admin=False)

    def admin_initiate_auth(self, context: RequestContext, request: Request) -> Answer:
        """AdminInitiateAuth, in the caller's account and region."""
        pool = pool_by_id(context.account_id, context.region, request["UserPoolId"])
        return self._initiate(pool, request, by_admin=True)

    def respond_to_auth_challenge(self, context: RequestContext, request: Request) -> Answer:
        """RespondToAuthChallenge, which needs no credentials."""
        return self._respond(pool_of_client(request["ClientId"]), context, request)

    def admin_respond_to_auth_challenge(self, context: RequestContext, request: Request) -> Answer:
        """AdminRespondToAuthChallenge, in the caller's account and region."""
        pool = pool_by_id(context.account_id, context.region, request["UserPoolId"])
        return self._respond(pool, context, request)

    def _initiate(self, pool: UserPool, request: Request, *, by_admin: bool) -> Answer:
        client, flow = client_of(pool, request["ClientId"]), request["AuthFlow"]
        parameters = request.get("AuthParameters") or {}
        require_flow(flow, client.extended_config.get("ExplicitAuthFlows"), by_admin=by_admin)
        if flow in REFRESH_FLOWS:
            return _refreshed(pool, client, parameters)
        visitor = Visitor.who_sent(parameters, pool, client)
        self._pre_authenticate(visitor, request.get("ClientMetadata") or {})
        if flow == "CUSTOM_AUTH":
            return self._start_custom(visitor, parameters)
        if flow not in PASSWORD_FLOWS:
            return begin_srp(self._srp_attempts, visitor, parameters)
        require_password(visitor, required(parameters, "PASSWORD"))
        return self._password_proved(visitor)

    def _start_custom(self, visitor: Visitor, parameters: Mapping[str, str]) -> Answer:
        if "SRP_A" in parameters or parameters.get("CHALLENGE_NAME") == "SRP_A":
            raise InvalidParameterError("CUSTOM_AUTH that begins with SRP_A is not supported by the local cloud")
        if visitor.user:
            require_able(visitor.user)
        return self._custom.start(visitor)

    def _respond(self, pool: UserPool, context: RequestContext, request: Request) -> Answer:
        responses = request.get("ChallengeResponses") or {}
        visitor = Visitor.who_sent(responses, pool, client_of(pool, request["ClientId"]))
        if request["ChallengeName"] == "CUSTOM_CHALLENGE":
            return self._custom.answer(visitor, request)
        if request["ChallengeName"] == "PASSWORD_VERIFIER":
            return self._password_proved(finish_srp(self._srp_attempts, visitor, responses))
        _require_own_session(visitor, required(request, "Session"))
        return self._completed(visitor, self._forward(context))

    def _password_proved(self, visitor: Visitor) -> Answer:
        with STATE:
            user = visitor.require_known()
            require_able(user)
            proof = {"USERNAME": user.username, "PASSWORD": user.password}
            answer = visitor.pool.backend.initiate_auth(visitor.client.id, "USER_PASSWORD_AUTH", proof)
        return self._completed(visitor, answer)

    def _issue(self, visitor: Visitor) -> Answer:
        with STATE:
            if visitor.user is None:
                raise incorrect_credentials()
            require_able(visitor.user)
            answer = visitor.pool.backend._log_user_in(visitor.pool, visitor.client, visitor.username)
        return self._completed(visitor, answer)

    def _pre_authenticate(self, visitor: Visitor, metadata: Mapping[str, str]) -> None:
        if not visitor.strangers_are_hidden:
            visitor.require_known()
        request = {**visitor.description(), "validationData": metadata}
        self._call("PreAuthentication_Authentication", visitor, request)

    def _completed(self, visitor: Visitor, answer: Answer) -> Answer:
        if "AuthenticationResult" in answer:
            request = {"userAttributes": visitor.description()["userAttributes"], "newDeviceUsed": False}
            self._call("PostAuthentication_Authentication", visitor, request)
        return answer

    def _call(self, source: str, visitor: Visitor, request: Request) -> None:
        self._triggers.call(visitor.pool.lambda_config, source, visitor.occasion(), request)


def _refreshed(pool: UserPool, client: CognitoIdpUserPoolClient, parameters: Mapping[str, str]) -> Answer:
    token = required(parameters, "REFRESH_TOKEN")
    with STATE:
        user = pool.holder_of(client.id, token)
        require_client_secret(client, user.username, parameters.get("SECRET_HASH"))
        require_able(user)
        return {"AuthenticationResult": pool.refresh(token)}


def _require_own_session(visitor: Visitor, session: str) -> None:
    with STATE:
        username, pool = visitor.pool.backend.sessions.get(session) or ("", None)
        owner = visitor.pool.find(username) if pool is visitor.pool else None
    if owner is None or owner is not visitor.user:
        raise NotAuthorizedError("Invalid session for the user.")
