"""What a run of robots tells at its end."""

from io import StringIO
from typing import cast

from rich.console import Console

from simulator.bar_client import Order
from simulator.robots.ledger import Ledger
from simulator.robots.running import Outcome
from simulator.robots.show import Scoreboard, report


def ledger_of(planned: int, *lives: list[tuple[str, int]]) -> Ledger:
    ledger = Ledger(planned)
    for number, life in enumerate(lives):
        ledger.begin(f"order-{number}")
        for state, at in life:
            order = {"orderId": f"order-{number}", "orderState": state, "createdTs": 0, "updatedTs": at, "reason": None}
            ledger.see(cast("Order", order))
    return ledger


def told(ledger: Ledger, outcome: Outcome) -> str:
    text = StringIO()
    report(Console(file=text, width=120), ledger, outcome, [0.25])
    return text.getvalue()


SERVED = [("SUBMITTED", 1000), ("IN_PRODUCTION", 3000), ("COMPLETED", 7000)]


def test_a_good_run_tells_endings_pace_and_waits() -> None:
    text = told(ledger_of(2, SERVED, [("CANCELLED", 500)]), Outcome(4, interrupted=False))
    assert "All orders are accounted for: 2 of 2 ended in exactly one way. 0.50 orders a second in 4.0 s." in text
    for line in ("from scan to choice │ 1 │ 1.00", "from choice to claim │ 1 │ 2.00", "from claim to cup │ 1 │ 4.00"):
        assert line in " ".join(text.split())
    assert "Not accounted for" not in text


def test_a_bad_run_names_each_order_that_is_left_and_who_gave_up() -> None:
    ledger = ledger_of(3, SERVED, [("SUBMITTED", 1000)])
    ledger.trouble("a customer gave up: [red] 500")
    text = told(ledger, Outcome(4, interrupted=False))
    assert "Not all orders are accounted for: 1 of 3 ended in exactly one way." in text
    assert "1 customers got no order, 1 orders have not ended" in text
    assert "order-1 CREATED and SUBMITTED" in text
    assert "a customer gave up: [red] 500 (1 times)" in text


def test_an_order_that_ended_twice_is_named_with_both_ends() -> None:
    text = told(ledger_of(1, [("COMPLETED", 1), ("CANCELLED", 2)]), Outcome(4, interrupted=False))
    assert "order-0 CREATED and COMPLETED and CANCELLED" in text


def test_an_interrupted_run_says_what_is_left() -> None:
    text = told(ledger_of(5, SERVED, [("SUBMITTED", 1000)]), Outcome(4, interrupted=True))
    assert "stopped before 3 customers got an order; 1 orders are left at the bar" in text


def test_a_long_list_of_leftovers_is_cut() -> None:
    text = told(ledger_of(30, *[[("SUBMITTED", 1000)]] * 30), Outcome(4, interrupted=True))
    assert "order-19 " in text
    assert "order-20 " not in text
    assert "and 10 more" in text


def test_the_scoreboard_shows_how_many_orders_are_in_each_state_and_explains_a_standstill() -> None:
    ledger, text = ledger_of(4, SERVED, [("SUBMITTED", 1000)]), StringIO()
    ledger.tries_again("NoTokensRemaining")
    with Scoreboard(Console(file=text, width=80), ledger) as board:
        board.refresh()
        board.refresh()
    words = " ".join(text.getvalue().replace("━", "").replace("╸", "").split())
    assert words.count("The code is used up") == 1
    for row in ("not here yet 2/4", "CREATED 0/4", "SUBMITTED 1/4", "COMPLETED 1/4"):
        assert row in words
