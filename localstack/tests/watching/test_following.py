"""When saves are put in: at once, again when the cloud is back, and never is a mistake the end of it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from local_cloud.watching.following import AWAY, BACK, ENDED, STAYS, Follower, follow
from local_cloud.watching.mistake import CloudAwayError, MistakeError

APP, OTHER, NOTHING = frozenset({Path("app.py")}), frozenset({Path("other.py")}), frozenset[Path]()


class Script:
    """What is followed, as a test wants it to go: whatever is in `raising` is raised, one at a time."""

    def __init__(self, *raising: Exception | None) -> None:
        self.raising, self.there, self.done = list(raising), True, list[str]()

    def answers(self) -> bool:
        return self.there

    def catch_up(self) -> None:
        self._do("all")

    def put(self, saved: frozenset[Path]) -> None:
        self._do(" ".join(sorted(map(str, saved))))

    def _do(self, what: str) -> None:
        self.done.append(what)
        if error := self.raising.pop(0) if self.raising else None:
            raise error


def took(script: Script, *batches: frozenset[Path]) -> Sequence[str]:
    said: list[str] = []
    follower = Follower(script, said.append)
    for batch in batches:
        follower.take(batch)
    return said


def test_what_was_saved_before_it_began_is_put_in_first_and_then_each_save() -> None:
    script = Script()
    assert took(script, NOTHING, APP, NOTHING, OTHER) == []
    assert script.done == ["all", "app.py", "other.py"]


def test_a_mistake_is_told_and_only_the_next_save_is_tried() -> None:
    script = Script(None, MistakeError("app.py:3: invalid syntax"))
    assert took(script, NOTHING, APP, NOTHING, NOTHING, APP) == [f"✗ app.py:3: invalid syntax; {STAYS}"]
    assert script.done == ["all", "app.py", "app.py"]


def test_a_mistake_that_is_saved_twice_is_told_twice() -> None:
    script = Script(None, MistakeError("app.py:3: invalid syntax"), MistakeError("app.py:3: invalid syntax"))
    assert took(script, NOTHING, APP, APP) == [f"✗ app.py:3: invalid syntax; {STAYS}"] * 2


def test_a_mistake_that_was_there_before_it_began_does_not_keep_out_what_mends_it() -> None:
    script = Script(MistakeError("app.py:3: invalid syntax"))
    took(script, NOTHING, NOTHING, APP)
    assert script.done == ["all", "all"]


def test_what_was_saved_while_the_cloud_was_away_is_put_in_when_it_is_back() -> None:
    script, said = Script(), list[str]()
    follower = Follower(script, said.append)
    follower.take(NOTHING)
    script.there = False
    for batch in (NOTHING, APP, NOTHING):
        follower.take(batch)
    assert (script.done, said) == (["all"], [AWAY])
    script.there = True
    follower.take(NOTHING)
    follower.take(NOTHING)
    assert (script.done, said) == (["all", "all"], [AWAY, BACK])


def test_a_cloud_that_answers_and_is_not_ready_is_asked_again_ever_more_seldom_and_told_once() -> None:
    away = [CloudAwayError("no function yet")] * 3
    script = Script(*away)
    said = took(script, *[NOTHING] * 20)
    assert script.done == ["all"] * 4
    assert said == ["✗ no function yet; trying again"]


def test_what_nobody_thought_of_does_not_end_it_and_all_is_compared_again() -> None:
    script = Script(None, ZeroDivisionError("division by zero"))
    said = took(script, NOTHING, APP, NOTHING, OTHER)
    assert script.done == ["all", "app.py", "all"]
    assert said == ["✗ ZeroDivisionError: division by zero; the next save tries all of it again"]


def test_ctrl_c_ends_it_in_one_line() -> None:
    def batches() -> object:
        yield NOTHING
        raise KeyboardInterrupt

    said: list[str] = []
    follow(batches(), Script(), said.append)  # type: ignore[arg-type]
    assert said == [ENDED]


@pytest.mark.parametrize("cloud_says", ["no function yet", "throttled"])
def test_what_the_cloud_refuses_is_all_compared_again(cloud_says: str) -> None:
    script = Script(None, CloudAwayError(cloud_says))
    took(script, NOTHING, APP, *[NOTHING] * 3)
    assert script.done == ["all", "app.py", "all"]
