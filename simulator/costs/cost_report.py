"""An order's counts and prices beside the original's: as a table, as JSON, and as the page docs/cost.md. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.table import Table

from simulator.costs.bills import bills_section
from simulator.costs.order_count import CUSTOMER_MINUTES, STAFF_MINUTES, OrderCount
from simulator.costs.prices import Counts, list_prices, original, total, usd

ORDERS = 1000  # prices of one order have too many noughts
AT_MOST = 0.5  # of the original's price


@dataclass(frozen=True)
class Line:
    """One line of the comparison: counts of one order, US dollars for a thousand."""

    name: str
    here: float | None
    there: float | None

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """As text, in the order of the columns."""
        return self.name, _count(self.here), _count(self.there), _usd(self.name, self.here), _usd(self.name, self.there)


def lines(counts: Counts) -> Iterator[Line]:
    """What was used here or there."""
    there = {name: known.count for name, known in original().items()}
    for name in dict.fromkeys((*counts, *there)):
        if counts.get(name) or there.get(name):
            yield Line(name, counts.get(name), there.get(name))


def ratio(counts: Counts) -> float:
    """What an order costs here, as a part of the least that it costs with the original."""
    return total(counts) / _original_total()


def _original_total() -> float:
    return total({name: known.count for name, known in original().items()})


def _original_without_journey() -> float:
    return total({name: known.count - known.journey for name, known in original().items()})


def _count(value: float | None) -> str:
    if value is None:
        return "?"
    return f"{value:.0f}" if value == int(value) else f"{value:.3g}"


def _usd(name: str, count: float | None) -> str:
    return f"{ORDERS * usd(name, count):.4f}" if count is not None and name in list_prices() else ""


HEADINGS = ("one happy order", "here", "original, at least", f"USD per {ORDERS}", "original's")


def cost_table(count: OrderCount) -> Table:
    """For the terminal."""
    counts = count.counts
    verdict = "[green]✓[/]" if ratio(counts) <= AT_MOST else "[red]missed[/]"
    table = Table(HEADINGS[0], title="What an order costs on AWS", caption=f"{_verdict(counts)} {verdict}")
    for heading in HEADINGS[1:]:
        table.add_column(heading, justify="right")
    for line in lines(counts):
        table.add_row(*line.cells)
    table.add_section()
    table.add_row(*_totals(counts))
    return table


def _totals(counts: Counts) -> tuple[str, ...]:
    return "together", "", "", f"{ORDERS * total(counts):.4f}", f"{ORDERS * _original_total():.4f}"


def _verdict(counts: Counts) -> str:
    return f"{ratio(counts):.0%} of the original's price; wanted are at most {AT_MOST:.0%}"


def cost_json(count: OrderCount) -> dict[str, Any]:
    """For bench.json; prices are US dollars for one order."""
    counts = count.counts
    return {
        "counts": dict(counts),
        "usd": total(counts),
        "original": {"counts": {name: known.count for name, known in original().items()}, "usd": _original_total()},
        "ratio": round(ratio(counts), 3),
        "target": f"ratio ≤ {AT_MOST:g}",
        "reached": ratio(counts) <= AT_MOST,
        **count.details,
    }


def cost_page(count: OrderCount, today: date) -> str:
    """The page, in Markdown."""
    counts, details = count.counts, count.details
    rows = [HEADINGS, ("---", *["--:"] * (len(HEADINGS) - 1)), *(line.cells for line in lines(counts)), _totals(counts)]
    functions = ", ".join(f"{name} {runs}" for name, runs in details["functions"].items())
    knowledge = "\n".join(f"| {name} | {_count(known.count)} | {known.why} |" for name, known in original().items())
    prices = "\n".join(
        f"| {name} | {price.usd:g} for {price.per:,} | [{price.seen}]({price.source}) |"
        for name, price in list_prices().items()
    )
    return _PAGE.format(
        today=today.isoformat(),
        verdict=_verdict(counts),
        table="\n".join(f"| {' | '.join(row)} |" for row in rows),
        functions=functions,
        events=", ".join(details["events"]),
        customer=f"{CUSTOMER_MINUTES:g}",
        staff=f"{STAFF_MINUTES:g}",
        original=knowledge,
        plain=f"{ORDERS * _original_without_journey():.4f}",
        orders=ORDERS,
        prices=prices,
        bills=bills_section(counts),
    )


_PAGE = """# What an order costs

Written by `make cost`; counted on {today} at a bar on the local cloud, from one real order that nobody shared the bar
with, after others that made all functions warm.

{table}

**{verdict}**.

## How it was counted

* State transitions: every state entered and every retry in the execution's history (`GetExecutionHistory`).
* Lambda: the functions' REPORT lines. GB-seconds are what they say was billed, and a laptop is not Lambda: the number
  of runs is AWS's, their length is not. The runs were {functions}.
* Events: the bus's log. They were {events}.
* REST API calls: those of customer and barista without which there is no order (scan, submit, make, complete, and a
  look at the end). Opening a page, and the display's code every five minutes, are left out on both sides.
* WebSocket messages: what the customer, one barista and one display heard. Minutes are assumed: {customer} of the
  customer's page, {staff} of barista and display, whom all orders of a day share. The original's minutes are left out.
* DynamoDB: the units that the table engine answers each request with, of tables and indexes. Transactions count twice,
  as on AWS (DynamoDB Local's four times are halved); a write that is refused counts as one.
* S3 and SQS: calls in the local cloud's log. A journey's page is made when somebody opens it: one API call and one PUT
  more.
* Log bytes: the functions' and the bus's logs, with 26 bytes for each line.
* Not counted: what is stored, traffic out, text messages; and, in an order, signing in and `sweep` every five minutes.

{bills}
## The original

The least that its happy order uses, derived from its templates and state machines. What is not known counts as nothing.

| | at least | because |
|---|--:|---|
{original}

Without its journey, a service of its own, {orders} of its orders would cost at least {plain} USD. This bar's price
has its journey in it.

## Prices

List prices in us-east-1, US dollars, without free tiers, as stored copies of these pages say. The date is that of the
text, or of the look-up where the text has none: compare with AWS's own price list before you rely on one.

| | USD | seen |
|---|--:|---|
{prices}
"""
