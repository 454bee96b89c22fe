"""Texts lie compressed in S3, always as the same bytes; what its own format compresses lies as it is."""

import gzip

import pytest

from deployer.compression import is_compressed, stored

TEXT = b"the same again and " * 100


@pytest.mark.parametrize("path", ["order/index.html", "assets/a-1b2c.js", "assets/a.css", "icon.svg", "scanner.wasm"])
def test_a_text_is_smaller_and_comes_back(path: str) -> None:
    assert len(stored(path, TEXT)) < len(TEXT) / 2
    assert gzip.decompress(stored(path, TEXT)) == TEXT


@pytest.mark.parametrize("path", ["photo.png", "font.woff2", "assets/without-a-name"])
def test_anything_else_lies_as_it_is(path: str) -> None:
    assert not is_compressed(path)
    assert stored(path, TEXT) == TEXT


def test_the_same_file_is_always_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    before = stored("a.js", TEXT)
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert stored("a.js", TEXT) == before
