"""What a day of a thousand drinks costs, and a month in which nobody comes. Pure.

It is an order's counts, and what is beside orders. What is assumed is named here, and told on the page with each sum.
"""

from collections.abc import Iterator, Mapping

from simulator.costs.prices import Counts, total, usd

DRINKS = 1000
CUSTOMER_MINUTES = 10  # a page is open, for each drink
STAFF_MINUTES = 2 * 10 * 60  # barista and display, ten hours
BEAT_S = 25  # frontend/src/shared/realtime/heartbeat.ts, while a page is seen
BEAT_GB_S = 0.01 * 0.5  # ten milliseconds of 512 MB
STARTS = 19 * 20  # each function, twenty times a day
START_GB_S = 1.0 * 0.5  # a second of 512 MB: Lambda bills a function's start, too
TRIGGERS = 5  # functions that a sign-in calls: pre_sign_up, define twice, create, verify
TRIGGER_GB_S = 0.1 * 0.5
SWEEPS_A_DAY = 24 * 12
SWEEP_GB_S = 0.5 * 0.5
SWEEP_READS = 10
ALARMS = 3
DAYS = 30

type Bill = Mapping[str, Counts]


def sweeping(days: float) -> Counts:
    """The bar looks after itself every five minutes, whether anybody comes or not."""
    runs = SWEEPS_A_DAY * days
    return {
        "Lambda requests": runs,
        "Lambda GB-seconds": runs * SWEEP_GB_S,
        "DynamoDB read units": runs * SWEEP_READS,
    }


def busy_day(order: Counts) -> Bill:
    """A day of a thousand drinks, for as many customers, none of whom came before in the month.

    Args:
        order: what one happy order uses.
    """
    beats = (DRINKS * CUSTOMER_MINUTES + STAFF_MINUTES) * 60 / BEAT_S
    return {
        "orders, as counted above": {name: DRINKS * count for name, count in order.items()},
        "people who sign in": {"people who sign in in a month": DRINKS},
        "their letters": {"letters": DRINKS},
        "signing in": {
            "Lambda requests": DRINKS * TRIGGERS,
            "Lambda GB-seconds": DRINKS * TRIGGERS * TRIGGER_GB_S,
            "DynamoDB write units": DRINKS * 5,
            "DynamoDB read units": DRINKS * 2,
        },
        "heartbeats of open pages": {
            "WebSocket messages": 2 * beats,
            "Lambda requests": beats,
            "Lambda GB-seconds": beats * BEAT_GB_S,
        },
        "cold starts": {"Lambda GB-seconds": STARTS * START_GB_S},
        "sweeping": sweeping(1),
    }


def idle_month() -> Bill:
    """Thirty days in which nobody comes."""
    return {"sweeping": sweeping(DAYS), "alarms": {"alarms in a month": ALARMS}}


def bill_lines(bill: Bill) -> Iterator[str]:
    """A table in Markdown: each part with its counts and its price, and the sum."""
    yield "| | what is counted | USD |"
    yield "|---|---|--:|"
    for part, counts in bill.items():
        shown = "" if part.startswith("orders") else ", ".join(f"{count:,.0f} {name}" for name, count in counts.items())
        yield f"| {part} | {shown} | {total(counts):.2f} |"
    yield f"| **together** | | **{sum_of(bill):.2f}** |"


def sum_of(bill: Bill) -> float:
    """What all of its parts cost, in US dollars."""
    return sum(usd(name, count) for counts in bill.values() for name, count in counts.items())


def bills_section(order: Counts) -> str:
    """Both bills, for the page."""
    return _SECTION.format(
        drinks=f"{DRINKS:,}",
        day="\n".join(bill_lines(busy_day(order))),
        month="\n".join(bill_lines(idle_month())),
        beat=BEAT_S,
    )


_SECTION = """## A day of {drinks} drinks

For {drinks} customers of whom none came before in the month, without free tiers (10,000 people a month are free).

{day}

Assumed, not measured: pages that are seen ask every {beat} s whether the connection lives, ten minutes for each
customer and ten hours at the bar, and each time a function answers in 10 ms; each function starts twenty times, for a
second that is billed; a sign-in's functions take 0.1 s each, a sweep half a second. The people are the largest part,
which Cognito's default plan, Essentials, would make almost three times as large.

## A month of doing nothing

{month}

Not counted: what is stored (megabytes), and the first letters, calls and alarms that are free. The bar makes no custom
metrics of CloudWatch's: it counts in its own table.
"""
