"""What AWS_ENDPOINT_URL says is an address, or the form of one is told."""

import pytest

from deployer.endpoint import endpoint_in
from deployer.problem import Problem


@pytest.mark.parametrize(
    ("named", "endpoint"),
    [
        ("http://127.0.0.1:4566", "http://127.0.0.1:4566"),
        ("https://cloud.example/", "https://cloud.example"),
        ("http://[::1]:4566", "http://[::1]:4566"),
        ("", None),
    ],
)
def test_an_address_is_taken_without_its_last_slash(named: str, endpoint: str | None) -> None:
    assert endpoint_in({"AWS_ENDPOINT_URL": named}) == endpoint


def test_without_one_it_is_aws_itself() -> None:
    assert endpoint_in({}) is None


@pytest.mark.parametrize(
    "named",
    [
        *("127.0.0.1:4566", "localhost:4566", "somewhere", "//127.0.0.1:4566", "ftp://127.0.0.1", "http://", "/"),
        *("http://127.0.0.1:port", "http://127.0.0.1:99999", "http://127.0.0.1:0", "http://[::1", "http://a b", " "),
    ],
)
def test_anything_else_is_refused_with_what_an_address_looks_like(named: str) -> None:
    with pytest.raises(Problem, match=r"^Invalid endpoint: ") as told:
        endpoint_in({"AWS_ENDPOINT_URL": named})
    assert "http://127.0.0.1:4566" in told.value.suggestion
