"""Learning from events, and the day in numbers."""

from collections.abc import Callable
from typing import Any

from chalicelib.bus import Bus
from chalicelib.envelope import Delivered
from chalicelib.errors import NotFound
from chalicelib.events import DrinkAverageTime
from chalicelib.identity.model import Caller, require_admin
from chalicelib.insights.facts import lesson
from chalicelib.insights.model import Fact, average_seconds, figures
from chalicelib.insights.store import InsightStore
from chalicelib.shop.model import business_day
from chalicelib.shop.store import ShopStore

LAST = 10  # drinks that count towards a drink's average, as in the original's extension

type Count = Callable[[str, str], None]


def learn(insights: InsightStore, shops: ShopStore, bus: Bus, event: Delivered, count: Count) -> None:
    """Add what the event tells to the order's facts, count what is new, and tell a completed drink's new average.

    Args:
        insights: the facts.
        shops: for the shop's time zone.
        bus: whom to tell the average.
        event: any event of the bar.
        count: adds one to a metric of a dimension's value, such as ("State", "COMPLETED").
    """
    taught = lesson(event)
    if not taught or event.order_id is None or event.shop is None:
        return
    day = business_day(event.at, _time_zone(shops, event.shop))
    learnt = insights.learn(event.shop, event.order_id, day, taught)
    _count(learnt.new, taught, count)
    if learnt.new & {"completedTs", "drink"} and learnt.fact.completed_ts and learnt.fact.drink:
        _tell_average(insights, bus, event.shop, learnt.fact)


def _count(new: frozenset[str], taught: Any, count: Count) -> None:
    if "createdTs" in new:
        count("State", "CREATED")
    if "endState" in new:
        count("State", taught["endState"])
    if "drink" in new:
        count("Drink", taught["drink"])
        for modifier in taught["modifiers"]:
            count("Modifier", modifier)


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
    return {"eventId": event_id, "day": day, "timeZone": zone, **figures(insights.day(event_id, day), zone)}
