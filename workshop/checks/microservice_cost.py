"""What one more drink costs with a microservice: told, and not judged."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.costs.counting import invocations
from simulator.costs.metering import counted_capacity
from simulator.costs.prices import total
from workshop.attempt import Attempt
from workshop.microservice import Microservice

_DRINKS = 1000


def what_a_drink_costs(of: Microservice, told: Callable[[], Sequence[Mapping[str, Any]]]) -> Callable[[Attempt], str]:
    """A check that tells the price of a thousand drinks, from what one of them used; in US dollars, without free tiers.

    Args:
        of: whose.
        told: gives the events that it hears of one drink that nobody had before.
    """

    def check(attempt: Attempt) -> str:
        service, events = attempt.microservice(of), told()
        with counted_capacity(service.outputs.endpoint_url) as capacity:
            logs = [service.hear(event) for event in events]
            used = capacity()
        tables = service.extension.table_names
        writes, reads = (sum(units.get(name, 0) for name in tables) for units in (used.write, used.read))
        counts = {
            "Lambda requests": len(events),
            "Lambda GB-seconds": sum(run.gb_seconds for log in logs for run in invocations(log.splitlines())),
            "DynamoDB write units": writes,
            "DynamoDB read units": reads,
        }
        price = _DRINKS * total(counts)
        calls = "a call" if len(events) == 1 else f"{len(events)} calls"
        return f"{_DRINKS} drinks: {price:.4f} USD (of each {calls}, {writes:g} units written and {reads:g} read)"

    return check
