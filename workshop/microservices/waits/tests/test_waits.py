"""How long a drink takes, without a cloud."""

from chalicelib.order import Order
from chalicelib.waits import LAST, waits


def served(seconds: int, number: int = 1, drink: str = "Flat White") -> Order:
    """An order that took so long, the number-th that was ready."""
    ready_at = number * 1_000_000
    return Order("ABC", f"order-{number}", drink, ready_at - seconds * 1000, ready_at)


# learner 5b-2: what would a careless average get wrong? A third order, one that is not ready, one that never began
def test_three_orders_give_their_average() -> None:
    assert waits([served(60, 1), served(120, 2), served(300, 3)]) == {"Flat White": 160}


def test_who_still_waits_or_was_cancelled_does_not_count() -> None:
    waiting = Order("ABC", "order-2", "Flat White", begun_at=1_000)
    assert waits([served(60), waiting]) == {"Flat White": 60}


def test_an_order_whose_beginning_nobody_heard_does_not_count() -> None:
    assert waits([served(60), Order("ABC", "order-2", ready_at=2_000_000)]) == {"Flat White": 60}


def test_a_drink_that_was_called_back_waits_again() -> None:
    called_back = Order("ABC", "order-2", "Flat White", begun_at=3_000_000, ready_at=2_000_000)
    assert waits([served(60), called_back]) == {"Flat White": 60}


def test_each_drink_has_a_wait_of_its_own() -> None:
    assert waits([served(60), served(30, 2, "Espresso")]) == {"Flat White": 60, "Espresso": 30}


def test_only_the_last_ones_say_how_long_it_takes_now() -> None:
    long_ago = [served(900, number) for number in range(1, 4)]
    assert waits([*(served(60, number) for number in range(4, 4 + LAST)), *long_ago]) == {"Flat White": 60}


# until then
