"""The SHA-256 that a list of contents has of each file, and people compare by eye."""

import hashlib
from typing import IO

CHUNK = 2**20


def sha256_of(content: IO[bytes]) -> str:
    """In hexadecimal digits; read to its end, of which little is in memory at a time."""
    digest = hashlib.sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
