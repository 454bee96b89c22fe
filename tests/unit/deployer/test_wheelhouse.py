"""What pip says when it cannot fetch is told without the many lines of what it tried."""

from deployer.wheelhouse import pip_complaint


def test_what_pip_gave_up_for_is_told_without_its_attempts() -> None:
    said = "WARNING: Retrying (total=4)\nWARNING: Retrying (total=3)\nERROR: No matching distribution found for uv\n"
    assert pip_complaint(said) == "No matching distribution found for uv"


def test_whatever_else_pip_says_is_told_whole() -> None:
    assert pip_complaint("Traceback\nMemoryError\n") == "Traceback\nMemoryError"
