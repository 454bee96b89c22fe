"""Finding pools and clients in moto's state, and the one lock that guards it. Must not decide anything.

A browser's request carries no credentials, hence no account and no region: pools are then found by what they contain.
"""

import threading
from collections.abc import Iterator

from moto.cognitoidp.models import CognitoIdpUserPoolClient, cognitoidp_backends

from local_cloud.plugins.cognito_idp.errors import ResourceNotFoundError
from local_cloud.plugins.cognito_idp.user_pool import UserPool

STATE = threading.RLock()
"""Held while moto's models are read or changed, which know nothing of threads; never while a trigger runs."""


def all_pools() -> Iterator[UserPool]:
    """The pools of every account and region; the caller holds `STATE`."""
    for _, _, backend in cognitoidp_backends.iter_backends():
        yield from backend.user_pools.values()


def pool_exists(pool_id: str) -> bool:
    """Whether there is such a pool in any account and region."""
    with STATE:
        return any(pool.id == pool_id for pool in all_pools())


def pool_by_id(account_id: str, region: str, pool_id: str) -> UserPool:
    """The pool of an administrator's account and region.

    Raises:
        ResourceNotFoundError: there is none.
    """
    with STATE:
        pool: UserPool | None = cognitoidp_backends[account_id][region].user_pools.get(pool_id)
    if pool is None:
        raise ResourceNotFoundError(f"User pool {pool_id} does not exist.")
    return pool


def client_of(pool: UserPool, client_id: str) -> CognitoIdpUserPoolClient:
    """The pool's client.

    Raises:
        ResourceNotFoundError: there is none.
    """
    client = pool.clients.get(client_id)
    if client is None:
        raise ResourceNotFoundError(f"User pool client {client_id} does not exist.")
    return client


def pool_of_client(client_id: str) -> UserPool:
    """The pool to which the client belongs, in any account and region.

    Raises:
        ResourceNotFoundError: there is none.
    """
    with STATE:
        pool = next((pool for pool in all_pools() if client_id in pool.clients), None)
    if pool is None:
        raise ResourceNotFoundError(f"User pool client {client_id} does not exist.")
    return pool


def pool_of_access_token(access_token: str) -> UserPool | None:
    """The pool in which the token is alive, in any account and region."""
    with STATE:
        return next((pool for pool in all_pools() if access_token in pool.access_tokens), None)
