"""What robots decide: never what the bar would refuse, and as often as was asked for."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.shop.model import choose, menu_entries
from simulator.robots.choices import (
    BadHabits,
    Habits,
    Visit,
    barista_cancels,
    choose_cup,
    choose_visit,
    seconds,
)
from tests.support.orders import MENU

ENTRIES = menu_entries(MENU)
MANY = 4000
RANDOM = st.integers().map(Random)
SHARES = st.tuples(st.floats(0, 1), st.floats(0, 1)).filter(lambda shares: sum(shares) <= 1)


@given(RANDOM)
def test_q60_a_chosen_cup_is_one_that_the_bar_accepts(rng: Random) -> None:
    cup = choose_cup(rng, ENTRIES)
    assert cup is not None
    assert choose(MENU, cup.drink, cup.modifiers).drink == cup.drink


def test_every_available_drink_and_option_is_chosen_now_and_then_and_no_other() -> None:
    rng = Random(1)
    cups = [cup for _ in range(300) if (cup := choose_cup(rng, ENTRIES))]
    assert {cup.drink for cup in cups} == {"Latte", "Espresso"}
    assert {option for cup in cups for option in cup.modifiers} == {"Regular", "Oat", "Small", "Large"}
    assert {len(cup.modifiers) for cup in cups} == {0, 1, 2}


@pytest.mark.parametrize("menu", [[], [entry for entry in ENTRIES if not entry["available"]]])
def test_nothing_is_chosen_where_nothing_is_to_be_had(menu: list[dict[str, object]]) -> None:
    assert choose_cup(Random(1), menu) is None


def test_the_same_seed_makes_the_same_choices() -> None:
    habits = Habits(0.3, 0.2)

    def choices(seed: int) -> list[object]:
        rng = Random(seed)
        return [(choose_visit(rng, habits), choose_cup(rng, ENTRIES), seconds(rng, (1, 5), 1)) for _ in range(20)]

    assert choices(7) == choices(7) != choices(8)


def test_customers_behave_as_often_in_each_way_as_their_habits_say() -> None:
    rng, habits = Random(1), Habits(cancel_share=0.3, forget_share=0.2)
    seen = Counter(choose_visit(rng, habits) for _ in range(MANY))
    shares = {visit: seen[visit] / MANY for visit in Visit}
    assert shares == pytest.approx(
        {Visit.FORGET: 0.2, Visit.CHANGE_MIND: 0.1, Visit.CALL_OFF: 0.1, Visit.COLLECT: 0.6}, abs=0.03
    )


def test_as_many_orders_are_called_off_as_was_asked_for_baristas_included() -> None:
    rng, habits = Random(1), Habits(cancel_share=0.6, forget_share=0.1)
    visits = [choose_visit(rng, habits) for _ in range(MANY)]
    by_customers = sum(visit in {Visit.CHANGE_MIND, Visit.CALL_OFF} for visit in visits)
    by_baristas = sum(barista_cancels(rng, habits) for visit in visits if visit is Visit.COLLECT)
    assert (by_customers + by_baristas) / MANY == pytest.approx(0.6, abs=0.03)


@given(SHARES)
def test_a_share_of_what_comes_to_a_barista_is_a_share(shares: tuple[float, float]) -> None:
    assert 0 <= Habits(*shares).barista_cancels <= 1


@given(RANDOM)
def test_without_such_habits_nobody_cancels_or_forgets(rng: Random) -> None:
    assert choose_visit(rng, Habits()) is Visit.COLLECT
    assert not barista_cancels(rng, Habits())


@given(RANDOM, st.floats(0.1, 1000))
def test_who_is_faster_takes_so_many_times_less(rng: Random, speed: float) -> None:
    assert 3 <= seconds(rng, (3, 9), speed) * speed * (1 + 1e-9) <= 9.001


@pytest.mark.parametrize("habits", [(-0.1, 0, 1), (0, -0.1, 1), (0.7, 0.4, 1), (0, 0, 0), (0, 0, -1)])
def test_impossible_habits_are_refused(habits: tuple[float, float, float]) -> None:
    with pytest.raises(BadHabits, match="must be"):
        Habits(*habits)
