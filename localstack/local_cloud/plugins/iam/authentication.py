"""Finds out who signed a request, or says in AWS's words why it is not let in. Must not judge what signers may do."""

from datetime import UTC, datetime

from local_cloud.plugins.iam.access_keys import Caller, access_key
from local_cloud.plugins.iam.signature import SentRequest, SignatureRefusedError, signature_of
from local_cloud.plugins.iam.sigv4 import require_fresh, require_match, require_scope


class UnrecognizedClientError(SignatureRefusedError):
    """The key is unknown or switched off, or its session's token is missing or another's."""

    code = "UnrecognizedClientException"

    def __init__(self) -> None:
        super().__init__("The security token included in the request is invalid.")


class ExpiredTokenError(SignatureRefusedError):
    """The session that the key belongs to is over."""

    code = "ExpiredTokenException"

    def __init__(self) -> None:
        super().__init__("The security token included in the request is expired")


def authenticated(request: SentRequest, region: str | None) -> Caller:
    """Who signed the request for API Gateway in that region, if one is given.

    Raises:
        SignatureRefusedError: nobody did, or not well.
    """
    now = datetime.now(UTC)
    signature = signature_of(request)
    require_scope(signature, region)
    require_fresh(signature, now)
    key = access_key(signature.access_key_id)
    if key is None or (key.session_token and key.session_token != signature.session_token):
        raise UnrecognizedClientError
    if key.expires and key.expires < now:
        raise ExpiredTokenError
    require_match(request, signature, key.secret)
    return key.caller
