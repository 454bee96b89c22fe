"""RS256 says yes to the key's own signatures and to nothing else."""

from hashlib import sha1, sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA512
from hypothesis import given
from hypothesis import strategies as st
from jwt.exceptions import InvalidKeyError

from chalicelib.identity.rs256 import SHA256_DIGEST_INFO, Rs256, RsaPublicKey, encoded
from tests.support.token_maker import public_jwk

PRIVATE: RSAPrivateKey = generate_private_key(65537, 2048)
NUMBERS = PRIVATE.private_numbers()
KEY = RsaPublicKey(NUMBERS.public_numbers.n, NUMBERS.public_numbers.e)
RS256 = Rs256()
MESSAGE = b"header.claims"


def signed_raw(block: bytes) -> bytes:
    """Whatever block one likes, under the private key."""
    return pow(int.from_bytes(block), NUMBERS.d, KEY.n).to_bytes(KEY.size)


@given(st.binary(max_size=300))
def test_a_signature_of_cryptographys_is_good_for_its_message_only(message: bytes) -> None:
    signature = PRIVATE.sign(message, PKCS1v15(), SHA256())
    assert RS256.verify(message, KEY, signature)
    assert not RS256.verify(message + b"x", KEY, signature)


@given(place=st.integers(0, 255), change=st.integers(1, 255))
def test_a_changed_signature_is_bad(place: int, change: int) -> None:
    signature = bytearray(PRIVATE.sign(MESSAGE, PKCS1v15(), SHA256()))
    signature[place] ^= change
    assert not RS256.verify(MESSAGE, KEY, bytes(signature))


def test_a_number_that_is_its_own_signature_is_bad() -> None:
    for number in (0, 1, KEY.n - 1):
        assert not RS256.verify(MESSAGE, KEY, number.to_bytes(KEY.size))


def test_a_signature_has_the_keys_length_and_is_below_its_modulus() -> None:
    signature = PRIVATE.sign(MESSAGE, PKCS1v15(), SHA256())
    for other in (signature[:-1], b"\x00" + signature, signature + b"\x00", b"", signature * 2):
        assert not RS256.verify(MESSAGE, KEY, other)
    above = int.from_bytes(signature) + KEY.n
    if above < 1 << (8 * KEY.size):
        assert not RS256.verify(MESSAGE, KEY, above.to_bytes(KEY.size))


@pytest.mark.parametrize(
    ("padding", "digest"),
    [(PKCS1v15(), SHA1()), (PKCS1v15(), SHA512()), (PSS(MGF1(SHA256()), 32), SHA256())],  # noqa: S303
    ids=["SHA-1", "SHA-512", "PSS"],
)
def test_a_signature_of_another_algorithm_is_bad(padding: Any, digest: Any) -> None:
    assert not RS256.verify(MESSAGE, KEY, PRIVATE.sign(MESSAGE, padding, digest))


def padded(*parts: bytes, filling: bytes = b"\xff", kind: bytes = b"\x00\x01") -> bytes:
    content = b"\x00" + b"".join(parts)
    return kind + filling * (KEY.size - len(content) - 2) + content


@pytest.mark.parametrize(
    "block",
    [
        padded(sha256(MESSAGE).digest()),
        padded(SHA256_DIGEST_INFO, sha1(MESSAGE).digest()),  # noqa: S324
        padded(SHA256_DIGEST_INFO, sha256(MESSAGE).digest(), filling=b"\x00"),
        padded(SHA256_DIGEST_INFO, sha256(MESSAGE).digest(), kind=b"\x00\x02"),
        b"\x00\x01\xff\x00" + (SHA256_DIGEST_INFO + sha256(MESSAGE).digest()).ljust(KEY.size - 4, b"\x00"),
        padded(bytes.fromhex("302f300b0609608648016503040201") + b"\x04\x20", sha256(MESSAGE).digest()),
    ],
    ids=["no digest info", "hash too short", "zeros", "type 2", "garbage behind the hash", "parameters left out"],
)
def test_a_block_that_a_lenient_parser_would_take_is_bad(block: bytes) -> None:
    """The forgeries of Bleichenbacher (2006) and their like live on parsing."""
    assert len(block) == KEY.size
    assert RS256.verify(MESSAGE, KEY, signed_raw(encoded(MESSAGE, KEY.size)))
    assert not RS256.verify(MESSAGE, KEY, signed_raw(block))


def test_a_published_key_is_read() -> None:
    key = Rs256.from_jwk(public_jwk())
    assert (key.n.bit_length(), key.e, key.size) == (2048, 65537, 256)


@pytest.mark.parametrize("change", [{"kty": "EC"}, {"alg": "RS512"}, {"use": "enc"}, {"n": public_jwk()["n"][:100]}])
def test_a_key_for_something_else_or_a_short_one_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(InvalidKeyError):
        Rs256.from_jwk(public_jwk() | change)
