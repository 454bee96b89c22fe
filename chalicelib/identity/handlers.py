"""Cognito's triggers (see "Customizing user pool workflows with Lambda triggers" in the Cognito developer guide).

No event is logged here: it holds addresses and answers (Q34).
"""

import secrets
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from chalice.app import Blueprint

from chalicelib.clock import now_ms
from chalicelib.identity import service
from chalicelib.identity.addresses import check_addresses, check_reach
from chalicelib.identity.post import post
from chalicelib.identity.sign_in import code_id_of, next_step
from chalicelib.identity.store import sign_in_store
from chalicelib.observability import logged
from chalicelib.settings import settings

triggers = Blueprint(__name__)

type Trigger = dict[str, Any]


@triggers.lambda_function()
@logged
def pre_sign_up(event: Trigger, context: LambdaContext) -> Trigger:
    """Let everybody in with an address that can be read and reached; each sign-in's code proves that it is theirs."""
    attributes = event["request"]["userAttributes"]
    check_addresses(event["userName"], attributes)
    check_reach(attributes.get("phone_number"), settings().text_messages_to)
    event["response"]["autoConfirmUser"] = True
    return event


@triggers.lambda_function()
@logged
def define_auth_challenge(event: Trigger, context: LambdaContext) -> Trigger:
    """Decide what comes next: a code, tokens, or the end."""
    request = event["request"]
    event["response"] = next_step(request.get("session"), user_not_found=bool(request.get("userNotFound")))
    return event


@triggers.lambda_function()
@logged
def create_auth_challenge(event: Trigger, context: LambdaContext) -> Trigger:
    """Send a code at the start of a session; a further round is about the same code."""
    request = event["request"]
    code_id = code_id_of(request.get("session")) or service.send_code(
        sign_in_store(), post(), event["userName"], request["userAttributes"], now_ms(), _random_code
    )
    event["response"] = {
        "publicChallengeParameters": {"medium": "EMAIL" if request["userAttributes"].get("email") else "SMS"},
        "privateChallengeParameters": {"codeId": code_id},
        "challengeMetadata": code_id,
    }
    return event


@triggers.lambda_function()
@logged
def verify_auth_challenge(event: Trigger, context: LambdaContext) -> Trigger:
    """Compare the answer with the code that was sent."""
    request = event["request"]
    code_id = (request.get("privateChallengeParameters") or {}).get("codeId")
    answer = str(request.get("challengeAnswer") or "")
    right = service.check_answer(sign_in_store(), event["userName"], code_id, answer, now_ms())
    event["response"] = {"answerCorrect": right}
    return event


def _random_code() -> tuple[str, str]:
    return secrets.token_urlsafe(12), f"{secrets.randbelow(1_000_000):06}"
