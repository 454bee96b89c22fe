"""The log tells why LocalStack died, and can be followed."""

from pathlib import Path

import pytest
from local_cloud.errors import LocalCloudError
from local_cloud.log_file import last_words, log_text


def test_localstacks_own_error_line_is_the_reason_although_a_traceback_follows() -> None:
    log = "starting\nERROR: the runtime exited: no cbor2\nTraceback:\n  File x\nImportError: no cbor2\n"
    assert last_words(log) == "the runtime exited: no cbor2"


def test_without_an_error_line_the_last_line_is_the_reason() -> None:
    assert last_words("Traceback:\n  File x\nImportError: no cbor2\n\n") == "ImportError: no cbor2"


def test_an_empty_log_has_a_reason_as_well() -> None:
    assert last_words("\n") == "it said nothing"


def test_following_a_log_gives_what_is_added_later(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("first\n")
    texts = log_text(log, follow=True)
    assert next(texts) == "first\n"
    with log.open("a") as file:
        file.write("second\n")
    assert next(text for text in texts if text) == "second\n"
    texts.close()  # type: ignore[attr-defined]  # the generator's own


def test_a_cloud_that_was_never_started_has_no_log(tmp_path: Path) -> None:
    with pytest.raises(LocalCloudError, match="never started"):
        next(log_text(tmp_path / "log", follow=False))
