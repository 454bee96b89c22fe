"""What the learner's waits say beside the running bar (module 5b)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from chalicelib.events import OrderCompleted, OrderWaitsForBarista
from workshop.attempt import Attempt
from workshop.checks.broken_rules import WAIT
from workshop.checks.drinks import Wait, new_id, one_wait
from workshop.checks.first_half import is_deployed
from workshop.checks.microservice_at_work import answers_nobody_without_a_token, hear, rules_of
from workshop.checks.microservice_cost import what_a_drink_costs
from workshop.checks.microservice_files import is_a_project, its_tests_notice, its_tests_pass
from workshop.checks.microservice_rights import rights_are_no_wider_than_needed
from workshop.checks.rules_file import Target, reaches
from workshop.checks.stage import PATIENCE_S
from workshop.finding import Check, DoesNotHold
from workshop.microservice import WAITS

FLAT_WHITE, ESPRESSO = "Flat White", "Espresso"
_SECONDS = (60, 120, 300)  # whose average, 160, is neither their middle nor an average of averages
_AVERAGE = {FLAT_WHITE: 160, ESPRESSO: 30}

type Place = tuple[str, str]  # a file, and how the line begins that is meant

_KEEPING: Place = (f"{WAITS.folder}/chalicelib/hearing.py", "def kept(")
_NOTING: Place = (f"{WAITS.folder}/chalicelib/noted.py", "def note(")
_READING: Place = (f"{WAITS.folder}/chalicelib/noted.py", "def of(")
_AVERAGING: Place = (f"{WAITS.folder}/chalicelib/waits.py", "def waits(")
_ANSWERING: Place = (WAITS.app, f'@app.route("{WAITS.route}"')
_BOTH_ENDS = Target(
    "function", WAITS.function, frozenset({OrderWaitsForBarista.detail_type, OrderCompleted.detail_type}), minds=True
)


def an_order_is_the_same_however_it_is_told(attempt: Attempt) -> None:
    """Its two events leave the same in the table, whenever they are heard, in either order and however often."""
    wait = Wait(new_id("shop"), FLAT_WHITE, 60)
    left = _left_by(attempt, wait, [wait.begins, wait.ends])
    if not left:
        told = f"“{WAITS.function}” heard of an order twice, and nothing in your table speaks of it"
        raise DoesNotHold(told, "a row for it", [attempt.place_of(*_NOTING)], "write one: update_item")
    later, backwards = (replace(wait, order_id=new_id("order")) for _ in range(2))
    if _left_by(attempt, later, [later.begins, later.ends]) != left:
        seen = "two orders began and ended at the same times, and your table has other times for one than for the other"
        advice = 'when it happened says the event, in its detail: "at". When you heard of it is up to the bus'
        raise DoesNotHold(seen, "the times at which it happened", [attempt.place_of(*_KEEPING)], advice)
    if _left_by(attempt, backwards, [backwards.ends, backwards.begins, backwards.begins]) != left:
        raise DoesNotHold(
            "an order's end was heard before its beginning, and another row came of it",
            "the same, in whatever order its events come, and however often",
            [attempt.place_of(*_NOTING)],
            "let each event set its own part, and leave the rest of the row: update_item with SET, not put_item",
        )


def _left_by(attempt: Attempt, wait: Wait, events: Iterable[Mapping[str, Any]]) -> Sequence[str]:
    """What is in the table of an order when its events were heard: all but its id, and when its rows go."""
    for event in events:
        hear(attempt, WAITS, event, "a row that knows a little more")
    service = attempt.microservice(WAITS)
    goes = {table.expires for table in service.extension.tables}
    rows = ({name: value for name, value in row.items() if name not in goes} for row in service.rows(wait.order_id))
    return sorted(json.dumps(row, sort_keys=True).replace(wait.order_id, "order") for row in rows)


def each_shop_has_waits_of_its_own(attempt: Attempt) -> None:
    """What another shop does is not told here (Q59)."""
    other, shop = Wait(new_id("shop"), FLAT_WHITE, 900), new_id("shop")
    told = _told_after(attempt, shop, [other.begins, other.ends])
    if told != {}:
        seen = "in another shop a flat white took 15 minutes, and in this one nobody ever ordered"
        advice = "query the rows of the shop that is asked for, and no others"
        raise _says_otherwise(attempt, seen, told, {}, _READING, advice)


def three_orders_give_their_average(attempt: Attempt) -> None:
    """A shop's waits are the average of each drink's, to the second."""
    shop = new_id("shop")
    seen = "an hour ago three flat whites took 60, 120 and 300 seconds, and an espresso 30"
    advice = "give what waits() makes of that shop's orders, and let noted.of() give all that is known of them"
    _check_average(attempt, shop, _story(_served(shop)), seen, _ANSWERING, advice)


def a_cancelled_one_does_not_count(attempt: Attempt) -> None:
    """Who gave up did not get a drink after so long (Q59)."""
    shop = new_id("shop")
    gave_up = Wait(shop, FLAT_WHITE, 3000)
    events = [*_story(_served(shop)), gave_up.begins, gave_up.is_given_up]
    seen = "three flat whites were served, and a fourth customer gave up after 50 minutes"
    advice = "an order that is cancelled was never ready: keep nothing of what you do not know"
    _check_average(attempt, shop, events, seen, _KEEPING, advice)


def an_end_without_a_beginning_does_not_count(attempt: Attempt) -> None:
    """Nobody knows how long it took, and that breaks nothing."""
    shop = new_id("shop")
    events = [*_story(_served(shop)), Wait(shop, FLAT_WHITE, 60).ends]
    seen = "a drink was ready whose beginning was never heard"
    advice = "an order has a wait if both ends of it are known: leave out all others"
    _check_average(attempt, shop, events, seen, _AVERAGING, advice)


def whatever_comes_late_or_twice_changes_nothing(attempt: Attempt) -> None:
    """Each event told twice, and the last one first, gives the same."""
    shop = new_id("shop")
    events = [event for event in reversed(_story(_served(shop))) for _ in range(2)]
    seen = "the same three orders were told from the end to the beginning, and each event twice"
    advice = "the bus promises neither an order nor once: a row for each order, and its times in it"
    _check_average(attempt, shop, events, seen, _NOTING, advice)


def the_bus_tells_it(attempt: Attempt) -> None:
    """What is put on the bus is a wait."""
    service, wait = attempt.microservice(WAITS), Wait(new_id("shop"), ESPRESSO, 30)
    for event in (wait.begins, wait.ends):
        service.stage.orders.put(event["detail-type"], event["detail"])
    if not service.stage.wait(lambda: _told_of(attempt, wait.shop) == {ESPRESSO: 30}):
        raise DoesNotHold(
            f"an espresso was ready, and {PATIENCE_S} seconds later nobody is told how long it took",
            "a second or so later, GET /waits says it",
            [attempt.place_of(WAITS.rules, '"target"')],
            "nothing is in the way of the pattern: look at the rule's target, and into the function's log",
        )


def _served(shop: str) -> list[Wait]:
    """Three flat whites and an espresso, which was ready first."""
    return [Wait(shop, ESPRESSO, _AVERAGE[ESPRESSO]), *(Wait(shop, FLAT_WHITE, seconds) for seconds in _SECONDS)]


def _story(waits: Iterable[Wait]) -> list[dict[str, Any]]:
    """Their events, one order after the other."""
    return [event for wait in waits for event in (wait.begins, wait.ends)]


def _told_after(attempt: Attempt, shop: str, events: Iterable[Mapping[str, Any]]) -> object:
    """What is told of a shop after these events."""
    for event in events:
        hear(attempt, WAITS, event, "a wait is known a little better, or nothing happens")
    return _told_of(attempt, shop)


def _told_of(attempt: Attempt, shop: str) -> object:
    """What is told of a shop, or that something broke."""
    service = attempt.microservice(WAITS)
    answer = service.answer_to(service.customers[0], eventId=shop)
    return answer.json() if answer.is_success else _BROKE


def _check_average(
    attempt: Attempt, shop: str, events: Iterable[Mapping[str, Any]], seen: str, where: Place, advice: str
) -> None:
    """See that a shop says the average of those that were served, after these events.

    Raises:
        DoesNotHold: it says anything else.
    """
    told = _told_after(attempt, shop, events)
    if told != _AVERAGE:
        found = (_AVERAGING, _IN_PARTS) if told == _BROKE else (where, advice)
        raise _says_otherwise(attempt, seen, told, _AVERAGE, *found)


def _says_otherwise(
    attempt: Attempt, seen: str, told: object, expected: Mapping[str, int], where: Place, advice: str
) -> DoesNotHold:
    """What is said where the answer is another one than expected."""
    said = f"{seen}; GET {WAITS.route} says {json.dumps(told)[:80]}"
    return DoesNotHold(said, json.dumps(expected), [attempt.place_of(*where)], advice)


_BROKE = "something broke"
_IN_PARTS = "an order may be known in part for ever: leave it out. Where it broke is in the log of the routes' function"


STEPS = {
    "5b-1": (
        Check("waits is a project of Chalice's", is_a_project(WAITS)),
        Check("what is kept passes its tests", its_tests_pass(WAITS, "tests/test_hearing.py")),
    ),
    "5b-2": (
        Check("its tests pass", its_tests_pass(WAITS)),
        Check("its tests notice an average that is wrong", its_tests_notice(WAIT)),
    ),
    "5b-3": (
        Check("the running bar takes it", is_deployed),
        Check("an order is the same however it is told", an_order_is_the_same_however_it_is_told),
        Check("nobody is told without a token", answers_nobody_without_a_token(WAITS)),
        Check("each shop has waits of its own", each_shop_has_waits_of_its_own),
        Check("three orders give their average, to the second", three_orders_give_their_average),
        Check("a cancelled one does not count", a_cancelled_one_does_not_count),
        Check("an end without a beginning breaks nothing", an_end_without_a_beginning_does_not_count),
        Check("what comes late or twice changes nothing", whatever_comes_late_or_twice_changes_nothing),
        Check("both ends reach it, and nothing else does", reaches(_BOTH_ENDS, rules_of(WAITS), WAITS.rules)),
        Check("a drink on the bus is a wait", the_bus_tells_it),
        Check("it may do what it does, and no more", rights_are_no_wider_than_needed(WAITS)),
        Check("what it costs is known", what_a_drink_costs(WAITS, one_wait)),
    ),
}
