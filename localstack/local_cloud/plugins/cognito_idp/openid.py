"""The two documents by which anybody verifies a pool's tokens, served at the issuer's address without credentials.

Must not say anything about a pool but that it exists.
"""

import re

from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from local_cloud.plugins.cognito_idp.keys import issuer, public_keys
from local_cloud.plugins.cognito_idp.registry import pool_exists

_DOCUMENT = re.compile(r"/(?P<pool_id>[\w-]+_[0-9a-zA-Z]+)/\.well-known/(?P<name>jwks\.json|openid-configuration)")


def serve_documents(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """Answer GET of `/<pool id>/.well-known/...`, and leave every other request alone.

    To be put before LocalStack's check of origins, because any page may read these documents, and before its
    guess that a path of two parts is a bucket and a key: no bucket's name has an underscore.
    """
    match = _requested(context.request.path, context.request.method)
    if match is None:
        return
    response.headers["Access-Control-Allow-Origin"] = "*"
    pool_id = match["pool_id"]
    if not pool_exists(pool_id):
        response.status_code = 404
        response.set_json({"message": f"User pool {pool_id} does not exist."})
    elif match["name"] == "jwks.json":
        response.set_json(public_keys().as_dict(private=False))
    else:
        response.set_json(openid_configuration(pool_id))
    chain.stop()


def is_document(path: str, method: str) -> bool:
    """Whether a request is answered with one of the documents, or with the word that there is no such pool."""
    return _requested(path, method) is not None


def _requested(path: str, method: str) -> re.Match[str] | None:
    return _DOCUMENT.fullmatch(path) if method in ("GET", "HEAD") else None


def openid_configuration(pool_id: str) -> dict[str, object]:
    """The pool's discovery document; it names no endpoint that the local cloud does not have.

    https://openid.net/specs/openid-connect-discovery-1_0.html
    """
    return {
        "issuer": issuer(pool_id),
        "jwks_uri": f"{issuer(pool_id)}/.well-known/jwks.json",
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "token"],
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
    }
