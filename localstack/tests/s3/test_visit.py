"""What is a visit of a browser, and what is a call of AWS's that must not be touched."""

import pytest
from local_cloud.plugins.s3.websites.visit import Visit, visit

PAGE = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
HERE = "127.0.0.1:4566"


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/", Visit("", "")),
        ("/site", Visit("site", "")),
        ("/site/", Visit("site", "")),
        ("/site/a/b", Visit("site", "a/b")),
    ],
)
@pytest.mark.parametrize("host", [HERE, "localhost:4566", "[::1]:4566", "LOCALHOST"])
def test_a_browser_visits_a_bucket_by_its_path(path: str, wanted: Visit, host: str) -> None:
    assert visit("GET", host, path, "", {"Accept": PAGE}) == wanted


@pytest.mark.parametrize(
    ("method", "host", "query", "headers"),
    [
        ("GET", HERE, "", {}),
        ("GET", HERE, "", {"Accept": "*/*"}),
        ("GET", HERE, "", {"Accept": PAGE, "Authorization": "AWS4-HMAC-SHA256 Credential=test"}),
        ("GET", HERE, "", {"Accept": PAGE, "authorization": "AWS test:signature"}),
        ("GET", HERE, "", {"Accept": PAGE, "x-amz-date": "20260101T000000Z"}),
        ("GET", HERE, "X-Amz-Signature=0", {"Accept": PAGE}),
        ("GET", HERE, "Action=ListUsers", {"Accept": PAGE}),
        ("GET", HERE, "x-id=ListBuckets", {"Accept": PAGE}),
        ("POST", HERE, "", {"Accept": PAGE}),
        ("GET", "site.s3.localhost:4566", "", {"Accept": PAGE}),
        ("GET", "", "", {"Accept": PAGE}),
    ],
)
def test_what_has_anything_of_awss_is_no_visit(method: str, host: str, query: str, headers: dict[str, str]) -> None:
    assert visit(method, host, "/", query, headers) is None
