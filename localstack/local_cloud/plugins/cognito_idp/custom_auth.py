"""The CUSTOM_AUTH flow: define, create and verify a challenge, until the pool's Lambda triggers say yes or no.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
Must not know who may start the flow, and never decides by itself whether an answer is right.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from local_cloud.plugins.cognito_idp.auth_parameters import required
from local_cloud.plugins.cognito_idp.auth_sessions import AuthSessions
from local_cloud.plugins.cognito_idp.errors import (
    InvalidParameterError,
    NotAuthorizedError,
    incorrect_credentials,
    unrecognizable_output,
)
from local_cloud.plugins.cognito_idp.trigger_events import ChallengeResult, session_list, string_map
from local_cloud.plugins.cognito_idp.triggers import Triggers
from local_cloud.plugins.cognito_idp.visitor import Visitor

_DEFINE = "DefineAuthChallenge_Authentication"
_CREATE = "CreateAuthChallenge_Authentication"
_VERIFY = "VerifyAuthChallengeResponse_Authentication"

Issue = Callable[[Visitor], dict[str, Any]]
"""Ends a successful sign-in: checks that the visitor still may, and answers with tokens."""


@dataclass(frozen=True)
class Attempt:
    """A sign-in between two challenges: what a session string stands for."""

    visitor: Visitor
    results: tuple[ChallengeResult, ...] = ()
    private_parameters: Mapping[str, str] = field(default_factory=dict)
    metadata: str | None = None

    def answered(self, *, correct: bool) -> "Attempt":
        """The attempt after its challenge was answered."""
        result = ChallengeResult("CUSTOM_CHALLENGE", correct, self.metadata)
        return replace(self, results=(*self.results, result), private_parameters={}, metadata=None)


@dataclass(frozen=True)
class CustomAuth:
    """The flow; holds no state but the sessions handed in."""

    triggers: Triggers
    sessions: AuthSessions[Attempt]
    issue: Issue

    def start(self, visitor: Visitor) -> dict[str, Any]:
        """Answer InitiateAuth with the first challenge; the visitor may be a stranger.

        Raises:
            InvalidParameterError: the pool has no triggers for it.
            CognitoError: what a trigger makes of it.
        """
        return self._continue(Attempt(visitor), {})

    def answer(self, visitor: Visitor, request: Mapping[str, Any]) -> dict[str, Any]:
        """Answer RespondToAuthChallenge with tokens or the next challenge. The session is spent in any case.

        Raises:
            InvalidParameterError: the session or the answer is missing.
            NotAuthorizedError: the session is not good for this visitor, or the triggers say no.
            CognitoError: what else a trigger makes of it.
        """
        given = required(request["ChallengeResponses"], "ANSWER")
        attempt = self.sessions.redeem(required(request, "Session"))
        if not attempt.visitor.is_same_as(visitor):
            raise NotAuthorizedError("Invalid session for the user.")
        metadata = {"clientMetadata": request["ClientMetadata"]} if request.get("ClientMetadata") else {}
        question = {"privateChallengeParameters": attempt.private_parameters, "challengeAnswer": given}
        verdict = self._call(_VERIFY, attempt, {**question, **metadata})
        return self._continue(attempt.answered(correct=verdict.get("answerCorrect") is True), metadata)

    def _continue(self, attempt: Attempt, metadata: Mapping[str, Any]) -> dict[str, Any]:
        request = {"session": session_list(attempt.results), **metadata}
        decision = self._call(_DEFINE, attempt, request)
        if decision.get("failAuthentication") is True:
            raise incorrect_credentials()
        if decision.get("issueTokens") is True:
            return self.issue(attempt.visitor)
        if decision.get("challengeName") != "CUSTOM_CHALLENGE":
            raise unrecognizable_output()
        return self._challenge(attempt, {**request, "challengeName": "CUSTOM_CHALLENGE"})

    def _challenge(self, attempt: Attempt, request: Mapping[str, Any]) -> dict[str, Any]:
        challenge = self._call(_CREATE, attempt, request)
        public = string_map(challenge.get("publicChallengeParameters"))
        private = string_map(challenge.get("privateChallengeParameters"))
        asked = replace(attempt, private_parameters=private, metadata=challenge.get("challengeMetadata"))
        validity_minutes = attempt.visitor.client.extended_config["AuthSessionValidity"]
        return {
            "ChallengeName": "CUSTOM_CHALLENGE",
            "Session": self.sessions.open(asked, validity=validity_minutes * 60),
            "ChallengeParameters": {**public, "USERNAME": attempt.visitor.username},
        }

    def _call(self, source: str, attempt: Attempt, request: Mapping[str, Any]) -> dict[str, Any]:
        visitor = attempt.visitor
        response = self.triggers.call(
            visitor.pool.lambda_config, source, visitor.occasion(), {**visitor.description(), **request}
        )
        if response is None:
            raise InvalidParameterError("Custom auth lambda trigger is not configured for the user pool.")
        return response
