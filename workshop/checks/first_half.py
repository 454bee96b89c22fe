"""Whether a workflow decides well which order may come in (module 1a)."""

from chalicelib.orders.model import OrderState, Reason
from workshop.attempt import Attempt
from workshop.checks.astray import Advice, astray, still_there
from workshop.checks.stage import Seen
from workshop.checks.workflow_file import check_placeholders
from workshop.finding import Check


def is_a_workflow(attempt: Attempt) -> None:
    """The file can be read, and what it says is a workflow."""
    _ = attempt.workflow
    check_placeholders(attempt.workflow_source, attempt.placeholders)


def is_deployed(attempt: Attempt) -> None:
    """The running bar takes what is in the folder."""
    _ = attempt.bar


def lets_in(attempt: Attempt) -> None:
    """An order in an open shop is neither turned away nor lost."""
    seen = attempt.seen("open_shop")
    expected = "the order is let in: it stays CREATED, and the event is still there at the end"
    if seen.course.failed or seen.order.state is not OrderState.CREATED:
        advice = Advice("the Choice lets in whoever comes to an open shop", _choice(attempt, seen))
        raise astray(attempt, seen, still_there(seen), expected, advice)
    if not seen.course.is_running and seen.course.detail is None:
        raise astray(attempt, seen, "what came out at the end has no $.detail any more", expected)


def turns_away_from_a_closed_shop(attempt: Attempt) -> None:
    """An order in a closed shop is cancelled for that reason."""
    seen = attempt.seen("closed_shop")
    if seen.order.reason != Reason.SHOP_CLOSED:
        expected = f"in a closed shop the order is CANCELLED, “{Reason.SHOP_CLOSED}”"
        choice = _choice(attempt, seen)
        told = f"the shop is closed, and {_went_on(seen, choice)}"
        raise astray(attempt, seen, told, expected, Advice(_DEFAULT, choice) if choice else Advice(_LOOK_AT_THE_SHOP))


def turns_away_from_a_full_bar(attempt: Attempt) -> None:
    """An order that has no place at the bar any more is cancelled for that reason, and takes nobody's."""
    seen = attempt.seen("full_bar")
    expected = f"the order is CANCELLED, “{Reason.BAR_FULL}”, and the other one keeps its place"
    if len(seen.places) > 1:
        told = "a bar for one took two orders: the order had lost its place, and took another one"
        raise astray(attempt, seen, told, expected, Advice(_CONDITION, _takes_places(attempt)))
    if seen.order.reason != Reason.BAR_FULL:
        told = f"the bar is full, and {_went_on(seen, _choice(attempt, seen))}"
        raise astray(attempt, seen, told, expected, Advice(_KEEP_THE_PLACE))


_LOOK_AT_THE_SHOP = "nothing looks at the shop: read its row (dynamodb:getItem, ${ShopsTable}) and let a Choice decide"
_DEFAULT = "where no rule of a Choice fits, its Default is taken: let Default be the way out"
_CONDITION = 'adding to the places needs a condition: "ConditionExpression": "contains(places, :order)"'
_KEEP_THE_PLACE = "a state that keeps the order's place, dynamodb:updateItem, fails where it is gone; catch that"


def _choice(attempt: Attempt, seen: Seen) -> str:
    """The last Choice that the order came through; empty if it came through none."""
    passed = [name for name in seen.course.states[:-1] if attempt.states.get(name, {}).get("Type") == "Choice"]
    return passed[-1] if passed else ""


def _went_on(seen: Seen, choice: str) -> str:
    """That an order went on which should not have, and behind which Choice if there was one."""
    if not choice or seen.course.is_running:
        return still_there(seen)
    after = seen.course.states[seen.course.states.index(choice) + 1]
    return f"from “{choice}” the order went on to “{after}”"


def _takes_places(attempt: Attempt) -> str:
    """The state that adds to the places."""
    return next((name for name, state in attempt.states.items() if "ADD places" in str(state)), "")


STEPS = {
    "1a-1": (
        Check("workflow.asl.json is a workflow", is_a_workflow),
        Check("the running bar takes it", is_deployed),
        Check("an order in an open shop is let in", lets_in, "open_shop"),
        Check("an order in a closed shop is turned away", turns_away_from_a_closed_shop, "closed_shop"),
    ),
    "1a-2": (Check("an order without a place at a full bar is turned away", turns_away_from_a_full_bar, "full_bar"),),
}
