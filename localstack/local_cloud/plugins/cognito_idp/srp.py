"""The Secure Remote Password protocol as Cognito speaks it, the server's side. Pure mathematics: numbers and bytes.

SRP-6a (RFC 5054) over the 3072-bit group of RFC 3526 with generator 2. The strings that are hashed with it are not
documented by AWS; they are those of its open-source client, amazon-cognito-identity-js.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

_PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
_GENERATOR = 2


@dataclass(frozen=True)
class Exchange:
    """What the server says about itself, and the key that only a client with the password shares with it."""

    salt: int
    server_public: int
    key: bytes


def exchange(client_public: int, pool_name: str, username: str, password: str) -> Exchange:
    """Answer a client's public value with the server's, for a user of this password.

    `pool_name` is the pool's id after its region.

    Raises:
        ValueError: the client's value would make the key independent of the password.
    """
    if client_public % _PRIME == 0:
        raise ValueError("SRP_A must not be a multiple of the group's prime")
    salt, private = secrets.randbits(128), secrets.randbelow(_PRIME - 1) + 1
    identity = hashlib.sha256(f"{pool_name}{username}:{password}".encode()).digest()
    verifier = pow(_GENERATOR, _hash(_bytes(salt) + identity), _PRIME)
    multiplier = _hash(_bytes(_PRIME) + _bytes(_GENERATOR))
    server_public = (multiplier * verifier + pow(_GENERATOR, private, _PRIME)) % _PRIME
    scramble = _hash(_bytes(client_public) + _bytes(server_public))
    shared = pow(client_public * pow(verifier, scramble, _PRIME), private, _PRIME)
    return Exchange(salt, server_public, _derived_key(shared, scramble))


def signature(key: bytes, pool_name: str, username: str, secret_block: bytes, timestamp: str) -> bytes:
    """What a client that has the key signs to prove it."""
    message = f"{pool_name}{username}".encode() + secret_block + timestamp.encode()
    return hmac.digest(key, message, hashlib.sha256)


def _derived_key(shared: int, scramble: int) -> bytes:
    pseudorandom = hmac.digest(_bytes(scramble), _bytes(shared), hashlib.sha256)
    return hmac.digest(pseudorandom, b"Caldera Derived Key\x01", hashlib.sha256)[:16]


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.sha256(data).digest())


def _bytes(number: int) -> bytes:
    # One bit more than the number has, as if it could be negative.
    return number.to_bytes(number.bit_length() // 8 + 1)
