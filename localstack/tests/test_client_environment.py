"""What a program is told that is to reach the local cloud, and what it is not."""

import os

import pytest
from local_cloud.client_environment import client_environment

ENDPOINT = "http://127.0.0.1:4600"


@pytest.mark.parametrize(
    "name",
    [
        *("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION"),
        *("AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI"),
        *("AWS_ENDPOINT_URL_S3", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_CA_BUNDLE"),
        *("AWS_WHATEVER_COMES_NEXT", "BOTO_CONFIG"),
    ],
)
def test_what_tells_of_an_account_or_of_another_address_is_left_out(name: str) -> None:
    assert name not in client_environment({name: "real"}, ENDPOINT)


def test_credentials_region_and_files_are_not_the_users() -> None:
    real = {
        **{"AWS_ACCESS_KEY_ID": "real", "AWS_SECRET_ACCESS_KEY": "real", "AWS_ENDPOINT_URL": "https://real"},
        **{"AWS_REGION": "eu-west-1", "AWS_CONFIG_FILE": "/real", "AWS_SHARED_CREDENTIALS_FILE": "/real"},
    }
    found = client_environment(real, ENDPOINT)
    assert not {value for value in found.values() if "real" in value}
    assert found["AWS_ENDPOINT_URL"] == ENDPOINT
    assert found["AWS_REGION"] == found["AWS_DEFAULT_REGION"] == "us-east-1"
    assert found["AWS_CONFIG_FILE"] == found["AWS_SHARED_CREDENTIALS_FILE"] == os.devnull


def test_the_region_can_be_chosen() -> None:
    found = client_environment({}, ENDPOINT, "eu-central-1")
    assert found["AWS_REGION"] == found["AWS_DEFAULT_REGION"] == "eu-central-1"


def test_what_says_nothing_of_an_account_is_handed_on() -> None:
    harmless = {"PATH": "/bin", "AWS_PAGER": "", "AWS_DATA_PATH": "/models", "TABLE": "entries"}
    assert harmless.items() <= client_environment(harmless, ENDPOINT).items()


@pytest.mark.parametrize(("spared", "then"), [({}, ""), ({"no_proxy": ".example.com"}, ".example.com,")])
def test_a_proxy_of_the_users_is_not_asked_for_this_machine(spared: dict[str, str], then: str) -> None:
    found = client_environment({"HTTP_PROXY": "http://proxy:3128", **spared}, ENDPOINT)
    assert found["NO_PROXY"] == found["no_proxy"] == f"{then}127.0.0.1,localhost"
