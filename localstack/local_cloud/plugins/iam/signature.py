"""What a request says of its signature (AWS Signature Version 4), in a header or in the query. Pure: judges nothing.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
"""

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from hashlib import sha256
from typing import Self
from urllib.parse import parse_qsl

# "In most cases, a request must reach AWS within five minutes of the time stamp in the request"
# (reference_sigv.html). That is also how long a URL holds which says nothing else.
SKEW = timedelta(minutes=5)

DATE_FORMAT = "%Y%m%dT%H%M%SZ"

_ALGORITHM = "AWS4-HMAC-SHA256"
_FIELDS = ("Credential", "Signature", "SignedHeaders")
_IN_QUERY = ("X-Amz-Algorithm", "X-Amz-Date", *(f"X-Amz-{field}" for field in _FIELDS))
_LONGEST_SECONDS = 7 * 24 * 60 * 60
_FEW_DIGITS = re.compile("[0-9]{1,6}")


class SignatureRefusedError(Exception):
    """The request is not let in; the text is what AWS tells the client, `code` is the error's name."""

    code = "InvalidSignatureException"


class MissingSignatureError(SignatureRefusedError):
    """The request is not signed."""

    code = "MissingAuthenticationTokenException"

    def __init__(self) -> None:
        super().__init__("Missing Authentication Token")


class IncompleteSignatureError(SignatureRefusedError):
    """What stands where a signature would is none."""

    code = "IncompleteSignatureException"


@dataclass(frozen=True)
class SentRequest:
    """A request as it came over the wire: nothing of the path, the query and the headers is decoded."""

    method: str
    path: str
    query: str
    headers: Sequence[tuple[str, str]]
    body: bytes = b""

    @classmethod
    def to(cls, uri: str, method: str, headers: Iterable[tuple[str, str]], body: bytes = b"") -> Self:
        """The request whose first line names `uri`, which is a path and maybe a query."""
        path, _, query = uri.partition("?")
        return cls(method, path, query, tuple(headers), body)

    @cached_property
    def parameters(self) -> list[tuple[str, str]]:
        """The query's parameters in order, decoded."""
        return parse_qsl(self.query, keep_blank_values=True)

    def header(self, name: str) -> str:
        """The value of a header, whose name is given in small letters; empty if there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(frozen=True)
class Signature:
    """As presented: `scope` is date, region, service and terminator, `holds` is how long it is good."""

    access_key_id: str
    scope: tuple[str, str, str, str]
    signed_headers: frozenset[str]
    value: str
    signed_at: datetime
    holds: timedelta
    session_token: str

    @property
    def timestamp(self) -> str:
        """The moment of signing as the signature has it: 20261129T071500Z."""
        return self.signed_at.strftime(DATE_FORMAT)


def signature_of(request: SentRequest) -> Signature:
    """Read the request's signature.

    Raises:
        MissingSignatureError: there is none.
        IncompleteSignatureError: what is there is none.
    """
    if authorization := request.header("authorization"):
        return _in_header(request, authorization)
    if any(name in ("X-Amz-Algorithm", "X-Amz-Signature") for name, _ in request.parameters):
        return _in_query(dict(request.parameters))
    raise MissingSignatureError


def _in_header(request: SentRequest, authorization: str) -> Signature:
    algorithm, _, text = authorization.partition(" ")
    pairs = [pair.strip().partition("=") for pair in text.split(",")]
    if not all(equals for _, equals, _ in pairs):
        problem = "Invalid key=value pair (missing equal-sign) in Authorization header"
        said = f"(hashed with SHA-256 and encoded with Base64): '{_hashed(authorization)}'."
        raise IncompleteSignatureError(f"{problem} {said}")
    fields = {name: value for name, _, value in pairs}
    date = request.header("x-amz-date") or request.header("date")
    lacking = [f"Authorization header requires '{name}' parameter." for name in _FIELDS if not fields.get(name)]
    if not date:
        lacking.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
    if lacking:
        said = f"(Hashed with SHA-256 and encoded with Base64) Authorization={_hashed(authorization)}"
        raise IncompleteSignatureError(" ".join((*lacking, said)))
    return _signature(algorithm, fields, date, SKEW, request.header("x-amz-security-token"))


def _in_query(parameters: Mapping[str, str]) -> Signature:
    lacking = [f"AWS query-string parameters must include '{name}'." for name in _IN_QUERY if not parameters.get(name)]
    if lacking:
        raise IncompleteSignatureError(" ".join((*lacking, "Re-examine the query-string parameters.")))
    seconds = parameters.get("X-Amz-Expires", f"{SKEW.total_seconds():.0f}")
    if not (_FEW_DIGITS.fullmatch(seconds) and 0 < int(seconds) <= _LONGEST_SECONDS):
        raise IncompleteSignatureError("X-Amz-Expires must be a number of seconds from 1 to 604800.")
    return _signature(
        parameters["X-Amz-Algorithm"],
        {field: parameters[f"X-Amz-{field}"] for field in _FIELDS},
        parameters["X-Amz-Date"],
        timedelta(seconds=int(seconds)),
        parameters.get("X-Amz-Security-Token", ""),
    )


def _signature(algorithm: str, fields: Mapping[str, str], date: str, holds: timedelta, token: str) -> Signature:
    if algorithm != _ALGORITHM:
        raise IncompleteSignatureError(f"Unsupported AWS 'algorithm': '{algorithm}'.")
    match fields["Credential"].split("/"):
        case [key_id, day, region, service, terminator]:
            names = frozenset(fields["SignedHeaders"].lower().split(";"))
            scope = (day, region, service, terminator)
            return Signature(key_id, scope, names, fields["Signature"], _moment(date), holds, token)
    form = "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term"
    raise IncompleteSignatureError(f"{form}, got '{fields['Credential']}'.")


def _moment(date: str) -> datetime:
    """As X-Amz-Date has it, or as Date has it."""
    try:
        return datetime.strptime(date, DATE_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(date).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise IncompleteSignatureError(f"Date must be in ISO-8601 'basic format'. Got '{date}'.") from error


def _hashed(text: str) -> str:
    return base64.b64encode(sha256(text.encode()).digest()).decode()
