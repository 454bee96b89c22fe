"""What the learner's stamp card does beside the running bar (module 3)."""

from collections.abc import Mapping
from typing import Any

from chalicelib.events import OrderCompleted
from simulator.probe.recorder import Recorded, Recorder, recording
from workshop.attempt import Attempt
from workshop.checks.broken_rules import CARD
from workshop.checks.drinks import drink_of, new_id, one_drink
from workshop.checks.first_half import is_deployed
from workshop.checks.microservice_at_work import answers_nobody_without_a_token, handler, hear, route, rules_of
from workshop.checks.microservice_cost import what_a_drink_costs
from workshop.checks.microservice_files import is_a_project, its_tests_notice, its_tests_pass
from workshop.checks.microservice_rights import rights_are_no_wider_than_needed
from workshop.checks.rules_file import Target, reaches
from workshop.checks.stage import PATIENCE_S
from workshop.finding import Check, DoesNotHold
from workshop.microservice import STAMPS

FULL = 5
FREE_DRINK = "StampCard.FreeDrink"
ANYBODY = {"exists": True}
_RECORDER = "workshop-check"  # always this one, lest each check that is killed leaves another on the bus
_STAMPS = f"{STAMPS.folder}/chalicelib/stamps.py"
_SUB = 'take the person from the token: app.current_request.context["authorizer"]["claims"]["sub"]'
_DRINKS = Target("function", STAMPS.function, frozenset({OrderCompleted.detail_type}), minds=True)


def _hear(attempt: Attempt, drink: Mapping[str, Any]) -> None:
    hear(attempt, STAMPS, drink, "a stamp")


def one_drink_is_one_stamp(attempt: Attempt) -> None:
    """However often a drink is told, it changes the card once."""
    service = attempt.microservice(STAMPS)
    user_id, order_id = new_id("ana"), new_id("order")
    _hear(attempt, drink_of(user_id, order_id))
    once = service.rows(user_id)
    if not once:
        told = "a drink was ready, and nothing in your table speaks of its customer"
        raise DoesNotHold(told, "a row for it", [attempt.place_of(_STAMPS, "def note(")], "write one: put_item")
    for event_id in ("event-1", "event-2"):
        _hear(attempt, drink_of(user_id, order_id, event_id))
    if service.rows(user_id) != once:
        raise DoesNotHold(
            "one drink was told three times, and the card changed each time",
            "one drink is one stamp: the bus delivers an event once at least, and now and then twice",
            [attempt.place_of(_STAMPS, "def note(")],
            "let the order's id be part of the row's key: to write the same row again then changes nothing",
        )


def everybody_sees_their_own_card(attempt: Attempt) -> None:
    """A card is that of whoever asks, whatever they ask for."""
    service = attempt.microservice(STAMPS)
    ana, ben = service.customers
    _hear(attempt, drink_of(ana.user_id, new_id("order")))
    stamps = _stamps(attempt, service.answer_to(ana).json())
    if stamps != 1:
        where = [attempt.place_of(_STAMPS, "def entries(")]
        raise DoesNotHold(f"Ana had one drink, and her card says {stamps}", "one stamp", where, "query her rows")
    for query in ({}, {"userId": ana.user_id}, {"user_id": ana.user_id}, {"sub": ana.user_id}):
        if _stamps(attempt, service.answer_to(ben, **query).json()):
            told = f"Ben read Ana's card by ?{next(iter(query))}=" if query else "Ben had no drink, and read Ana's card"
            raise DoesNotHold(told, "everybody sees their own card", [route(attempt, STAMPS)], _SUB)


def _stamps(attempt: Attempt, answer: object) -> int:
    if not isinstance(answer, dict) or not isinstance(answer.get("stamps"), int):
        where = [route(attempt, STAMPS)]
        raise DoesNotHold(f"GET /stamps answered {str(answer)[:80]}", '{"stamps": 1, "free": 0}', where, _SUB)
    return int(answer["stamps"])


def the_bus_tells_it(attempt: Attempt) -> None:
    """A drink that is put on the bus is a stamp."""
    service, user_id = attempt.microservice(STAMPS), new_id("ana")
    drink = drink_of(user_id, new_id("order"))
    service.stage.orders.put(drink["detail-type"], drink["detail"])
    if not service.stage.wait(lambda: service.rows(user_id)):
        raise DoesNotHold(
            f"a drink was ready, and {PATIENCE_S} seconds later it was no stamp yet",
            "a stamp within a second or so",
            [attempt.place_of(STAMPS.rules, '"target"')],
            "nothing is in the way of the pattern: look at the rule's target, and into the function's log",
        )


def a_full_card_is_told_once(attempt: Attempt) -> None:
    """Five drinks, the last of them told twice, are one free drink."""
    service, user_id = attempt.microservice(STAMPS), new_id("ana")
    orders = [new_id("order") for _ in range(FULL)]
    events, sqs, bus = service.client("events"), service.client("sqs"), service.outputs.event_bus_name
    with recording(events, sqs, bus, [ANYBODY], _RECORDER) as recorder:
        for order_id in (*orders, orders[-1]):
            _hear(attempt, drink_of(user_id, order_id))
        service.stage.wait(lambda: _free_drinks(recorder, user_id))
        told = _free_drinks(recorder, user_id)
    if len(told) != 1:
        often = f"{FREE_DRINK} was told {len(told)} times" if told else f"nobody was told of a {FREE_DRINK}"
        raise DoesNotHold(
            f"{FULL} drinks were ready, the last was told twice, and {often}",
            f"one {FREE_DRINK} on the bar's bus, with the userId",
            [handler(attempt, STAMPS)],
            "note on the card that it was told, beside the orders, and look there before you tell it",
        )


def _free_drinks(recorder: Recorder, user_id: str) -> list[Recorded]:
    """What was told so far of somebody's free drinks."""
    heard = (one for one in recorder.everything() if one.detail_type == FREE_DRINK)
    return [one for one in heard if one.detail.get("userId") == user_id]


def what_it_cannot_take_is_kept(attempt: Attempt) -> None:
    """What `collect` fails at ends in the dead letters, not in silence."""
    service, order_id = attempt.microservice(STAMPS), new_id("order")
    broken = drink_of("nobody", order_id)
    del broken["detail"]["userId"]
    with service.tried_once():
        service.send(broken)
        if service.stage.wait(lambda: service.given_up(order_id)):
            return
    raise DoesNotHold(
        f"a drink without a customer came, “{STAMPS.function}” said that all was fine, and the drink is lost",
        "it fails: Lambda then tries twice more, and keeps what it gives up in the dead letters (make dlq)",
        [handler(attempt, STAMPS)],
        "catch no error that you cannot mend: an except that catches everything throws stamps away",
    )


STEPS = {
    "3-1": (
        Check("stamps is a project of Chalice's", is_a_project(STAMPS)),
        Check("its tests pass", its_tests_pass(STAMPS)),
        Check("its tests notice a card that counts wrongly", its_tests_notice(CARD)),
    ),
    "3-2": (
        Check("the running bar takes it", is_deployed),
        Check("one drink is one stamp, however often it is told", one_drink_is_one_stamp),
    ),
    "3-3": (
        Check("nobody sees a card without a token", answers_nobody_without_a_token(STAMPS)),
        Check("everybody sees their own card", everybody_sees_their_own_card),
    ),
    "3-4": (
        Check("finished drinks reach it, and nothing else does", reaches(_DRINKS, rules_of(STAMPS), STAMPS.rules)),
        Check("a drink on the bus is a stamp", the_bus_tells_it),
        Check("five drinks are told as one free drink", a_full_card_is_told_once),
        Check("what it cannot take is kept", what_it_cannot_take_is_kept),
        Check("it may do what it does, and no more", rights_are_no_wider_than_needed(STAMPS)),
        Check("what it costs is known", what_a_drink_costs(STAMPS, one_drink)),
    ),
}
