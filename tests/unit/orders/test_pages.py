"""Pages: what may be asked for, and a token that says where to go on."""

import base64
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import Invalid
from chalicelib.orders import pages
from chalicelib.orders.pages import Cursor, Page

url_safe_ids = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", min_size=1, max_size=64)


@given(created_ts=st.integers(0, 10**13 - 1), order_id=url_safe_ids)
def test_a_token_leads_back_to_its_cursor(created_ts: int, order_id: str) -> None:
    cursor = Cursor(created_ts, order_id)
    assert pages.page(None, pages.token(cursor)) == Page(after=cursor)


def test_after_the_last_page_there_is_no_token() -> None:
    assert pages.token(None) is None


def test_without_parameters_the_first_hundred() -> None:
    assert pages.page(None, None) == Page(100, None)
    assert pages.page(None, "") == Page(100, None)


@pytest.mark.parametrize("size", ["1", "99", "100"])
def test_a_page_is_as_large_as_was_asked_for(size: str) -> None:
    assert pages.page(size, None).size == int(size)


@pytest.mark.parametrize("size", ["0", "101", "-1", "1.5", "ten", "", "٣", "1_0", "+5", " 5", "9" * 5_000])
def test_q32_a_page_size_is_a_whole_number_in_bounds(size: str) -> None:
    with pytest.raises(Invalid, match="maxItems must be a whole number from 1 to 100"):
        pages.page(size, None)


FOREIGN = [b"17", b"17 ", b" id", b"x id", b"-1 id", b"17 a b", b"1" * 14 + b" id", b"17 " + b"x" * 65, b"\xff 1"]


@pytest.mark.parametrize("content", FOREIGN)
def test_a_token_made_by_hand_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match="nextToken is not one that this API gave"):
        pages.page(None, base64.urlsafe_b64encode(content).decode())


@pytest.mark.parametrize("token", ["%%%", "a", "🐘", "====", "AAAA" * 4_000])
def test_a_token_that_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(Invalid, match="nextToken"):
        pages.page(None, token)


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_but_a_refusal_comes_of_nonsense(size: str, token: str) -> None:
    with contextlib.suppress(Invalid):
        assert 1 <= pages.page(size, token).size <= 100
