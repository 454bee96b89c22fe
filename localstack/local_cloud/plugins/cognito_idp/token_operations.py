"""The operations that a user's own tokens authorize, and refusing tokens that are dead. No credentials are needed."""

import time

from joserfc.errors import JoseError
from localstack.aws.api import RequestContext

from local_cloud.plugins.cognito_idp.errors import NotAuthorizedError
from local_cloud.plugins.cognito_idp.keys import verified_claims
from local_cloud.plugins.cognito_idp.registry import STATE, client_of, pool_of_access_token, pool_of_client
from local_cloud.plugins.cognito_idp.user_attributes import attribute_map, no_longer_verified, require_writable
from local_cloud.plugins.cognito_idp.user_pool import UserPool
from local_cloud.plugins.operation import Answer, Forward, Operation, Request


def require_live(access_token: str) -> UserPool:
    """The pool whose user this token speaks for; moto looks at neither expiry nor signature.

    Raises:
        NotAuthorizedError: it is no token of ours, has expired or was revoked.
    """
    try:
        claims = verified_claims(access_token)
    except (JoseError, ValueError) as error:
        raise NotAuthorizedError("Invalid Access Token") from error
    if claims["exp"] <= time.time():
        raise NotAuthorizedError("Access Token has expired")
    pool = pool_of_access_token(access_token)
    if pool is None:
        raise NotAuthorizedError("Access Token has been revoked")
    return pool


def global_sign_out(_: RequestContext, request: Request) -> Answer:
    """GlobalSignOut; moto looks for the token in one region only."""
    token = request["AccessToken"]
    with STATE:
        pool = require_live(token)
        _, username = pool.access_tokens[token]
        pool.sign_out(username)
    return {}


def revoke_token(_: RequestContext, request: Request) -> Answer:
    """RevokeToken, which moto does not have: end one sign-in by its refresh token."""
    pool = pool_of_client(request["ClientId"])
    client = client_of(pool, request["ClientId"])
    if client.generate_secret and client.secret != request.get("ClientSecret"):
        raise NotAuthorizedError(f"Unable to verify secret for client {client.id}")
    with STATE:
        pool.revoke(client.id, request["Token"])
    return {}


def update_user_attributes(forward: Forward) -> Operation:
    """UpdateUserAttributes by moto, which would let users call their own addresses verified."""

    def operation(context: RequestContext, request: Request) -> Answer:
        attributes = attribute_map(request["UserAttributes"])
        require_writable(attributes)
        token = request["AccessToken"]
        with STATE:
            pool = require_live(token)
            _, username = pool.access_tokens[token]
            user = pool.users.get(username)
            doubtful = no_longer_verified(user.attribute_lookup, attributes) if user else {}
            answer = forward(context)
            if user:
                user.update_attributes([{"Name": name, "Value": value} for name, value in doubtful.items()])
        return answer

    return operation
