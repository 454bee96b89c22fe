"""A browser that opens the cloud's own address comes to a bucket's website; programs get what AWS would answer."""

import gzip
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx
import pytest
from local_cloud.testing import Cloud

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
WEBSITE = {"IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "missing.html"}}


@pytest.fixture(autouse=True)
def _no_other_website(cloud: Cloud) -> Iterator[None]:
    """Take other tests' websites away for a while: the oldest of all is at the cloud's own address."""
    s3 = cloud.client("s3")
    others = dict(websites(cloud))
    for name in others:
        s3.delete_bucket_website(Bucket=name)
    yield
    for name, configuration in others.items():
        s3.put_bucket_website(Bucket=name, WebsiteConfiguration=configuration)


def websites(cloud: Cloud) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each bucket that has one, and how it is configured."""
    s3 = cloud.client("s3")
    for bucket in s3.list_buckets()["Buckets"]:
        with suppress(s3.exceptions.ClientError):
            found = s3.get_bucket_website(Bucket=bucket["Name"])
            yield bucket["Name"], {part: found[part] for part in found if part != "ResponseMetadata"}


def make_bucket(cloud: Cloud, **objects: str) -> str:
    s3, name = cloud.client("s3"), f"site-{uuid4().hex[:8]}"
    s3.create_bucket(Bucket=name)
    for key, text in objects.items():
        body = gzip.compress(text.encode())
        s3.put_object(Bucket=name, Key=f"{key}.html", Body=body, ContentType="text/html", ContentEncoding="gzip")
    return name


@pytest.fixture
def site(cloud: Cloud) -> Iterator[str]:
    name = make_bucket(cloud, index="welcome", missing="nobody is here")
    cloud.client("s3").put_bucket_website(Bucket=name, WebsiteConfiguration=WEBSITE)
    yield name
    remove(cloud, name)


@pytest.fixture
def bucket(cloud: Cloud) -> Iterator[str]:
    name = make_bucket(cloud, index="welcome")
    yield name
    remove(cloud, name)


def remove(cloud: Cloud, name: str) -> None:
    s3 = cloud.client("s3")
    for listed in s3.list_objects_v2(Bucket=name).get("Contents", []):
        s3.delete_object(Bucket=name, Key=listed["Key"])
    s3.delete_bucket(Bucket=name)


def get(cloud: Cloud, path: str, **headers: str) -> httpx.Response:
    return httpx.get(cloud.endpoint_url + path, headers={**BROWSER, **headers}, trust_env=False)


@pytest.mark.parametrize("path", ["/", "/{site}", "/{site}/"])
def test_a_browser_is_sent_to_the_first_page(cloud: Cloud, site: str, path: str) -> None:
    answer = get(cloud, path.format(site=site))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{site}/index.html")


def test_a_link_on_any_page_leads_there(cloud: Cloud, site: str) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert get(cloud, "/", **elsewhere).headers["Location"] == f"/{site}/index.html"


def test_of_two_websites_the_older_one_is_at_the_clouds_address(cloud: Cloud, site: str, bucket: str) -> None:
    cloud.client("s3").put_bucket_website(Bucket=bucket, WebsiteConfiguration=WEBSITE)
    assert get(cloud, "/").headers["Location"] == f"/{site}/index.html"
    assert get(cloud, f"/{bucket}/").headers["Location"] == f"/{bucket}/index.html"


def test_what_is_not_there_is_the_websites_error_page(cloud: Cloud, site: str) -> None:
    answer = get(cloud, f"/{site}/no/such/page")
    assert (answer.status_code, answer.headers["Content-Type"], answer.text) == (404, "text/html", "nobody is here")
    assert get(cloud, f"/{site}/index.html").text == "welcome"


def test_a_program_is_answered_as_by_s3(cloud: Cloud, site: str) -> None:
    s3 = cloud.client("s3")
    assert site in {one["Name"] for one in s3.list_buckets()["Buckets"]}
    assert s3.list_objects_v2(Bucket=site)["KeyCount"] == 2
    with pytest.raises(s3.exceptions.NoSuchKey):
        s3.get_object(Bucket=site, Key="none")
    missing = httpx.get(f"{cloud.endpoint_url}/{site}/none", trust_env=False)
    assert (missing.status_code, "NoSuchKey" in missing.text) == (404, True)


def test_where_there_is_no_website_a_browser_is_told_and_a_bucket_is_as_before(cloud: Cloud, bucket: str) -> None:
    answer = get(cloud, "/")
    assert (answer.status_code, "no bucket of it has a website" in answer.text) == (404, True)
    assert httpx.get(cloud.endpoint_url, trust_env=False).status_code == 200
    assert bucket in get(cloud, f"/{bucket}/").text
    assert "NoSuchKey" in get(cloud, f"/{bucket}/none").text
