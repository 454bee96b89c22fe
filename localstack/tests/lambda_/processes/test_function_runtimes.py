"""Which Python runs a function."""

import json
import sys
from pathlib import Path

import pytest
from local_cloud.plugins.lambda_.processes.function_runtimes import (
    RuntimeUnavailableError,
    configured_runtimes,
    interpreter_for,
)

VARIABLE = "LOCAL_CLOUD_FUNCTION_RUNTIMES"


def test_each_runtime_has_its_interpreter() -> None:
    runtimes = configured_runtimes({VARIABLE: json.dumps({"python3.13": sys.executable})})
    assert interpreter_for("python3.13", runtimes) == Path(sys.executable)


def test_a_missing_runtime_is_told_with_those_there_are_and_how_to_add_it() -> None:
    runtimes = {"python3.13": Path(sys.executable), "python3.12": Path(sys.executable)}
    with pytest.raises(RuntimeUnavailableError) as caught:
        interpreter_for("python3.9", runtimes)
    text = str(caught.value)
    assert "Available: python3.12, python3.13." in text
    assert 'LOCAL_CLOUD_FUNCTION_RUNTIMES as in {"python3.9": "/path/to/venv/bin/python"}' in text


def test_without_the_variable_there_are_none() -> None:
    with pytest.raises(RuntimeUnavailableError, match="Available: none"):
        interpreter_for("python3.13", configured_runtimes({}))


def test_an_interpreter_that_cannot_be_started_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "bin" / "python"
    with pytest.raises(RuntimeUnavailableError, match=str(missing)):
        interpreter_for("python3.13", {"python3.13": missing})


def test_a_container_image_has_no_runtime() -> None:
    with pytest.raises(RuntimeUnavailableError, match="zip archive"):
        interpreter_for(None, {})


@pytest.mark.parametrize("text", ["python3.13=/bin/python", '["python3.13"]', '{"python3.13": 3}'])
def test_a_variable_of_another_form_is_told_as_it_is(text: str) -> None:
    with pytest.raises(RuntimeUnavailableError) as caught:
        configured_runtimes({VARIABLE: text})
    assert VARIABLE in str(caught.value)
    assert text in str(caught.value)
