"""A local cloud is this checkout's by the folder that it runs in; what does not tell is nobody's."""

import json
from pathlib import Path

import pytest

from deployer.ownership import HOME_VARIABLE, check_own, homes_of, told_in
from deployer.problem import Problem

ENDPOINT = "http://127.0.0.1:4566"


def run_folder(checkout: Path) -> Path:
    return checkout / ".local" / "cloud" / "run" / "4566"


def test_the_cloud_of_this_checkout_is_its_own(tmp_path: Path) -> None:
    check_own(ENDPOINT, run_folder(tmp_path), homes_of(tmp_path, {}))


def test_so_is_one_whose_home_was_put_elsewhere(tmp_path: Path) -> None:
    elsewhere = tmp_path / "cache" / "cloud"
    homes = homes_of(tmp_path / "checkout", {HOME_VARIABLE: str(elsewhere)})
    check_own(ENDPOINT, elsewhere / "run" / "4566", homes)
    check_own(ENDPOINT, run_folder(tmp_path / "checkout"), homes)  # started before the variable was set


def test_a_relative_home_is_meant_from_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    check_own(ENDPOINT, tmp_path / "mine" / "run" / "4566", homes_of(tmp_path / "checkout", {HOME_VARIABLE: "mine"}))


@pytest.mark.parametrize("linked", ["checkout", "cloud"])
def test_a_link_to_a_checkout_is_that_checkout(tmp_path: Path, linked: str) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    asked, told = ("link", "real") if linked == "checkout" else ("real", "link")
    check_own(ENDPOINT, run_folder(tmp_path / told), homes_of(tmp_path / asked, {}))


@pytest.mark.parametrize("theirs", ["neighbour", "bar-2", "bar/worktrees/second"])
def test_somebody_elses_cloud_is_refused_and_its_folder_is_told(tmp_path: Path, theirs: str) -> None:
    folder = run_folder(tmp_path / theirs)
    with pytest.raises(Problem, match=f"{ENDPOINT} is not this checkout's local cloud: it runs in {folder}") as told:
        check_own(ENDPOINT, folder, homes_of(tmp_path / "bar", {}))
    assert "--anyway" in told.value.suggestion
    assert HOME_VARIABLE in told.value.suggestion


def test_what_does_not_say_whose_it_is_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="it does not say whose it is") as told:
        check_own(ENDPOINT, None, homes_of(tmp_path, {}))
    assert "--anyway" in told.value.suggestion


@pytest.mark.parametrize(
    "said",
    [
        *("", "<html>", "null", "[]", "{}", '"/bar"', '{"runFolder": 1}', '{"runFolder": ""}', '{"runFolder": "bar"}'),
        json.dumps({"runFolder": "/bar\x1b[2J"}),
        json.dumps({"runFolder": "/bar\n--yes"}),
        "[" * 100_000,
    ],
)
def test_an_answer_that_names_no_folder_is_none(said: str) -> None:
    assert told_in(said) is None


def test_an_answer_may_say_more() -> None:
    assert told_in('{"runFolder": "/a b/run/1", "pid": 7}') == Path("/a b/run/1")
