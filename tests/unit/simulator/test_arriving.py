"""A robot whose sign-in goes wrong tries again, but not for ever."""

import httpx
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from tenacity import wait_none

from simulator.bar_client import BarClient
from simulator.robots import arriving
from simulator.robots.arriving import TRIES, arrive
from simulator.sign_in import NoCode, WrongCode

BAR = "http://bar.example"
SOMEBODY = BarClient(httpx.Client(), BAR, "token")
TOO_SLOW = ClientError({"Error": {"Code": arriving.TOO_SLOW, "Message": "Socket timeout"}}, "InitiateAuth")


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "wait_random_exponential", lambda **_: wait_none())


def arriving_after(*failures: Exception) -> tuple[BarClient, int]:
    """Who came in, and how many failures are left."""
    left = list(failures)

    def enter() -> BarClient:
        if left:
            raise left.pop(0)
        return SOMEBODY

    return arrive(enter), len(left)


@pytest.mark.parametrize("failure", [NoCode("no letter"), WrongCode("another one's"), httpx.ConnectError("nobody")])
def test_a_failed_sign_in_is_begun_anew(failure: Exception) -> None:
    assert arriving_after(failure, failure) == (SOMEBODY, 0)


def test_in_the_end_the_robot_gives_up() -> None:
    with pytest.raises(NoCode, match="last"):
        arriving_after(*[NoCode("no letter")] * (TRIES - 1), NoCode("the last one"))


def test_a_bar_that_cannot_be_reached_is_tried_for_as_long_as_robots_are_patient(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failures = [httpx.ConnectError("nobody"), TOO_SLOW, EndpointConnectionError(endpoint_url=BAR)] * TRIES
    assert arriving_after(*failures) == (SOMEBODY, 0)
    monkeypatch.setattr(arriving, "PATIENCE_S", 0)
    with pytest.raises(httpx.ConnectError):
        arriving_after(*failures)


def test_a_fault_of_ours_is_not_hidden() -> None:
    with pytest.raises(TypeError, match="first"):
        arriving_after(TypeError("the first one"))
