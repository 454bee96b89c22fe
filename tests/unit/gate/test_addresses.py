"""The gate listens on one address of this machine that the teacher names, and never on all of them."""

import pytest
from click.testing import CliRunner

from deployer.problem import Problem
from gate.__main__ import main
from gate.addresses import checked, choices, reachable, warning

HERE = {"192.168.1.20": "wlan0", "10.42.0.1": "ap0"}


def test_an_address_of_this_machine_will_do() -> None:
    assert checked("192.168.1.20", HERE) == "192.168.1.20"
    assert checked("127.0.0.1", HERE) == "127.0.0.1"


@pytest.mark.parametrize(
    "named",
    [
        *(
            "",
            "0.0.0.0",  # noqa: S104  # which is what must not be
            "::",
            "0",
            "00.0.0.0",
            "*",
            "::1",
            "fe80::1",
            "::ffff:192.168.1.20",
            "192.168.1.21",
            "224.0.0.1",
        ),
        *(
            "255.255.255.255",
            "wlan0",
            "localhost",
            "192.168.1.20:4443",
            "192.168.1.020",
            "192.168.1.20/24",
            " 192.168.1.20",
        ),
    ],
)
def test_any_other_is_refused_with_what_to_type(named: str) -> None:
    with pytest.raises(Problem) as problem:
        checked(named, HERE)
    assert "make share ADDRESS=192.168.1.20 " in str(problem.value)
    assert "# ap0" in str(problem.value)


def test_a_machine_without_a_network_is_told_to_find_one() -> None:
    assert "hotspot" in choices({})


def test_what_else_than_a_room_could_come_by_is_told() -> None:
    assert warning("192.168.1.20") is None
    assert "public" in str(warning("8.8.8.8"))
    assert "Only this machine" in str(warning("127.0.0.1"))


def test_loopback_is_nothing_that_others_could_reach() -> None:
    assert not [address for address in reachable() if address.startswith("127.")]


def test_the_command_tells_it_in_plain_words() -> None:
    ran = CliRunner().invoke(main, ["--address", "0.0.0.0"])  # noqa: S104  # which is what must not be
    assert ran.exit_code == 1
    assert "stands for every network of this machine" in ran.output
    assert "--plain" in CliRunner().invoke(main, ["--help"]).output


def test_without_a_bar_the_command_says_what_to_do(tmp_path: pytest.TempPathFactory) -> None:
    ran = CliRunner().invoke(
        main, ["--address", "127.0.0.1", "--outputs", f"{tmp_path}/none", "--folder", f"{tmp_path}/room"]
    )
    assert ran.exit_code == 1
    assert "run make local first" in ran.output
