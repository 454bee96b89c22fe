"""Which files of the pages lie compressed in S3, which itself compresses nothing, and how. Pure.

Browsers undo it by the `Content-Encoding` that the object has. The same file always becomes the same bytes, so that its
ETag tells whether it is there.
"""

import gzip
from pathlib import PurePath

ENCODING = "gzip"
_TEXTS = frozenset({".css", ".html", ".js", ".json", ".map", ".svg", ".txt", ".wasm", ".webmanifest"})


def is_compressed(path: str) -> bool:
    """Whether the file at this path lies compressed; images and fonts are compressed by their own formats."""
    return PurePath(path).suffix in _TEXTS


def stored(path: str, content: bytes) -> bytes:
    """A file's content as it lies in S3."""
    return gzip.compress(content, mtime=0) if is_compressed(path) else content
