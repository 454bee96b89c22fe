"""What API Gateway makes of Content-Encoding and Accept-Encoding."""

import gzip
import tracemalloc
import zlib
from typing import Any

import pytest
from local_cloud.plugins.apigateway.content_codings import (
    TooLargeError,
    UndecodableError,
    accepted_coding,
    decoded,
    encoded,
)

TEXT = b"one flat white, please " * 40
MOST = 10_000


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_what_is_encoded_is_shorter_and_can_be_decoded(coding: str) -> None:
    assert len(encoded(TEXT, coding)) < len(TEXT)
    assert decoded(encoded(TEXT, coding), coding, MOST) == TEXT


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (gzip.compress(TEXT, mtime=0), " GZip "),
        (gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0), "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (TEXT, "identity"),
    ],
)
def test_a_body_that_others_encoded_is_decoded(body: bytes, coding: str) -> None:
    assert decoded(body, coding, MOST) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "identity"])
def test_no_body_is_no_body_in_any_coding(coding: str) -> None:
    assert decoded(b"", coding, MOST) == b""


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (TEXT, "gzip"),
        (TEXT, "deflate"),
        (gzip.compress(TEXT, mtime=0), "deflate"),
        (gzip.compress(TEXT, mtime=0)[:-1], "gzip"),
        (zlib.compress(TEXT)[:-1], "deflate"),
        (gzip.compress(TEXT, mtime=0) + b"more", "gzip"),
        (TEXT, "br"),
        (b"", "br"),
        (gzip.compress(TEXT, mtime=0), "gzip, deflate"),
        (TEXT, ""),
    ],
)
def test_what_is_not_so_coded_is_told_of(body: bytes, coding: str) -> None:
    with pytest.raises(UndecodableError):
        decoded(body, coding, MOST)


def test_a_body_may_become_as_large_as_it_may_but_no_larger() -> None:
    assert len(decoded(gzip.compress(b"0" * MOST, mtime=0), "gzip", MOST)) == MOST
    with pytest.raises(TooLargeError):
        decoded(gzip.compress(b"0" * (MOST + 1)), "gzip", MOST)
    with pytest.raises(TooLargeError):
        decoded(gzip.compress(b"0" * MOST, mtime=0) * 2, "gzip", MOST)


def test_what_would_become_huge_is_not_made() -> None:
    bomb = gzip.compress(b"0" * 50_000_000, mtime=0)
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        decoded(bomb, "gzip", MOST)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize(
    ("accept_encoding", "coding"),
    [
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("deflate", "deflate"),
        ("gzip, deflate, br, zstd", "gzip"),
        ("deflate,gzip", "deflate"),
        ("br, gzip", "gzip"),
        ("deflate;q=0.5, gzip;q=1.0", "gzip"),
        ("gzip;q=1.0, identity;q=0.5, *;q=0", "gzip"),
        ("br;q=1.0, gzip;q=0.8", None),
        ("identity, gzip;q=0.5", None),
        ("gzip;q=0", None),
        ("gzip;q=high", None),
        ("br", None),
        ("*", None),
        ("identity", None),
        ("", None),
    ],
)
def test_the_coding_is_the_clients_first_choice_or_none(accept_encoding: str, coding: str | None) -> None:
    assert accepted_coding(accept_encoding) == coding


def test_many_small_streams_are_not_copied_over_and_over(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    make = zlib.decompressobj

    class Counting:
        def __init__(self, window_bits: int) -> None:
            self._stream = make(window_bits)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._stream, name)

        def decompress(self, piece: bytes, most: int) -> bytes:
            given.append(len(piece))
            return self._stream.decompress(piece, most)

    monkeypatch.setattr(zlib, "decompressobj", Counting)
    many = 4_000
    assert decoded(gzip.compress(b"x", mtime=0) * many, "gzip", MOST) == b"x" * many
    assert sum(given) <= many * 4096  # all that is left each time would be forty times as much
