"""Learning from events, and the day in numbers."""

from collections.abc import Callable
from functools import partial
from typing import Any

from chalicelib.bus import Bus
from chalicelib.envelope import Delivered
from chalicelib.errors import NotFound
from chalicelib.events import DrinkAverageTime
from chalicelib.identity.model import Caller, require_admin
from chalicelib.insights.facts import Lesson, claim, lesson, recall
from chalicelib.insights.model import Fact, average_seconds, figures
from chalicelib.insights.store import InsightStore, Learnt
from chalicelib.shop.model import business_day
from chalicelib.shop.store import ShopStore

LAST = 10  # drinks that count towards a drink's average, as in the original's extension

COMPLETES = {"submittedTs", "completedTs"}  # lessons of which the later one makes an order's wait known

type Count = Callable[[str, str, str], None]


def learn(insights: InsightStore, shops: ShopStore, bus: Bus, event: Delivered, count: Count) -> None:
    """Add what the event tells to the order's facts, count what is new, and tell a completed drink's new average.

    The average is told until the bus took it: a death between telling and noting that tells it twice. Counting cannot
    be refused, and what is new is counted as it is stored: a death just between the two counts one too few, never two.
    The figures of the day come from the facts and miss nothing.

    Args:
        insights: the facts.
        shops: for the shop's time zone.
        bus: whom to tell the average.
        event: any event of the bar.
        count: adds one to a shop's metric of a dimension's value, such as ("ABC", "State", "COMPLETED").
    """
    taught, claimed, recalled_at = lesson(event), claim(event), recall(event)
    if not (taught or claimed or recalled_at) or event.order_id is None or event.shop is None:
        return
    if recalled_at:
        insights.learn_recall(event.order_id, recalled_at)
        return
    day = business_day(event.at, _time_zone(shops, event.shop))
    if claimed:
        insights.learn_claim(event.shop, event.order_id, day, claimed)
        return
    learnt = insights.learn(event.shop, event.order_id, day, taught)
    _count(learnt.new, taught, partial(count, event.shop))
    if taught.keys() & COMPLETES and _owes_average(learnt):
        _tell_average(insights, bus, event.shop, learnt.fact)
        insights.mark_told(event.order_id)


def _count(new: frozenset[str], taught: Lesson, count: Callable[[str, str], None]) -> None:
    if "createdTs" in new:
        count("State", "CREATED")
    if "endState" in new:
        count("State", taught["endState"])
    if "drink" in new:
        count("Drink", taught["drink"])
        for modifier in taught["modifiers"]:
            count("Modifier", modifier)


def _owes_average(learnt: Learnt) -> bool:
    """Whether the order's wait is known, whichever event came last, and nobody was told what average it makes."""
    fact = learnt.fact
    return bool(fact.drink and fact.submitted_ts and fact.completed_ts) and not learnt.told


def _tell_average(insights: InsightStore, bus: Bus, event_id: str, fact: Fact) -> None:
    drink = str(fact.drink)
    others = [other for other in insights.last_completed(event_id, drink, LAST) if other.order_id != fact.order_id]
    last = [fact, *others][:LAST]  # the index may not know this one yet
    timed = [one for one in last if one.submitted_ts]
    seconds = average_seconds(timed)
    if seconds is not None:
        bus.tell(DrinkAverageTime(event_id, drink, seconds, len(timed)))


def _time_zone(shops: ShopStore, event_id: str) -> str:
    try:
        return shops.get(event_id).time_zone
    except NotFound:
        return "UTC"  # events recorded elsewhere may name a shop that is not here


def today(insights: InsightStore, shops: ShopStore, caller: Caller, event_id: str, now: int) -> dict[str, Any]:
    """The shop's day so far, for baristas.

    Raises:
        Forbidden, NotFound: not an admin; no such shop.
    """
    require_admin(caller)
    zone = shops.get(event_id).time_zone
    day = business_day(now, zone)
    return {"eventId": event_id, "day": day, "timeZone": zone, **figures(insights.day(event_id, day), zone, now)}
