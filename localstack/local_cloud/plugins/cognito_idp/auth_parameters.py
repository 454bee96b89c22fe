"""Reading the string maps with which a caller signs in (`AuthParameters`, `ChallengeResponses`). Pure."""

import base64
import hashlib
import hmac
from collections.abc import Mapping

from local_cloud.plugins.cognito_idp.errors import InvalidParameterError, NotAuthorizedError


def required(parameters: Mapping[str, str], name: str) -> str:
    """The parameter's value.

    Raises:
        InvalidParameterError: it is missing or empty.
    """
    value = parameters.get(name)
    if not value:
        raise InvalidParameterError(f"Missing required parameter {name}")
    return value


def secret_hash(client_id: str, client_secret: str, username: str) -> str:
    """The proof that a caller knows the client's secret, made for one user name.

    https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
    """
    digest = hmac.digest(client_secret.encode(), f"{username}{client_id}".encode(), hashlib.sha256)
    return base64.b64encode(digest).decode()


def require_secret_hash(client_id: str, client_secret: str | None, username: str, given: str | None) -> None:
    """Let a caller pass who proves the client's secret, or whose client has none (`None`).

    Raises:
        NotAuthorizedError: the proof is missing or wrong.
    """
    if client_secret is None:
        return
    if not given:
        raise NotAuthorizedError(f"Client {client_id} is configured with secret but SECRET_HASH was not received")
    if not hmac.compare_digest(secret_hash(client_id, client_secret, username).encode(), given.encode()):
        raise NotAuthorizedError(f"SecretHash does not match for the client: {client_id}")
