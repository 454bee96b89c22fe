"""Whether a signature (AWS Signature Version 4) holds: for this service, now, and for this very request.

LocalStack looks at no signature but those of S3's presigned URLs. Rules alone: must not know whose key signed, nor what
the signer may do. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hmac
from datetime import datetime
from hashlib import sha256
from typing import Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials

from local_cloud.plugins.iam.signature import DATE_FORMAT, SKEW, SentRequest, Signature, SignatureRefusedError

_SERVICE, _TERMINATOR = "execute-api", "aws4_request"


def require_scope(signature: Signature, region: str | None) -> None:
    """Refuse a signature that was not made for API Gateway, on its own day, in this region or in any.

    Raises:
        SignatureRefusedError: it was not.
    """
    date, its_region, service, terminator = signature.scope
    problems = {
        f"Credential should be scoped to a valid region, not '{its_region}'.": region not in (None, its_region),
        f"Credential should be scoped to correct service: '{_SERVICE}'.": service != _SERVICE,
        f"Credential should be scoped with a valid terminator: '{_TERMINATOR}', not '{terminator}'.": (
            terminator != _TERMINATOR
        ),
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
        f"'{date}' != '{signature.timestamp[:8]}', from '{signature.timestamp}'.": date != signature.timestamp[:8],
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.": (
            "host" not in signature.signed_headers
        ),
    }
    if found := [problem for problem, is_there in problems.items() if is_there]:
        raise SignatureRefusedError(" ".join(found))


def require_fresh(signature: Signature, now: datetime) -> None:
    """Refuse what is too old by `now`, or of a time to come.

    Raises:
        SignatureRefusedError: it is.
    """
    said_now = now.strftime(DATE_FORMAT)
    if signature.signed_at > now + SKEW:
        latest = f"{(now + SKEW).strftime(DATE_FORMAT)} ({said_now} + 5 min.)"
        raise SignatureRefusedError(f"Signature not yet current: {signature.timestamp} is still later than {latest}")
    if signature.signed_at < now - signature.holds:
        minutes = f"{signature.holds.total_seconds() / 60:g} min."
        earliest = f"{(now - signature.holds).strftime(DATE_FORMAT)} ({said_now} - {minutes})"
        raise SignatureRefusedError(f"Signature expired: {signature.timestamp} is now earlier than {earliest}")


def require_match(request: SentRequest, signature: Signature, secret: str) -> None:
    """Refuse a signature that is not what `secret` makes of this request.

    The path is encoded once more, and the query anew, as AWS does for every service but S3. The body counts as it is,
    whatever X-Amz-Content-SHA256 says of it.

    Raises:
        SignatureRefusedError: it is not.
    """
    claimed = request.header("x-amz-content-sha256")
    if claimed and claimed != sha256(request.body).hexdigest():
        raise SignatureRefusedError("The provided 'x-amz-content-sha256' header does not match what was computed.")
    signer = _Verifier(signature, secret)
    unsigned = _without_signature(request, signature)
    canonical = signer.canonical_request(unsigned)
    text = signer.string_to_sign(unsigned, canonical)
    if not hmac.compare_digest(signer.signature(text, unsigned).encode(), signature.value.encode()):
        raise SignatureRefusedError(
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
            "Access Key and signing method. Consult the service documentation for details.\n\n"
            f"The Canonical String for this request should have been\n'{canonical}'\n\n"
            f"The String-to-Sign should have been\n'{text}'\n"
        )


def _without_signature(request: SentRequest, signature: Signature) -> AWSRequest:
    parameters: Any = [
        pair for pair in request.parameters if pair[0] != "X-Amz-Signature"
    ]  # a mapping would do as well
    unsigned = AWSRequest(request.method, f"http://any{request.path}", data=request.body, params=parameters)
    for name, value in request.headers:
        unsigned.headers.add_header(name, value)
    unsigned.context["timestamp"] = signature.timestamp
    return unsigned


class _Verifier(SigV4Auth):
    """botocore's signer, for the headers that somebody else chose to sign."""

    def __init__(self, signature: Signature, secret: str) -> None:
        _, region, service, _ = signature.scope
        super().__init__(Credentials(signature.access_key_id, secret), service, region)
        self._names = signature.signed_headers

    def headers_to_sign(self, request: AWSRequest) -> HTTPHeaders:
        chosen = HTTPHeaders()
        for name in self._names:
            for value in request.headers.get_all(name, [""]):
                chosen.add_header(name, value)
        return chosen
