"""The checks before a start say what is wrong in one line."""

import socket

import pytest
from local_cloud.preconditions import outdated_python, port_problem


@pytest.mark.parametrize("version", [(3, 13), (3, 14), (4, 0)])
def test_a_python_that_is_new_enough_is_no_problem(version: tuple[int, int]) -> None:
    assert outdated_python(version) is None


def test_an_old_python_is_named_with_what_to_install() -> None:
    problem = outdated_python((3, 12))
    assert problem == "Python 3.12 is too old for LocalStack: install Python 3.13 and run this with it."


def test_a_port_on_which_someone_listens_is_taken_and_is_free_when_they_have_left() -> None:
    with socket.socket() as someone:
        someone.bind(("127.0.0.1", 0))
        someone.listen()
        port = someone.getsockname()[1]
        assert port_problem(port) == "taken"
    assert port_problem(port) is None


def test_a_port_that_is_taken_on_all_interfaces_is_taken() -> None:
    with socket.socket() as someone:
        someone.bind(("0.0.0.0", 0))  # noqa: S104 - the case that is tested
        someone.listen()
        assert port_problem(someone.getsockname()[1]) == "taken"
