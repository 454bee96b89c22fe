"""Claims reach an integration as API Gateway renders them."""

from typing import Any

import pytest
from local_cloud.plugins.apigateway.authorizers.claims import as_text, claims_as_text


def test_claims_are_rendered_as_in_an_event_recorded_from_aws() -> None:
    # The token and the event of awslabs/aws-serverless-java-container, CognitoAuthorizerClaimsTest.java.
    claims = {
        "sub": "42df3b02-29f1-4779-a3e5-eff92ff280b2",
        "email_verified": True,
        "auth_time": 1492467169,
        "exp": 1492470769,
        "iat": 1492467169,
    }
    assert claims_as_text(claims) == {
        "sub": "42df3b02-29f1-4779-a3e5-eff92ff280b2",
        "email_verified": "true",
        "auth_time": "1492467169",
        "exp": "Mon Apr 17 23:12:49 UTC 2017",
        "iat": "Mon Apr 17 22:12:49 UTC 2017",
    }


def test_a_day_of_one_digit_is_written_with_two() -> None:
    assert claims_as_text({"exp": 1512119240})["exp"] == "Fri Dec 01 09:07:20 UTC 2017"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("as it is", "as it is"),
        (["admin"], "admin"),
        (["admin", "editors"], "admin,editors"),
        ([], ""),
        (7, "7"),
        (1.5, "1.5"),
        (False, "false"),
        (None, "null"),
        ({"country": "LU", "n": 1}, '{"country":"LU","n":1}'),
        ([{"provider": "x"}, {"provider": "y"}], '{"provider":"x"},{"provider":"y"}'),
    ],
)
def test_every_value_becomes_text(value: Any, text: str) -> None:
    assert as_text(value) == text
