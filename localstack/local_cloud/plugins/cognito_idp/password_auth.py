"""Proving a password: by saying it, or by SRP without saying it. What follows a proof is not decided here.

moto accepts any SRP proof, and takes a user without a password for one whose password was left out of the request.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local_cloud.plugins.cognito_idp.auth_parameters import required
from local_cloud.plugins.cognito_idp.auth_sessions import AuthSessions
from local_cloud.plugins.cognito_idp.errors import InvalidParameterError, NotAuthorizedError, incorrect_credentials
from local_cloud.plugins.cognito_idp.srp import exchange, signature
from local_cloud.plugins.cognito_idp.visitor import Visitor

_SECONDS_TO_PROVE = 180


@dataclass(frozen=True)
class SrpAttempt:
    """A visitor who was told the server's SRP values, and the key that they can find only with their password."""

    visitor: Visitor
    key: bytes


def require_password(visitor: Visitor, password: str) -> None:
    """Let a visitor pass who says their password.

    Raises:
        NotAuthorizedError, UserNotFoundError: it is not theirs, or nobody has that name.
    """
    own = visitor.require_known().password
    if not own or not hmac.compare_digest(own.encode(), password.encode()):
        raise incorrect_credentials()


def begin_srp(attempts: AuthSessions[SrpAttempt], visitor: Visitor, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Answer `SRP_A` with the challenge to prove the password; strangers and users without one get one, too.

    Raises:
        InvalidParameterError: there is no sensible `SRP_A`.
        UserNotFoundError: nobody has that name, and the client may know.
    """
    if not visitor.strangers_are_hidden:
        visitor.require_known()
    password = (visitor.user and visitor.user.password) or secrets.token_urlsafe()
    try:
        answer = exchange(int(required(parameters, "SRP_A"), 16), _pool_name(visitor), visitor.username, password)
    except ValueError as error:
        raise InvalidParameterError("SRP_A is not a valid public value") from error
    return {
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeParameters": {
            "SALT": f"{answer.salt:x}",
            "SRP_B": f"{answer.server_public:x}",
            "SECRET_BLOCK": attempts.open(SrpAttempt(visitor, answer.key), _SECONDS_TO_PROVE),
            "USERNAME": visitor.username,
            "USER_ID_FOR_SRP": visitor.username,
        },
    }


def finish_srp(attempts: AuthSessions[SrpAttempt], visitor: Visitor, responses: Mapping[str, str]) -> Visitor:
    """The visitor, once their answer to the challenge proves the password.

    Raises:
        InvalidParameterError: a part of the answer is missing.
        NotAuthorizedError: it proves nothing, or answers somebody else's challenge.
    """
    block, timestamp = required(responses, "PASSWORD_CLAIM_SECRET_BLOCK"), required(responses, "TIMESTAMP")
    claimed = required(responses, "PASSWORD_CLAIM_SIGNATURE")
    attempt = attempts.redeem(block)
    if not attempt.visitor.is_same_as(visitor):
        raise NotAuthorizedError("Invalid session for the user.")
    username = attempt.visitor.username
    expected = signature(attempt.key, _pool_name(visitor), username, base64.b64decode(block), timestamp)
    if not hmac.compare_digest(expected, _decoded(claimed)):
        raise incorrect_credentials()
    return attempt.visitor


def _pool_name(visitor: Visitor) -> str:
    return str(visitor.pool.id).partition("_")[2]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise incorrect_credentials() from error
