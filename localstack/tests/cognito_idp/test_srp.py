"""The server's half of SRP against a client's, written from the protocol's equations alone."""

import hashlib
import hmac

import pytest
from local_cloud.plugins.cognito_idp import srp

POOL_NAME, USERNAME, PASSWORD = "abcdefghi", "ana", "Secret-123"
CLIENT_PRIVATE = 0xC0FFEE


def sha256(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"".join(parts)).digest())


def signed(number: int) -> bytes:
    """Big-endian two's complement, as Java's BigInteger gives it."""
    return number.to_bytes(number.bit_length() // 8 + 1, signed=True)


def key_of_client(password: str, salt: int, server_public: int) -> bytes:
    prime, public = srp._PRIME, pow(2, CLIENT_PRIVATE, srp._PRIME)
    multiplier = sha256(signed(prime), signed(2))
    identity = hashlib.sha256(f"{POOL_NAME}{USERNAME}:{password}".encode()).digest()
    secret = sha256(signed(salt), identity)
    scramble = sha256(signed(public), signed(server_public))
    base = server_public - multiplier * pow(2, secret, prime)
    shared = pow(base, CLIENT_PRIVATE + scramble * secret, prime)
    extracted = hmac.digest(signed(scramble), signed(shared), "sha256")
    return hmac.digest(extracted, b"Caldera Derived Key" + bytes([1]), "sha256")[:16]


@pytest.mark.parametrize("_attempt", range(4))
def test_a_client_with_the_password_finds_the_server_s_key_and_nobody_else(_attempt: int) -> None:
    answer = srp.exchange(pow(2, CLIENT_PRIVATE, srp._PRIME), POOL_NAME, USERNAME, PASSWORD)
    assert key_of_client(PASSWORD, answer.salt, answer.server_public) == answer.key
    assert key_of_client("Secret-124", answer.salt, answer.server_public) != answer.key


@pytest.mark.parametrize("multiple", [0, 1, 2])
def test_a_public_value_that_would_make_the_password_needless_is_refused(multiple: int) -> None:
    with pytest.raises(ValueError, match="SRP_A"):
        srp.exchange(multiple * srp._PRIME, POOL_NAME, USERNAME, PASSWORD)


def test_the_server_never_says_the_same_twice() -> None:
    answers = {srp.exchange(4, POOL_NAME, USERNAME, PASSWORD).server_public for _ in range(5)}
    assert len(answers) == 5


def test_a_signature_depends_on_everything_that_it_signs() -> None:
    signatures = {
        srp.signature(b"key", POOL_NAME, USERNAME, b"block", "now"),
        srp.signature(b"another", POOL_NAME, USERNAME, b"block", "now"),
        srp.signature(b"key", "another", USERNAME, b"block", "now"),
        srp.signature(b"key", POOL_NAME, "bob", b"block", "now"),
        srp.signature(b"key", POOL_NAME, USERNAME, b"another", "now"),
        srp.signature(b"key", POOL_NAME, USERNAME, b"block", "then"),
    }
    assert len(signatures) == 6
