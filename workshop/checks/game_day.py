"""Whether a bar that somebody broke keeps its promises again (module 5c). Nothing here says what was broken."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.orders.model import Order
from workshop.attempt import Attempt
from workshop.checks.drift import called_by, is_as_described
from workshop.checks.rules_at_work import hears_news
from workshop.checks.stage import PATIENCE_S, Visit
from workshop.finding import CannotBeTried, Check, DoesNotHold
from workshop.game_day.caught import is_stuck, letters_about, order_of, recorded, workflows
from workshop.game_day.sealed import Sealed

_LATE = f"within {PATIENCE_S} seconds"
_NOBODY_ASKED = f"a new order was put on the bus, and {_LATE} nobody was asked for a drink"
_FOLLOW = "follow it: its row, the bus's log, its execution. Where did it come to, and who should have gone on?"
_BEGUN_ANEW = "what is gone is gone: make solve puts the bar right, and make break breaks something else"


def somebody_broke_it(attempt: Attempt) -> None:
    """There is something to be found."""
    sealed = Sealed.in_folder(attempt.folder)
    if sealed is None:
        raise CannotBeTried("nothing was broken, or all of it is mended", attempt="make break breaks something")
    if sealed.endpoint != attempt.bar.outputs.endpoint_url:
        seen = f"another bar was broken, the one at {sealed.endpoint}"
        raise CannotBeTried(seen, attempt="start that one, or make solve MODULE=5c to forget it")


def a_new_order_is_served(attempt: Attempt) -> None:
    """It begins, is numbered, and ends when its drink is made."""
    stage = attempt.bar.stage
    visit = stage.visit(stage.shop())
    stage.orders.announce(visit.shop, visit.order_id, visit.customer.user_id)
    if not stage.wait(lambda: visit.row().customer_token):
        raise _astray(attempt, visit, _NOBODY_ASKED)
    visit.submit()
    if not stage.wait(lambda: visit.row().barista_token):
        raise _astray(attempt, visit, f"a customer chose a drink, and {_LATE} no barista was asked to make it")
    visit.complete()
    execution = visit.row().execution_arn or ""
    if not stage.wait(lambda: not stage.runs(execution)):
        raise _astray(attempt, visit, f"a drink was made, and {_LATE} its execution has not come to an end")


def _astray(attempt: Attempt, visit: Visit, told: str) -> DoesNotHold:
    moves = "the orders that were stuck move again, but a new one does not: " if _all_move(attempt) else ""
    expected = "a new order is asked for its drink, numbered and made, each within a second or so"
    where = [f"order {visit.order_id}, in shop {visit.shop}", attempt.bar.outputs.frontends.get("backstage", "")]
    return DoesNotHold(f"{moves}{told}", expected, [one for one in where if one], _FOLLOW)


def _all_move(attempt: Attempt) -> bool:
    """Whether there were orders that were stuck, and none is any more."""
    return bool(_caught(attempt)) and not _stuck(attempt)


def _stuck(attempt: Attempt) -> list[Order]:
    """The orders that were caught, and are still."""
    orders = [order_of(attempt.bar, order_id) for order_id in _caught(attempt)]
    return [order for order in orders if order and is_stuck(attempt.bar, order)]


def _caught(attempt: Attempt) -> Sequence[str]:
    sealed = Sealed.in_folder(attempt.folder)
    return sealed.orders if sealed else ()


def screens_hear(attempt: Attempt) -> None:
    """Who listens to a shop hears what happens there."""
    if not hears_news(attempt.bar.stage, attempt.bar.outputs):
        raise DoesNotHold(
            f"a screen listened to a shop, something happened there, and {_LATE} it heard nothing",
            "display, phone and barista page move within a second",
            ["backstage's map: from the bus to the sockets"],
            "an event goes by a rule to a function, and from there to who listens: which of them is silent?",
        )


def its_story_is_kept(attempt: Attempt) -> None:
    """The events of an order are in its journey."""
    stage = attempt.bar.stage
    visit = stage.visit(stage.shop())
    stage.orders.announce(visit.shop, visit.order_id, visit.customer.user_id)
    if not stage.wait(lambda: recorded(attempt.bar, attempt.finished(), [visit.order_id])):
        raise DoesNotHold(
            f"an order's events were on the bus, and {_LATE} its journey has none of them",
            "each event of an order is in its journey",
            ["the function record_journey, its log in backstage or by awslocal logs (make shell)", "make dlq"],
            "what a function fails at lies in the dead letters, with the reason; mend that before you replay them",
        )


def a_death_is_heard(attempt: Attempt) -> None:
    """An order whose execution is aborted is ended, and its customer told."""
    stage = attempt.bar.stage
    visit = stage.visit(stage.shop())
    stage.orders.announce(visit.shop, visit.order_id, visit.customer.user_id)
    execution = stage.wait(lambda: visit.row().customer_token and visit.row().execution_arn)
    if not execution:
        raise _astray(attempt, visit, _NOBODY_ASKED)
    stage.stepfunctions.stop_execution(executionArn=execution)
    if not stage.wait(lambda: visit.row().is_terminal):
        raise DoesNotHold(
            f"an execution was aborted, and {_LATE} its order is still {visit.row().state}",
            "the order ends FAILED, and its customer hears of it",
            [f"order {visit.order_id}", "the function execution_died, and what calls it"],
            "awslocal events list-rules (make shell) shows the rules of the account's own bus; is each at work?",
        )


def it_is_swept(attempt: Attempt) -> None:
    """The bar looks after itself: the sweep's schedule calls the sweep."""
    rule, project = attempt.finished().event_rule_name("sweep"), attempt.finished()
    called = called_by(attempt, rule)
    if called != [project.function_name("sweep")]:
        raise DoesNotHold(
            f"{_swept_by_hand(attempt)}every five minutes {rule} calls {', '.join(called) or 'nobody'}",
            "the bar is swept every five minutes: what is lost meanwhile is found",
            [f"the rule {rule}, on the account's own bus, and its target"],
            "awslocal events list-targets-by-rule and put-targets (make shell); then make local sees to the rest of it",
        )


def _swept_by_hand(attempt: Attempt) -> str:
    return "the orders that were stuck move again, but the next ones will wait: " if _all_move(attempt) else ""


def what_was_stuck_goes_on(attempt: Attempt) -> str:
    """Each order that was caught goes on, or has ended and is told so."""
    orders = _caught(attempt)
    gone = [order_id for order_id in orders if order_of(attempt.bar, order_id) is None]
    if gone:
        told = f"{len(gone)} of the orders that were stuck are gone with their tables: the bar was begun anew"
        raise DoesNotHold(told, "no order is lost", [f"order {gone[0]}"], _BEGUN_ANEW)
    if not attempt.bar.stage.wait(lambda: not _stuck(attempt)):
        stuck = _stuck(attempt)
        raise DoesNotHold(
            f"{len(stuck)} of {len(orders)} orders are still stuck: nothing is at them that would go on",
            "each goes on, or ends and its customer is told",
            [*(f"order {order.order_id}, {order.state}" for order in stuck[:1]), "make dlq"],
            "what lies in the dead letters is done again by make dlq REPLAY=1, what was never told by make sweep",
        )
    return _begun_twice(attempt)


def _begun_twice(attempt: Attempt) -> str:
    """What is worth knowing of orders that more than one execution was started for."""
    sealed = Sealed.in_folder(attempt.folder)
    if sealed is None or not sealed.orders:
        return ""
    begun = workflows(attempt.bar, datetime.fromisoformat(sealed.since))
    twice = [order_id for order_id in sealed.orders if len(begun.of(order_id)) > 1]
    told = f"({len(twice)} of them were begun twice: replayed twice, or swept as well. The second execution found the "
    return f"{told}order claimed, and ended: without the claim two would have asked the customer)" if twice else ""


def no_letter_is_left_or_lost(attempt: Attempt) -> None:
    """What lay in the dead letters is done, and not just gone."""
    sealed, caught = Sealed.in_folder(attempt.folder), _caught(attempt)
    left = letters_about(attempt.bar, caught)
    if left:
        raise DoesNotHold(
            f"{len(left)} dead letters about the orders that were stuck are still there: {left[0].reason}",
            "none: what they ask for is done",
            ["make dlq"],
            "make dlq REPLAY=1 does them again, once nothing is in their way",
        )
    asked_for = set(sealed.letters if sealed else ())

    def lost() -> set[str]:
        return asked_for - recorded(attempt.bar, attempt.finished(), caught)

    if not attempt.bar.stage.wait(lambda: not lost()):
        raise DoesNotHold(
            f"the dead letters are gone, but {len(lost())} of them were not done: the journeys lack their events",
            "a letter goes when what it asks for is done",
            ["/aws/events/serverlesspresso, the bus's log, has the last copy", f"order {caught[0]}"],
            "to deploy anew does no letter, and an emptied queue forgets: make solve has them done from the log",
        )


STEPS = {
    "5c-1": (
        Check("something was broken", somebody_broke_it),
        Check("a new order begins, is numbered and ends", a_new_order_is_served),
        Check("who listens to a shop hears what happens there", screens_hear),
        Check("an order's story is kept", its_story_is_kept),
        Check("an order whose execution dies is ended", a_death_is_heard),
        Check("the bar is swept", it_is_swept),
    ),
    "5c-2": (
        Check("what was stuck goes on", what_was_stuck_goes_on),
        Check("no dead letter is left, and none is lost", no_letter_is_left_or_lost),
    ),
    "5c-3": (Check("nothing else is changed", is_as_described),),
}
HEALTH = (*STEPS["5c-1"][1:], *STEPS["5c-3"])
