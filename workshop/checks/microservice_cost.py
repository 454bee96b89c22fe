"""What one more drink costs with the stamp card: told, and not judged."""

from simulator.costs.counting import invocations
from simulator.costs.metering import counted_capacity
from simulator.costs.prices import total
from workshop.attempt import Attempt
from workshop.checks.microservice import drink_of, new_id

_DRINKS = 1000


def what_a_drink_costs(attempt: Attempt) -> str:
    """The price of a thousand drinks, from what one of them used; in US dollars, without free tiers."""
    service = attempt.microservice
    with counted_capacity(service.outputs.endpoint_url) as capacity:
        log = service.hear(drink_of(new_id("ana"), new_id("order")))
        used = capacity()
    tables = service.extension.table_names
    writes, reads = (sum(of.get(name, 0) for name in tables) for of in (used.write, used.read))
    runs = invocations(log.splitlines())
    counts = {
        "Lambda requests": 1,
        "Lambda GB-seconds": sum(run.gb_seconds for run in runs),
        "DynamoDB write units": writes,
        "DynamoDB read units": reads,
    }
    price = _DRINKS * total(counts)
    return f"{_DRINKS} drinks: {price:.4f} USD (of each a call, {writes:g} units written and {reads:g} read)"
