"""Showing and redeeming codes: all of it or nothing, whoever asks at the same time."""

from collections.abc import Callable
from dataclasses import asdict

import pytest

from chalicelib.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from chalicelib.events import NewOrder
from chalicelib.orders.model import OrderState
from chalicelib.qr_codes import service
from chalicelib.qr_codes.model import BUCKET_MS, GRACE_MS, Bucket
from tests.support.memory_bar import CODE, MemoryBar
from tests.support.orders import BUCKET, EVENT, NOW, ORDER
from tests.support.people import BARISTA, OWNER, STRANGER

END = (BUCKET + 1) * BUCKET_MS


def new_id() -> str:
    return ORDER


def redeem(bar: MemoryBar, code: str = CODE, now: int = NOW, new_id: Callable[[], str] = new_id) -> str:
    return service.redeem(bar, OWNER, EVENT, code, now, new_id).order_id


def test_a_scan_spends_a_token_takes_both_places_and_makes_an_order(bar: MemoryBar) -> None:
    assert redeem(bar) == ORDER
    order = bar.orders.get(ORDER)
    assert (order.state, order.user_id, order.event_id) == (OrderState.CREATED, OWNER.user_id, EVENT)
    assert (order.created_ts, order.code_bucket) == (NOW, BUCKET)
    assert bar.drinks_left == 9
    assert bar.shops.places(EVENT) == {ORDER}
    assert bar.customers.live[OWNER.user_id, EVENT] == {ORDER}


def test_q24_the_event_tells_what_is_left_and_never_the_code(bar: MemoryBar) -> None:
    redeem(bar)
    (told,) = bar.bus.told
    assert isinstance(told, NewOrder)
    assert told.bucket["availableTokens"] == 9
    assert CODE not in str(asdict(told))


def test_q20_the_event_tells_what_is_left_after_everybodys_scan(bar: MemoryBar) -> None:
    """Not what one scan saw before the others: the display would count up again."""

    def id_while_another_scans() -> str:
        service.redeem(bar, STRANGER, EVENT, CODE, NOW, lambda: "order-2")
        return ORDER

    redeem(bar, new_id=id_while_another_scans)
    assert [told.detail["bucket"]["availableTokens"] for told in bar.bus.told] == [9, 8]


def spend_all(bar: MemoryBar) -> None:
    bar.qr_codes.spend((EVENT, BUCKET), 10)


REFUSALS: dict[str, Callable[[MemoryBar], object]] = {
    "ShopClosed": lambda bar: bar.configure(store_open=False),
    "BarFull": lambda bar: bar.configure(max_orders_in_queue=0),
    "NoTokensRemaining": spend_all,
    "OrderLimitReached": lambda bar: bar.configure(max_orders_per_user=0),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_q20_q23_q25_a_refused_customer_has_lost_nothing(bar: MemoryBar, code: str) -> None:
    REFUSALS[code](bar)
    left = bar.drinks_left
    with pytest.raises(Conflict) as refused:
        redeem(bar)
    assert refused.value.code == code
    assert (bar.drinks_left, bar.orders.rows, bar.bus.told) == (left, {}, [])
    assert bar.shops.places(EVENT) == frozenset()
    assert not bar.customers.live.get((OWNER.user_id, EVENT))


@pytest.mark.parametrize(
    ("problems", "code"),
    [
        (["ShopClosed", "BarFull", "NoTokensRemaining", "OrderLimitReached"], "ShopClosed"),
        (["BarFull", "NoTokensRemaining", "OrderLimitReached"], "BarFull"),
        (["NoTokensRemaining", "OrderLimitReached"], "NoTokensRemaining"),
    ],
)
def test_of_several_reasons_the_one_that_most_people_share_is_told(
    bar: MemoryBar, problems: list[str], code: str
) -> None:
    for problem in problems:
        REFUSALS[problem](bar)
    with pytest.raises(Conflict) as refused:
        redeem(bar)
    assert refused.value.code == code


def test_q23_a_second_scan_of_the_same_customer_waits_for_the_first_order(bar: MemoryBar) -> None:
    redeem(bar)
    with pytest.raises(Conflict) as refused:
        redeem(bar, new_id=lambda: "order-2")
    assert refused.value.code == "OrderLimitReached"
    service.redeem(bar, STRANGER, EVENT, CODE, NOW, lambda: "order-3")
    assert bar.drinks_left == 8


def test_q23_more_live_orders_where_the_shop_allows_them(bar: MemoryBar) -> None:
    bar.configure(max_orders_per_user=2)
    redeem(bar)
    redeem(bar, new_id=lambda: "order-2")
    with pytest.raises(Conflict):
        redeem(bar, new_id=lambda: "order-3")


@pytest.mark.parametrize(("at", "good"), [(END - 1, True), (END + GRACE_MS - 1, True), (END + GRACE_MS, False)])
def test_q21_a_scan_just_before_the_change_survives_signing_in(bar: MemoryBar, at: int, *, good: bool) -> None:
    if good:
        assert redeem(bar, now=at) == ORDER
        assert bar.drinks_left == 9
    else:
        with pytest.raises(Invalid) as refused:
            redeem(bar, now=at)
        assert refused.value.code == "InvalidCode"


def test_q21_within_the_grace_both_codes_are_good_and_each_spends_its_own_tokens(bar: MemoryBar) -> None:
    bar.qr_codes.get_or_create(Bucket(EVENT, BUCKET + 1, "the-code-1", 10))
    bar.configure(max_orders_per_user=2)
    redeem(bar, CODE, END)
    redeem(bar, "the-code-1", END, lambda: "order-2")
    assert (bar.drinks_left, bar.qr_codes.rows[EVENT, BUCKET + 1].spent) == (9, 1)


@pytest.mark.parametrize(("event_id", "code", "error"), [("XYZ", CODE, NotFound), (EVENT, "wrong", Invalid)])
def test_a_wrong_code_or_shop_is_the_callers_fault(
    bar: MemoryBar, event_id: str, code: str, error: type[Refusal]
) -> None:
    with pytest.raises(error):
        service.redeem(bar, OWNER, event_id, code, NOW, new_id)
    assert bar.drinks_left == 10


def test_q25_a_bus_that_refuses_costs_the_customer_nothing(bar: MemoryBar) -> None:
    bar.bus.refusals = 1
    assert redeem(bar) == ORDER
    assert bar.orders.get(ORDER).state is OrderState.CREATED
    assert bar.bus.told == []


def code_of(bar: MemoryBar, new_code: str, now: int = NOW) -> str:
    return service.current_code(bar, BARISTA, EVENT, now, lambda: new_code).code


def test_whoever_asks_first_creates_the_code(bar: MemoryBar) -> None:
    assert code_of(bar, "first", END) == "first"
    assert code_of(bar, "second", END) == "first"
    assert bar.qr_codes.rows[EVENT, BUCKET + 1].drinks_left == 10


def test_q19_two_displays_at_the_change_show_the_same_code(bar: MemoryBar) -> None:
    bar.qr_codes.before_create.append(lambda: code_of(bar, "first", END))
    assert code_of(bar, "second", END) == "first"


def test_q19_asking_again_does_not_fill_up_the_tokens(bar: MemoryBar) -> None:
    redeem(bar)
    code_of(bar, "again")
    assert bar.drinks_left == 9


def test_a_code_has_as_many_tokens_as_the_shop_says(bar: MemoryBar) -> None:
    bar.configure(drinks_per_barcode=3)
    assert service.current_code(bar, BARISTA, EVENT, END, lambda: "code").drinks_left == 3


def scans(bar: MemoryBar, number: int) -> list[str]:
    """What became of so many scans: the tokens that each order's event names as left, and the refusals' codes."""
    outcomes: list[str] = []
    for _ in range(number):
        try:
            redeem(bar, new_id=lambda: f"order-{len(bar.orders.rows)}")
            outcomes.append(str(bar.bus.told[-1].detail["bucket"]["availableTokens"]))
        except Conflict as refused:
            outcomes.append(refused.code)
    return outcomes


def test_a_lower_limit_holds_for_the_code_that_is_shown(bar: MemoryBar) -> None:
    bar.configure(max_orders_per_user=100)
    assert scans(bar, 2) == ["9", "8"]
    bar.configure(drinks_per_barcode=3)
    assert scans(bar, 2) == ["0", "NoTokensRemaining"]


def test_a_code_that_made_more_than_the_shop_allows_now_has_none_left_and_no_less(bar: MemoryBar) -> None:
    bar.configure(max_orders_per_user=100)
    scans(bar, 3)
    bar.configure(drinks_per_barcode=1)
    assert service.current_code(bar, BARISTA, EVENT, NOW, lambda: "another").drinks_left == 0
    assert scans(bar, 1) == ["NoTokensRemaining"]


def test_a_higher_limit_holds_for_the_code_that_is_shown(bar: MemoryBar) -> None:
    bar.configure(max_orders_per_user=100, drinks_per_barcode=1)
    assert scans(bar, 2) == ["0", "NoTokensRemaining"]
    bar.configure(drinks_per_barcode=3)
    shown = service.current_code(bar, BARISTA, EVENT, NOW, lambda: "another")
    assert (shown.code, shown.drinks_left) == (CODE, 2)
    assert scans(bar, 3) == ["1", "0", "NoTokensRemaining"]


def test_only_baristas_see_the_code(bar: MemoryBar) -> None:
    with pytest.raises(Forbidden):
        service.current_code(bar, OWNER, EVENT, NOW, lambda: "code")


def test_an_unknown_shop_has_no_code_and_gets_none(bar: MemoryBar) -> None:
    with pytest.raises(NotFound):
        service.current_code(bar, BARISTA, "XYZ", NOW, lambda: "code")
    assert list(bar.qr_codes.rows) == [(EVENT, BUCKET)]
