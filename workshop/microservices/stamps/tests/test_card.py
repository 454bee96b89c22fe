"""What a card says, without a cloud."""

from chalicelib.card import FULL, Card, card


def orders(count: int) -> list[str]:
    """So many different orders."""
    return [f"order-{number}" for number in range(count)]


def test_a_new_card_is_empty() -> None:
    assert card([]) == Card(stamps=0, free=0)


# learner 3-1: what would a careless card get wrong? An order told twice, the fifth drink, the eleventh
def test_an_order_that_is_told_twice_is_one_stamp() -> None:
    assert card(["order-1", "order-1"]) == Card(stamps=1, free=0)


def test_the_drink_before_the_last_earns_nothing() -> None:
    assert card(orders(FULL - 1)) == Card(stamps=FULL - 1, free=0)


def test_a_full_card_earns_a_drink_and_a_new_one_begins() -> None:
    assert card(orders(FULL)) == Card(stamps=0, free=1)


def test_every_full_card_earns_one() -> None:
    assert card(orders(2 * FULL + 1)) == Card(stamps=1, free=2)


# until then
