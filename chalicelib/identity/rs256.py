"""RS256 for PyJWT on the standard library alone: verifies, never signs. Knows no claim.

PyJWT's own RS256 needs `cryptography`, whose compiled code runs on Lambda's platform only: see docs/adr/0009.
"""

import hmac
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NoReturn

from jwt.algorithms import Algorithm
from jwt.exceptions import InvalidKeyError
from jwt.utils import from_base64url_uint

SHORTEST_BITS = 2048  # RFC 7518, 3.3: "A key of size 2048 bits or larger MUST be used"
# The DER of SHA-256's DigestInfo without the hash itself (RFC 8017, 9.2, note 1).
SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


@dataclass(frozen=True)
class RsaPublicKey:
    """A public key: modulus and exponent."""

    n: int
    e: int

    @property
    def size(self) -> int:
        """How many bytes a signature has."""
        return (self.n.bit_length() + 7) // 8


class Rs256(Algorithm):
    """RSASSA-PKCS1-v1_5 with SHA-256."""

    def prepare_key(self, key: RsaPublicKey) -> RsaPublicKey:
        """The key as it is."""
        return key

    def verify(self, msg: bytes, key: RsaPublicKey, sig: bytes) -> bool:
        """Whether the signature is the key's on the message (RFC 8017, 8.2.2).

        What must have been signed is built and compared whole, byte for byte. Nothing is parsed, so there is nothing to
        smuggle in; nothing here is secret.
        """
        signed = int.from_bytes(sig)
        if len(sig) != key.size or signed >= key.n:
            return False
        return hmac.compare_digest(pow(signed, key.e, key.n).to_bytes(key.size), encoded(msg, key.size))

    def sign(self, msg: bytes, key: RsaPublicKey) -> NoReturn:
        """Nobody signs with a public key."""
        raise NotImplementedError("only Cognito signs")

    @staticmethod
    def from_jwk(jwk: str | dict[str, Any]) -> RsaPublicKey:
        """The key of a JSON Web Key.

        Raises:
            InvalidKeyError: it is no RSA key, or a short one.
        """
        members = json.loads(jwk) if isinstance(jwk, str) else jwk
        if members.get("kty") != "RSA" or members.get("alg", "RS256") != "RS256" or members.get("use", "sig") != "sig":
            raise InvalidKeyError("not a key for RS256")
        key = RsaPublicKey(from_base64url_uint(members["n"]), from_base64url_uint(members["e"]))
        if key.n.bit_length() < SHORTEST_BITS:
            raise InvalidKeyError(f"an RSA key of fewer than {SHORTEST_BITS} bits")
        return key

    @staticmethod
    def to_jwk(key_obj: Any, as_dict: bool = False) -> NoReturn:
        """Nobody needs it."""
        raise NotImplementedError("keys are Cognito's to publish")


def encoded(message: bytes, size: int) -> bytes:
    """EMSA-PKCS1-v1_5 of the message's SHA-256 in that many bytes (RFC 8017, 9.2)."""
    digest_info = SHA256_DIGEST_INFO + sha256(message).digest()
    return b"\x00\x01" + b"\xff" * (size - len(digest_info) - 3) + b"\x00" + digest_info
