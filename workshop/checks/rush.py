"""Whether a learner's bar met a rush, lost nobody, and did what its learner expected (module 5a).

What is judged is the last rush that they let in: a check is over before a rush would be.
"""

from chalicelib.orders.model import TERMINAL, Order
from simulator.robots.rush_report import RushReport
from workshop.attempt import Attempt
from workshop.checks.rush_file import Prediction, prediction_in
from workshop.checks.rush_judged import Comparison, Meant, let_in
from workshop.finding import Check, DoesNotHold
from workshop.game_day.caught import order_of
from workshop.prediction import NAME


def _prediction(attempt: Attempt) -> Prediction:
    return prediction_in(attempt.source(NAME))


def it_is_predicted(attempt: Attempt) -> None:
    """The file says what is expected, and nothing impossible."""
    _prediction(attempt)


def _last_rush(attempt: Attempt) -> RushReport:
    """The last rush, if it is the one that is meant."""
    page = attempt.bar.outputs.frontends.get("barista", "")
    written = (attempt.folder / NAME).stat().st_mtime
    meant = Meant(_prediction(attempt), attempt.bar.outputs.endpoint_url, attempt.folder.name, written, page)
    return meant.is_that(RushReport.read(attempt.rush))


def a_rush_met_your_bar(attempt: Attempt) -> None:
    """The last rush was at the learner's bar, and is the one that is predicted."""
    _last_rush(attempt)


def no_order_is_lost(attempt: Attempt) -> str:
    """Each customer got an order or a refusal, and each order ended and gave its place back: the tables say so."""
    report = _last_rush(attempt)
    away = sum(report.turned_away.values())
    _see_that_each_got_an_answer(report, away)
    orders, held = _orders(attempt, report), attempt.bar.stage.bar.shops.places(report.shop)
    left = [one for one in orders if one.state not in TERMINAL or one.order_id in held]
    if left:
        raise DoesNotHold(
            f"{len(left)} of {len(orders)} orders have not ended, or hold their place yet",
            "each order ends in one way",
            [f"order {left[0].order_id}, in shop {report.shop}"],
            "follow that one in backstage: where does its execution wait? make sweep mends what is stuck",
        )
    return f"{len(orders)} orders ended, {away} customers were turned away, 0 are lost"


def _see_that_each_got_an_answer(report: RushReport, away: int) -> None:
    without_an_answer = report.customers - away - len(report.orders)
    if without_an_answer:
        raise DoesNotHold(
            f"{without_an_answer} customers got neither an order nor a refusal",
            "each gets one or the other",
            [f"the orders of shop {report.shop}, in backstage"],
            f"make logs says what failed; then {let_in(report.customers)}",
        )


def _orders(attempt: Attempt, report: RushReport) -> list[Order]:
    """The orders of a rush as they are in their table."""
    found = [order for guest in report.orders if (order := order_of(attempt.bar, guest.order_id))]
    if len(found) < len(report.orders):
        raise DoesNotHold(
            f"{len(report.orders) - len(found)} orders of the last rush are gone: the bar was begun anew",
            "a rush at this bar",
            [f"the orders of shop {report.shop}, in backstage"],
            let_in(report.customers),
        )
    return found


def _compared(attempt: Attempt) -> Comparison:
    return Comparison(_prediction(attempt), _last_rush(attempt))


def it_can_be_compared(attempt: Attempt) -> str:
    """What became of them is told beside what was expected; only who counts what is no place is put right."""
    compared = _compared(attempt)
    compared.see_that_places_decided()
    compared.see_that_only_the_turned_away_are_counted()
    return f"{compared.beside}. {compared.littles_law}"


def there_is_room(attempt: Attempt) -> None:
    """At most a tenth was turned away."""
    _compared(attempt).see_that_there_is_room()


def it_was_known(attempt: Attempt) -> None:
    """The prediction is right within a tenth."""
    _compared(attempt).see_that_it_was_known()


STEPS = {
    "5a-1": (
        Check("rush.toml says what you expect", it_is_predicted),
        Check("a rush met your bar", a_rush_met_your_bar),
        Check("no order was lost", no_order_is_lost),
        Check("places decided who was turned away", it_can_be_compared),
    ),
    "5a-2": (
        Check("nine of ten are let in", there_is_room),
        Check("you knew it", it_was_known),
    ),
}
