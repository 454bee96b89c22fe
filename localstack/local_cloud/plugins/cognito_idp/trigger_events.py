"""The events that Cognito's Lambda triggers receive and return. Pure: nothing is called here.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from local_cloud.plugins.cognito_idp.errors import unrecognizable_output

_EMPTY_RESPONSES: Mapping[str, Mapping[str, Any]] = {
    "PreSignUp": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    "DefineAuthChallenge": {"challengeName": None, "issueTokens": None, "failAuthentication": None},
    "CreateAuthChallenge": {
        "publicChallengeParameters": None,
        "privateChallengeParameters": None,
        "challengeMetadata": None,
    },
    "VerifyAuthChallengeResponse": {"answerCorrect": None},
}


@dataclass(frozen=True)
class Occasion:
    """What every event of one request has in common."""

    region: str
    user_pool_id: str
    user_name: str
    client_id: str


@dataclass(frozen=True)
class ChallengeResult:
    """One answered challenge, as `request.session` lists it."""

    challengeName: str  # noqa: N815  # AWS's spelling
    challengeResult: bool  # noqa: N815
    challengeMetadata: str | None  # noqa: N815


def trigger_of(source: str) -> str:
    """The trigger, as `LambdaConfig` names it, that serves an event source such as `PreSignUp_AdminCreateUser`."""
    return source.partition("_")[0]


def trigger_event(source: str, occasion: Occasion, request: Mapping[str, Any]) -> dict[str, Any]:
    """The event to send: the parts that all triggers share, this trigger's `request`, and a response to fill in."""
    return {
        "version": "1",
        "triggerSource": source,
        "region": occasion.region,
        "userPoolId": occasion.user_pool_id,
        "userName": occasion.user_name,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": occasion.client_id},
        "request": dict(request),
        "response": dict(_EMPTY_RESPONSES.get(trigger_of(source), {})),
    }


def response_of(returned: Any) -> dict[str, Any]:
    """The `response` in the event that a trigger returned.

    Raises:
        InvalidLambdaResponseError: it returned something else.
    """
    response = returned.get("response") if isinstance(returned, dict) else None
    if not isinstance(response, dict):
        raise unrecognizable_output()
    return response


def string_map(value: Any) -> dict[str, str]:
    """A response's map of strings, such as `publicChallengeParameters`; none is an empty one.

    Raises:
        InvalidLambdaResponseError: it is no map, or holds something other than strings.
    """
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise unrecognizable_output()
    return value


def session_list(results: tuple[ChallengeResult, ...]) -> list[dict[str, Any]]:
    """The challenges so far as `request.session` wants them, oldest first."""
    return [asdict(result) for result in results]
