"""What an order may meet, each scene in a shop of its own, so that all of them can be played at once."""

from collections.abc import Callable, Mapping

from workshop.checks.stage import Seen, Stage

type Scene = Callable[[Stage], Seen]

SHORT_S, LONGER_S = 2, 6  # how long shops wait, of which one has less patience than another


def open_shop(stage: Stage) -> Seen:
    """An ordinary order."""
    visit = stage.visit(stage.shop())
    return visit.at_rest(visit.start(), lambda order: order.customer_token)


def closed_shop(stage: Stage) -> Seen:
    """The shop closes between the scan and the workflow."""
    visit = stage.visit(stage.shop())
    stage.bar.shops.configure(visit.shop, {"storeOpen": False})
    return visit.at_rest(visit.start(), lambda order: order.customer_token)


def full_bar(stage: Stage) -> Seen:
    """A bar with one place, which the order lost to another one."""
    visit = stage.visit(stage.shop(max_orders_in_queue=1))
    stage.orders.lose_place(visit.shop, visit.order_id)
    stage.visit(visit.shop)
    return visit.at_rest(visit.start(), lambda order: order.customer_token)


def silent_customer(stage: Stage) -> Seen:
    """Nobody chooses, in a shop of little patience."""
    visit = stage.visit(stage.shop(customer_wait_seconds=SHORT_S))
    return visit.ended(visit.start())


def slow_customer(stage: Stage) -> Seen:
    """Nobody chooses, in a shop of more patience."""
    visit = stage.visit(stage.shop(customer_wait_seconds=LONGER_S))
    return visit.ended(visit.start())


def chosen_drink(stage: Stage) -> Seen:
    """The customer chooses."""
    visit = stage.visit(stage.shop())
    execution = visit.start()
    visit.at_rest(execution, lambda order: order.customer_token)
    visit.submit()
    return visit.at_rest(execution, lambda order: order.barista_token)


def second_customer(stage: Stage) -> Seen:
    """Two customers choose, one after the other; what became of the second."""
    shop = stage.shop()
    for visit in (stage.visit(shop), stage.visit(shop)):
        execution = visit.start()
        visit.at_rest(execution, lambda order: order.customer_token)
        visit.submit()
        seen = visit.at_rest(execution, lambda order: order.barista_token)
    return seen


def finished_drink(stage: Stage) -> Seen:
    """The customer chooses and a barista makes it."""
    visit = stage.visit(stage.shop())
    execution = visit.start()
    visit.at_rest(execution, lambda order: order.customer_token)
    visit.submit()
    visit.at_rest(execution, lambda order: order.barista_token)
    visit.complete()
    return visit.ended(execution)


def silent_barista(stage: Stage) -> Seen:
    """Nobody makes it, in a shop of little patience."""
    visit = stage.visit(stage.shop(barista_wait_seconds=SHORT_S))
    execution = visit.start()
    visit.at_rest(execution, lambda order: order.customer_token)
    visit.submit()
    return visit.ended(execution)


def called_off(stage: Stage) -> Seen:
    """The order is cancelled while the customer is waited for."""
    visit = stage.visit(stage.shop())
    execution = visit.start()
    visit.at_rest(execution, lambda order: order.customer_token)
    visit.cancel()
    return visit.ended(execution)


def told_twice(stage: Stage) -> Seen:
    """The same event comes twice; what became of the second execution."""
    visit = stage.visit(stage.shop())
    visit.at_rest(visit.start(), lambda order: order.customer_token)
    return visit.ended(visit.start())


SCENES: Mapping[str, Scene] = {
    scene.__name__: scene
    for scene in (
        *(open_shop, closed_shop, full_bar, silent_customer, slow_customer, chosen_drink),
        *(second_customer, finished_drink, silent_barista, called_off, told_twice),
    )
}
