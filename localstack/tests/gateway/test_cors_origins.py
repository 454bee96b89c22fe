"""Pages that this machine serves may call the cloud; other pages may not."""

import httpx
import pytest
from local_cloud.testing import Cloud


def status_of_a_call_from(origin: str, cloud: Cloud) -> int:
    port = str(cloud.port)
    headers = {"Origin": origin.format(port=port), "Access-Control-Request-Method": "POST"}
    return httpx.options(f"{cloud.endpoint_url}/", headers=headers).status_code


@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1:{port}",
        "http://localhost:{port}",
        "http://menu.s3.localhost:{port}",
        "http://menu.s3-website.localhost:{port}",
    ],
)
def test_a_page_that_the_cloud_serves_may_call_it(cloud: Cloud, origin: str) -> None:
    assert status_of_a_call_from(origin, cloud) == 204


@pytest.mark.parametrize(
    "origin",
    [
        "http://example.com",
        "http://localhost.example.com:{port}",
        "http://x.localhost:{port}.example.com",
        "http://xlocalhost:{port}",
        "http://x.localhost:1",
    ],
)
def test_a_page_from_elsewhere_may_not(cloud: Cloud, origin: str) -> None:
    assert status_of_a_call_from(origin, cloud) == 403
