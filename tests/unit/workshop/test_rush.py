"""A rush beside what was expected of it: the one that was meant, judged kindly, with its own numbers."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from deployer.json_source import JsonSource
from simulator.robots.rush_report import Guest, RushReport
from tests.support.house_rules import keeps_the_house_rules
from tests.support.walking import mistaken, told_by
from tests.unit.simulator.memory_counter import OUTPUTS
from tests.unit.workshop.test_syllabus import no_cloud, no_pattern
from workshop.attempt import Attempt, RunningBar
from workshop.checks.rush import a_rush_met_your_bar
from workshop.checks.rush_file import Prediction, prediction_in
from workshop.checks.rush_judged import Comparison, Meant
from workshop.finding import DoesNotHold
from workshop.modules import Mistake, module
from workshop.prediction import BEGINNING, NAME, rush_after
from workshop.running import finished

if TYPE_CHECKING:
    from workshop.checks.stage import Stage

BAR, PAGE, LIMITS = (
    "http://127.0.0.1:1",
    "http://127.0.0.1:1/barista",
    {"maxOrdersInQueue": 12, "drinksPerBarcode": 500},
)
BEGAN = 1000.0


def guests(served: int, called_off: int, held_s: float = 12) -> list[Guest]:
    made = [Guest(f"made-{number}", "COMPLETED", None, held_s) for number in range(served)]
    return made + [Guest(f"off-{number}", "CANCELLED", "Cancelled by customer", held_s) for number in range(called_off)]


REPORT = RushReport(
    endpoint=BAR,
    made_with="my-bar",
    shop="ABC",
    began=BEGAN,
    customers=60,
    a_second=2.0,
    limits=LIMITS,
    limits_afterwards=LIMITS,
    turned_away={"BarFull": 20},
    orders=guests(36, 4),
    interrupted=False,
)


def written(text: str) -> JsonSource:
    return JsonSource(f"my-bar/{NAME}", text)


def predicted(step: str = "5a-1", **instead: str) -> Prediction:
    """As that step's solution has it, but for some values in its last prediction."""
    text = rush_after(step)[NAME]
    before, _, last = text.rpartition("[[prediction]]\n")
    for key, value in instead.items():
        line = next(line for line in last.splitlines() if line.startswith(f"{key} ="))
        last = last.replace(line, f"{key} = {value}")
    return prediction_in(written(f"{before}[[prediction]]\n{last}"))


def meant(prediction: Prediction | None = None) -> Meant:
    return Meant(prediction or predicted(), BAR, "my-bar", BEGAN - 1, PAGE)


def refusal(judge: Callable[[], object]) -> str:
    """What is told, within the house's rules."""
    with pytest.raises(DoesNotHold) as refused:
        judge()
    keeps_the_house_rules(refused.value)
    return told_by(refused.value)


def test_the_last_prediction_of_the_file_counts() -> None:
    first, second = predicted("5a-1"), predicted("5a-2")
    assert (first.shop, first.customers, first.places, first.drinks, first.held_s) == ("ABC", 60, 12, 500, 12)
    assert (first.served, first.called_off, first.turned_away) == (36, 4, 20)
    assert (second.places, second.turned_away) == (60, 0)
    assert second.at("maxOrdersInQueue") == "my-bar/rush.toml:15"
    assert second.at("shop") == "my-bar/rush.toml:3"


def test_one_table_is_a_prediction_too() -> None:
    text = rush_after("5a-1")[NAME].replace("[[prediction]]", "[prediction]")
    assert prediction_in(written(text)).turned_away == 20


@pytest.mark.parametrize("text", [rush_after(BEGINNING)[NAME], 'shop = "A"\ncustomers = 60\nprediction = [1]\n'])
def test_a_file_without_a_prediction_says_what_belongs_to_one(text: str) -> None:
    told = refusal(lambda: prediction_in(written(text)))
    assert "has no prediction yet" in told
    assert "maxOrdersInQueue, drinksPerBarcode, heldSeconds, served, calledOff, turnedAway" in told


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("turnedAway", '"20"', "turnedAway is '20'"),
        ("turnedAway", "61", "a number from 0 to 60"),
        ("turnedAway", "nan", "turnedAway is nan"),
        ("served", "true", "served is True"),
        ("served", "36.5", "a whole number"),
        ("maxOrdersInQueue", "0", "a number from 1 to 1000"),
        ("heldSeconds", "-1", "a number from 0 to 3600"),
        ("served", "35", "35 + 4 + 20 are 59 customers, and 60 come"),
    ],
)
def test_a_value_that_cannot_be_meant_so_is_told_with_its_line(key: str, value: str, says: str) -> None:
    assert says in refusal(lambda: predicted(**{key: value}))


@pytest.mark.parametrize(
    "text", ["customers = 60", "shop = 1\ncustomers = 60\n[prediction]\n", "x", "a = 1\na = 2", 'x = """']
)
def test_whatever_is_in_the_file_is_refused_in_words(text: str) -> None:
    assert "my-bar/rush.toml" in refusal(lambda: prediction_in(written(text)))


NOT_MEANT: list[tuple[dict[str, Any], str]] = [
    ({"endpoint": "http://127.0.0.1:2"}, "was at another bar, at http://127.0.0.1:2"),
    ({"made_with": None}, "was at the finished bar; now it is yours that runs"),
    ({"made_with": "other-bar"}, "was at the bar of other-bar"),
    ({"interrupted": True}, "was ended before its time"),
    ({"began": BEGAN - 2}, "began before rush.toml was written"),
    ({"shop": "ROBOTS"}, "was at shop ROBOTS, and rush.toml is about shop ABC"),
    ({"customers": 50}, "50 customers came, and rush.toml is about 60"),
    ({"limits": {**LIMITS, "maxOrdersInQueue": 20}, "limits_afterwards": {**LIMITS, "maxOrdersInQueue": 20}}, "20"),
    ({"limits": {**LIMITS, "drinksPerBarcode": 60}, "limits_afterwards": {**LIMITS, "drinksPerBarcode": 60}}, "60"),
]


@pytest.mark.parametrize(("instead", "says"), NOT_MEANT)
def test_a_rush_that_was_not_meant_is_not_judged(instead: dict[str, Any], says: str) -> None:
    assert says in refusal(lambda: meant().is_that(replace(REPORT, **instead)))


def test_before_any_rush_it_is_said_how_one_is_let_in() -> None:
    told = refusal(lambda: meant().is_that(None))
    assert "no rush was let in yet" in told
    assert "make robots ORDERS=60 RUSH=2" in told
    assert PAGE in told


def test_a_limit_that_was_raised_meanwhile_may_be_the_one_that_was_meant() -> None:
    raised = replace(REPORT, limits={**LIMITS, "maxOrdersInQueue": 5})
    assert meant().is_that(raised) == raised
    assert Comparison(predicted(), raised).littles_law.endswith("there were 5, and 12 in the end")


def test_a_prediction_is_judged_kindly_and_with_the_rushs_own_numbers() -> None:
    compared = Comparison(predicted(), replace(REPORT, turned_away={"BarFull": 29}, orders=guests(28, 3, 16)))
    compared.see_that_places_decided()
    compared.see_that_only_the_turned_away_are_counted()
    assert compared.beside == "you said 20, it was 29: places were held 4 s longer than you thought"
    law = "2.0 customers a second times 16 s held are 32 places, if they kept coming; there were 12"
    assert compared.littles_law == law
    assert Comparison(predicted(heldSeconds="15"), REPORT).beside.endswith("held 3 s shorter than you thought")
    assert Comparison(predicted(), REPORT).beside.endswith("held as long as you thought")


def test_nobody_is_held_for_a_place_where_nobody_got_one() -> None:
    nobody = replace(REPORT, orders=[], turned_away={"BarFull": 60})
    assert Comparison(predicted(), nobody).held_s == 0


def test_who_was_turned_away_by_the_code_is_told_apart() -> None:
    report = replace(REPORT, turned_away={"BarFull": 5, "NoTokensRemaining": 15})
    told = refusal(Comparison(predicted(), report).see_that_places_decided)
    assert "15 of 20 who were turned away met a code that was used up" in told
    assert "good for 500 drinks, for all rushes of five minutes" in told


def test_who_called_off_is_not_who_was_turned_away() -> None:
    report = replace(REPORT, orders=guests(30, 10))
    judged = Comparison(predicted(turnedAway="30", served="26"), report)
    told = refusal(judged.see_that_only_the_turned_away_are_counted)
    assert "you said 30: 20 were turned away, and 10 called their order off" in told
    Comparison(predicted(turnedAway="40", served="16"), report).see_that_only_the_turned_away_are_counted()
    for away, called_off in ((22, 0), (27, 2), (13, 5)):
        other = replace(REPORT, turned_away={"BarFull": away}, orders=guests(30, called_off))
        Comparison(predicted(), other).see_that_only_the_turned_away_are_counted()


def test_there_is_room_where_nine_of_ten_are_let_in_and_it_was_known() -> None:
    second = predicted("5a-2")
    for away in (0, 6):
        Comparison(second, replace(REPORT, turned_away={"BarFull": away})).see_that_there_is_room()
        Comparison(second, replace(REPORT, turned_away={"BarFull": away})).see_that_it_was_known()
    told = refusal(Comparison(second, replace(REPORT, turned_away={"BarFull": 7})).see_that_there_is_room)
    assert "7 of 60 customers were turned away" in told
    assert "2.0 customers a second times 12 s held are 24 places" in told
    pessimist = predicted("5a-2", served="39", calledOff="6", turnedAway="15")
    told = refusal(Comparison(pessimist, replace(REPORT, turned_away={"BarFull": 2})).see_that_it_was_known)
    assert "you said 15, it was 2" in told


@pytest.mark.parametrize("mistake", [one for one in module("5a").mistakes if one.cloud], ids=lambda one: one.name)
def test_a_mistake_that_only_a_rush_shows_is_told(mistake: Mistake, tmp_path: Path) -> None:
    folder, outputs = mistaken(tmp_path, module("5a"), mistake), replace(OUTPUTS, endpoint_url=BAR)
    later = replace(REPORT, began=(folder.root / NAME).stat().st_mtime + 1)
    later.write(tmp_path / "rush.json")
    bar = RunningBar(outputs, cast("Stage", None), no_cloud)
    attempt = Attempt(folder.root, finished, no_pattern, lambda: bar, rush=tmp_path / "rush.json")
    with pytest.raises(DoesNotHold) as refused:
        a_rush_met_your_bar(attempt)
    assert [part for part in mistake.says if part not in told_by(refused.value)] == []
    keeps_the_house_rules(refused.value)
