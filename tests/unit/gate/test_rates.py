"""What one client asks too fast is refused to it alone; places are given back and then forgotten."""

from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.identity.sign_in import MOST_WRONG_A_DAY
from gate.network.journey_links import JourneyLinks
from gate.network.rates import MINUTE_S, PER_DAY, PER_MINUTE, SOCKETS, Allowance, Places, Rates
from gate.rules.refusal import Refused


@pytest.mark.parametrize("kind", PER_MINUTE)
def test_a_client_has_so_many_a_minute_and_no_other_pays_for_it(kind: str) -> None:
    rates = Rates()
    ask(rates, kind, PER_MINUTE[kind])
    with pytest.raises(Refused) as refusal:
        ask(rates, kind, PER_MINUTE[kind] + 1)  # a minute may have begun meanwhile
    assert refusal.value.status == HTTPStatus.TOO_MANY_REQUESTS
    rates.count(kind, "10.0.0.2")


def ask(rates: Rates, kind: str, times: int) -> None:
    for _ in range(times):
        rates.count(kind, "10.0.0.1")


def test_no_single_phone_can_close_an_address_with_wrong_codes() -> None:
    rates = Rates()
    assert PER_DAY["answer"] < MOST_WRONG_A_DAY
    ask(rates, "answer", PER_DAY["answer"])
    with pytest.raises(Refused, match="tomorrow"):
        ask(rates, "answer", 1)


def test_a_router_that_stands_for_many_phones_has_as_many_times_more() -> None:
    rates = Rates(phones=3)
    ask(rates, "sign-in", 3 * PER_MINUTE["sign-in"])


def test_what_has_no_rate_of_its_own_is_not_counted() -> None:
    rates = Rates()
    ask(rates, "page", 2000)


def test_a_socket_holds_a_place_as_long_as_it_is_open() -> None:
    rates = Rates()
    held = [rates.socket("10.0.0.1") for _ in range(SOCKETS)]
    for one in held:
        one.__enter__()
    with pytest.raises(Refused), rates.socket("10.0.0.1"):
        pass
    held[0].__exit__(None, None, None)
    with rates.socket("10.0.0.1"):
        pass


def test_all_together_have_an_end_too() -> None:
    places = Places(each=2, together=3)
    assert [places.take(client) for client in "aaabbc"] == [True, True, False, True, False, False]


def test_a_connection_may_say_so_much_within_each_minute() -> None:
    now = 0.0
    allowance = Allowance(10, lambda: now)
    assert [allowance.spend(6), allowance.spend(4), allowance.spend()] == [True, True, False]
    now = MINUTE_S + 1.0
    assert [allowance.spend(10), allowance.spend()] == [True, False]


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abc")), max_size=40))
def test_places_are_never_more_than_there_are_nor_lost(steps: list[tuple[bool, str]]) -> None:
    places, held = Places(each=2, together=4), dict.fromkeys("abc", 0)
    for takes, client in steps:
        if takes:
            held[client] += places.take(client)
        elif held[client]:
            places.give_back(client)
            held[client] -= 1
        assert max(held.values()) <= 2
        assert sum(held.values()) <= 4
    assert places.take("d") == (sum(held.values()) < 4)


def test_a_link_to_a_journey_opens_what_it_was_given_out_for() -> None:
    links = JourneyLinks()
    first, second = links.give_out("/a"), links.give_out("/a")
    assert first != second
    assert (links.signed(first), links.signed("x" * 43)) == ("/a", None)
