"""What is seen of a thousand orders while they are served."""

from io import StringIO

from rich.console import Console

from simulator.bench_progress import orders_bar


def test_each_order_that_is_served_is_seen() -> None:
    text = StringIO()
    with orders_bar(Console(file=text, width=120)) as served:
        for _ in range(3):
            served()
    assert "1000 whole orders, 16 at once" in text.getvalue()
    assert "3/1000" in text.getvalue()
