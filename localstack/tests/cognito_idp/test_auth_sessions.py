from concurrent.futures import ThreadPoolExecutor

import pytest
from local_cloud.plugins.cognito_idp.auth_sessions import AuthSessions
from local_cloud.plugins.cognito_idp.errors import NotAuthorizedError


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> AuthSessions[str]:
    return AuthSessions(clock)


def test_a_session_gives_back_what_it_stands_for(sessions: AuthSessions[str]) -> None:
    first, second = sessions.open("first", validity=180), sessions.open("second", validity=180)
    assert (sessions.redeem(second), sessions.redeem(first)) == ("second", "first")


def test_a_session_is_as_long_as_cognito_s_interface_demands(sessions: AuthSessions[str]) -> None:
    assert 20 <= len(sessions.open("x", validity=180)) <= 2048


def test_a_session_is_good_once(sessions: AuthSessions[str]) -> None:
    token = sessions.open("x", validity=180)
    sessions.redeem(token)
    with pytest.raises(NotAuthorizedError, match=r"^Invalid session for the user, session can only be used once\.$"):
        sessions.redeem(token)


def test_a_session_is_good_once_even_when_everybody_comes_at_the_same_time(sessions: AuthSessions[str]) -> None:
    token = sessions.open("x", validity=180)

    def attempt(_: int) -> bool:
        try:
            return sessions.redeem(token) == "x"
        except NotAuthorizedError:
            return False

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(64))) == 1


def test_a_session_that_was_never_given_out_is_refused(sessions: AuthSessions[str]) -> None:
    with pytest.raises(NotAuthorizedError, match=r"^Invalid session for the user\.$"):
        sessions.redeem("A" * 128)


def test_a_session_is_good_until_its_last_moment(sessions: AuthSessions[str], clock: Clock) -> None:
    token = sessions.open("x", validity=180)
    clock.now += 179.9
    assert sessions.redeem(token) == "x"


def test_an_expired_session_is_refused_and_says_why(sessions: AuthSessions[str], clock: Clock) -> None:
    token = sessions.open("x", validity=180)
    clock.now += 180
    with pytest.raises(NotAuthorizedError, match=r"^Invalid session for the user, session is expired\.$"):
        sessions.redeem(token)


def test_sessions_long_expired_are_forgotten(sessions: AuthSessions[str], clock: Clock) -> None:
    token = sessions.open("x", validity=180)
    clock.now += 180 + 3600
    sessions.open("y", validity=180)
    with pytest.raises(NotAuthorizedError, match=r"^Invalid session for the user\.$"):
        sessions.redeem(token)
