"""The content codings that API Gateway speaks: gzip, deflate and identity. Knows nothing of LocalStack.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html lists them, and says
which of those that a client accepts is taken. `deflate` is the zlib format, as RFC 9110 has it.
"""

import zlib

_WINDOW_BITS = {"gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
COMPRESSING = frozenset(_WINDOW_BITS)
SUPPORTED = COMPRESSING | {"identity"}
_PIECE = 4096  # bytes


class UndecodableError(Exception):
    """A body is not coded as it is said to be, or in a coding that API Gateway does not know."""


class TooLargeError(Exception):
    """A body has more bytes than it may, before or after it is decoded."""


def decoded(body: bytes, coding: str, most: int) -> bytes:
    """Return a body without its coding, which is what Content-Encoding says, in any case.

    Raises:
        UndecodableError: the coding is none of `SUPPORTED`, or the body is not so coded, or cut short.
        TooLargeError: more than `most` bytes come out; no more than these are ever made.
    """
    coding = coding.strip().lower()
    if coding not in SUPPORTED:
        raise UndecodableError(coding)
    return _inflated(body, _WINDOW_BITS[coding], most) if body and coding in COMPRESSING else body


def _inflated(body: bytes, window_bits: int, most: int) -> bytes:
    """Inflate one stream after the other: gzip allows several.

    A stream is given a piece at a time, since what it leaves is copied: of many small ones that would be the square.
    """
    found, place = bytearray(), 0
    stream = zlib.decompressobj(window_bits)
    while place < len(body) or stream.unconsumed_tail:
        piece = stream.unconsumed_tail or body[place : place + _PIECE]
        place += 0 if stream.unconsumed_tail else len(piece)
        try:
            found += stream.decompress(piece, most + 1 - len(found))
        except zlib.error as error:
            raise UndecodableError(str(error)) from error
        if len(found) > most:
            raise TooLargeError
        if stream.eof and (place := place - len(stream.unused_data)) < len(body):
            stream = zlib.decompressobj(window_bits)
    if not stream.eof:
        raise UndecodableError("cut short")
    return bytes(found)


def encoded(body: bytes, coding: str) -> bytes:
    """Return a body in one of the `COMPRESSING` codings."""
    compressor = zlib.compressobj(wbits=_WINDOW_BITS[coding])
    return compressor.compress(body) + compressor.flush()


def accepted_coding(accept_encoding: str) -> str | None:
    """Return the compressing coding for a client that sends this Accept-Encoding; None to leave the answer as it is.

    "The highest-priority content encoding must be one supported by API Gateway": of those with the highest weight the
    first that it supports. A `*` asks for no coding by name, so nothing is compressed for it.
    """
    weights = dict(_weighed(part) for part in accept_encoding.split(","))
    highest = max(weights.values(), default=0.0)
    preferred = [name for name, weight in weights.items() if weight == highest and name in SUPPORTED]
    return preferred[0] if highest and preferred and preferred[0] in COMPRESSING else None


def _weighed(part: str) -> tuple[str, float]:
    """Read `gzip;q=0.5`: the coding's name and its weight, 1 without one, and 0 for a weight that is no number."""
    name, _, parameter = part.partition(";")
    key, _, weight = parameter.partition("=")
    try:
        return name.strip().lower(), float(weight) if key.strip().lower() == "q" else 1.0
    except ValueError:
        return name.strip().lower(), 0.0
