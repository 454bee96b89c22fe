"""Checks are tried in order up to the first that does not hold, and what it saw is told in its parts."""

import pytest

from workshop.finding import Check, DoesNotHold, Result, Verdict, tried


def holds(_: str) -> None:
    """It does."""


def fails(subject: str) -> None:
    raise DoesNotHold(f"{subject} has four states", "five", ["my-bar/workflow.asl.json:9", "the graph"], "add one")


def test_what_lies_behind_a_failure_is_not_tried() -> None:
    heard: list[Result] = []
    results = tried([Check("a", holds), Check("b", fails), Check("c", holds), Check("d", fails)], "it", heard.append)
    assert [one.verdict for one in results] == [Verdict.HOLDS, Verdict.FAILS, Verdict.NOT_TRIED, Verdict.NOT_TRIED]
    assert heard == results


def test_a_finding_tells_what_was_seen_expected_where_and_what_to_try() -> None:
    (result,) = tried([Check("b", fails)], "it", lambda _: None)
    assert result.finding is not None
    assert result.finding.lines() == [
        ("seen", "it has four states"),
        ("expected", "five"),
        ("look", "my-bar/workflow.asl.json:9"),
        ("", "the graph"),
        ("try", "add one"),
    ]


def test_a_finding_leaves_out_what_it_does_not_know() -> None:
    assert DoesNotHold("it is empty").lines() == [("seen", "it is empty")]


def test_what_is_worth_knowing_is_told_of_what_holds() -> None:
    (result,) = tried([Check("a", lambda subject: f"{subject} is cheap")], "it", lambda _: None)
    assert (result.verdict, result.remark) == (Verdict.HOLDS, "it is cheap")


def test_a_mistake_of_ours_is_not_taken_for_the_learners() -> None:
    def breaks(_: str) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tried([Check("a", breaks)], "it", lambda _: None)
