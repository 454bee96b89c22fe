"""An issuer's public keys, fetched over HTTP when they are first needed. Verifies nothing."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Any
from urllib.request import urlopen

from jwt.exceptions import InvalidKeyError

from chalicelib.clock import now_ms
from chalicelib.identity.rs256 import Rs256, RsaPublicKey

LOOK_AGAIN_MS = 60_000
PATIENCE_S = 5


@dataclass
class KeySet:
    """The keys at `<issuer>/.well-known/jwks.json`, kept for the life of this process.

    Attributes:
        fetch: gives the JSON at a URL.
        clock: ms since 1970.
    """

    issuer: str
    fetch: Callable[[str], Mapping[str, Any]]
    clock: Callable[[], int] = now_ms
    _keys: dict[str, RsaPublicKey] = field(default_factory=dict)
    _fetched: int | None = None
    _lock: Lock = field(default_factory=Lock)

    def find(self, key_id: str) -> RsaPublicKey | None:
        """The key of that id, or None.

        An unknown id may be that of a new key: it is looked for again, once a minute, however many bad tokens come.

        Raises:
            OSError, ValueError: the keys could not be fetched.
        """
        with self._lock:
            if key_id not in self._keys and self._may_look():
                found = self.fetch(f"{self.issuer}/.well-known/jwks.json")
                self._keys, self._fetched = dict(_usable(found)), self.clock()
            return self._keys.get(key_id)

    def _may_look(self) -> bool:
        return self._fetched is None or self.clock() - self._fetched >= LOOK_AGAIN_MS


def _usable(key_set: Mapping[str, Any]) -> list[tuple[str, RsaPublicKey]]:
    usable = []
    for jwk in key_set.get("keys", []):
        try:
            usable.append((jwk["kid"], Rs256.from_jwk(jwk)))
        except (InvalidKeyError, KeyError):
            continue  # a key for something else, which is none of ours
    return usable


def _over_http(url: str) -> Mapping[str, Any]:
    with urlopen(url, timeout=PATIENCE_S) as answer:  # noqa: S310  # the issuer is our own configuration
        found: Mapping[str, Any] = json.load(answer)
    return found


@cache
def key_set(issuer: str) -> KeySet:
    """The issuer's keys, as this process knows them."""
    return KeySet(issuer, _over_http)
