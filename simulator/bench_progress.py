"""A bar in the terminal that grows with each order that is served."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

from simulator.bench_throughput import THOUSAND, Served


@contextmanager
def orders_bar(console: Console) -> Iterator[Served]:
    """While it is entered; what it gives is to be called for each order, those that warm the bar up left out."""
    columns = (*Progress.get_default_columns(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(str(THOUSAND), total=THOUSAND.orders)
        yield lambda: progress.advance(task)
