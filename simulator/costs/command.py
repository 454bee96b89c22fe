"""What `python -m simulator cost` and `bench` do to count an order: a shop of its own, and the local cloud's log."""

from pathlib import Path

import boto3

from chalicelib.shop.model import Shop
from simulator.bench_commands import CommandFailed, cloud_status
from simulator.costs.order_count import OrderCount, count_an_order
from simulator.entrance import Entrance
from simulator.own_shop import MENU, open_shop

SHOP = Shop("COST", store_open=True, menu=MENU, drinks_per_barcode=1000, max_orders_in_queue=100)


def count_at(way_in: Entrance) -> OrderCount:
    """Count a happy order.

    Raises:
        CommandFailed: no local cloud serves the bar.
        Disturbed: somebody else is at the bar.
    """
    status = cloud_status(way_in.outputs)
    if status is None:
        raise CommandFailed("an order can be counted on the local cloud only: run make local first")
    aws = boto3.Session()
    open_shop(aws, way_in.outputs, SHOP)
    return count_an_order(way_in, aws, SHOP.event_id, Path(status["log"]))
