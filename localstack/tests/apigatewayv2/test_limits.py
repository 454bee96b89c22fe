import pytest
from local_cloud.plugins.apigatewayv2.limits import DURATION_VARIABLE, IDLE_VARIABLE, Limits, configured_limits


def test_the_limits_are_those_of_aws() -> None:
    limits = configured_limits({})
    assert limits == Limits()
    assert (limits.frame_bytes, limits.message_bytes) == (32_768, 131_072)
    assert (limits.idle_seconds, limits.duration_seconds) == (600, 7200)


def test_the_times_can_be_set_for_tests() -> None:
    limits = configured_limits({IDLE_VARIABLE: "1.5", DURATION_VARIABLE: "3"})
    assert (limits.idle_seconds, limits.duration_seconds) == (1.5, 3)


@pytest.mark.parametrize("text", ["0", "-1", "soon", "nan", "inf"])
def test_a_time_that_is_none_is_refused_with_the_variables_name(text: str) -> None:
    with pytest.raises(ValueError, match=IDLE_VARIABLE):
        configured_limits({IDLE_VARIABLE: text})
