"""Objects that anybody may read, and presigned URLs, are for any page; nothing else of a bucket is."""

from urllib.parse import urlsplit

import pytest
from local_cloud.testing import Cloud

from .conftest import OBJECT, Deployed, Visitor
from .sent_by_pages import ELSEWHERE, MULTIPART, create_user, multipart, presigned


@pytest.mark.parametrize("page", [ELSEWHERE, "Origin: null", "Sec-Fetch-Site: cross-site"])
def test_public_objects_are_anybodys_and_private_ones_are_not(visitor: Visitor, deployed: Deployed, page: str) -> None:
    port = visitor.cloud.port
    for bucket, is_public in ((deployed.public, True), (deployed.private, False)):
        for path, host in ((f"/{bucket}/{OBJECT}", ""), (f"/{OBJECT}", f"{bucket}.s3.localhost:{port}")):
            for method in ("GET", "HEAD"):
                answer = visitor.ask(f"{path}?v=2", page, method=method, host=host)
                assert answer.status == (200 if is_public else 403)
            assert visitor.ask(path, method="HEAD", host=host).status == 200  # for programs as before
        site = visitor.ask(f"/{OBJECT}", page, host=f"{bucket}.s3-website.localhost:{port}")
        assert site.status == (200 if is_public else 403)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/{bucket}"),
        ("GET", "/{bucket}/"),
        ("GET", "/{bucket}?policy"),
        ("GET", "/{bucket}/{key}?acl"),
        ("GET", "/{bucket}/{key}?tagging"),
        ("GET", "/{bucket}/{key}?versionId=x"),
        ("GET", "/{bucket}/{key}?response-content-type=text/html"),
        ("GET", "/{bucket}/{key}?Action=CreateUser&UserName=x"),
        ("PUT", "/{bucket}/{key}"),
        ("PUT", "/{bucket}?policy"),
        ("POST", "/{bucket}/{key}?uploads"),
        ("POST", "/{bucket}?delete"),
        ("POST", "/{bucket}"),
        ("DELETE", "/{bucket}/{key}"),
    ],
)
def test_of_a_public_bucket_any_page_gets_objects_only(
    visitor: Visitor, deployed: Deployed, method: str, path: str
) -> None:
    made = path.format(bucket=deployed.public, key=OBJECT)
    assert visitor.ask(made, ELSEWHERE, method=method).refusal
    signed = f"{made}{'&' if '?' in made else '?'}{presigned('iam')}"
    assert visitor.ask(signed, ELSEWHERE, method=method).refusal


def test_presigned_urls_of_objects_are_for_any_page(visitor: Visitor, cloud: Cloud, deployed: Deployed) -> None:
    for bucket, method, operation in (
        (deployed.private, "GET", "get_object"),
        (deployed.private, "HEAD", "head_object"),
        (deployed.uploads, "PUT", "put_object"),
    ):
        url = urlsplit(cloud.client("s3").generate_presigned_url(operation, {"Bucket": bucket, "Key": OBJECT}))
        address = f"{url.path}?{url.query}"
        assert visitor.ask(address, ELSEWHERE, method=method, body=b"" if method != "PUT" else b"{}").status == 200
        assert visitor.ask(address, "Sec-Fetch-Site: cross-site", method=method).status == 200
    assert visitor.ask(f"/{deployed.private}/{OBJECT}?{presigned()}", ELSEWHERE).status == 200
    named = "response-content-disposition=attachment"
    assert visitor.ask(f"/{deployed.private}/{OBJECT}?{presigned()}&{named}", ELSEWHERE).status == 200


@pytest.mark.parametrize("name", ["response-content-type", "Response-Content-Type"])
def test_a_presigned_url_makes_no_page_of_a_text(visitor: Visitor, deployed: Deployed, name: str) -> None:
    address = f"/{deployed.private}/{OBJECT}?{presigned()}&{name}=text/html"
    assert visitor.ask(address, ELSEWHERE).refusal
    assert visitor.ask(address).status == 200


@pytest.mark.parametrize("service", ["sts", "iam", "cloudformation", "sqs", "lambda"])
def test_presigned_urls_of_other_services_are_not(visitor: Visitor, user_name: str, service: str) -> None:
    for query in (presigned(service), f"{create_user(user_name)}&{presigned(service)}"):
        for path in ("/", "/bucket/key", "/2015-03-31/functions/"):
            assert visitor.ask(f"{path}?{query}", ELSEWHERE).refusal
            assert visitor.ask(f"{path}?{query}", "Sec-Fetch-Site: cross-site", method="POST").refusal


@pytest.mark.parametrize(
    "operation", ["list_objects_v2", "delete_object", "put_bucket_policy", "create_bucket", "copy_object"]
)
def test_presigned_urls_that_are_no_objects_are_for_programs(
    visitor: Visitor, cloud: Cloud, deployed: Deployed, operation: str
) -> None:
    parameters = {
        "list_objects_v2": {},
        "delete_object": {"Key": OBJECT},
        "put_bucket_policy": {"Policy": "{}"},
        "create_bucket": {},
        "copy_object": {"Key": "copy", "CopySource": f"{deployed.private}/{OBJECT}"},
    }[operation]
    client = cloud.client("s3")
    url = urlsplit(client.generate_presigned_url(operation, {"Bucket": deployed.uploads, **parameters}))
    method = {"list_objects_v2": "GET", "delete_object": "DELETE"}.get(operation, "PUT")
    answer = visitor.ask(f"{url.path}?{url.query}", "Origin: http://app.example", method=method)
    # It is said in the address, and is a copy only once LocalStack has taken it from there.
    assert ("CopyObject" if operation == "copy_object" else "did not serve") in answer.refusal
    kept = client.list_objects_v2(Bucket=deployed.uploads)["Contents"]
    assert [each["Key"] for each in kept] == [OBJECT]


def test_a_form_writes_only_where_the_buckets_rules_let_its_page(
    visitor: Visitor, cloud: Cloud, deployed: Deployed
) -> None:
    """A browser asks nobody before a form, and whatever lies in a bucket is a page of the cloud's own."""
    client = cloud.client("s3")
    for bucket, page, is_let_in in (
        (deployed.uploads, "http://app.example", True),
        (deployed.uploads, "http://evil.example", False),
        (deployed.private, "http://app.example", False),
        (deployed.public, "null", False),
    ):
        signed = client.generate_presigned_post(bucket, "uploaded.html")
        body = multipart(signed["fields"])
        answer = visitor.ask(f"/{bucket}", f"Origin: {page}", MULTIPART, method="POST", body=body)
        assert (answer.status, bool(answer.refusal)) == ((204, False) if is_let_in else (403, True))
        keys = [each["Key"] for each in client.list_objects_v2(Bucket=bucket)["Contents"]]
        assert ("uploaded.html" in keys) is is_let_in
        client.delete_object(Bucket=bucket, Key="uploaded.html")


def test_a_preflight_to_a_bucket_is_answered_by_the_buckets_rules(visitor: Visitor, deployed: Deployed) -> None:
    address = f"/{deployed.uploads}/{OBJECT}?{presigned()}"
    put = "Access-Control-Request-Method: PUT"
    answered = visitor.ask(address, "Origin: http://app.example", put, method="OPTIONS")
    assert answered.status == 200
    assert answered.headers["access-control-allow-origin"] == "http://app.example"
    other = visitor.ask(address, ELSEWHERE, put, method="OPTIONS")
    assert (other.status, other.refusal) == (403, "")
    assert "CORSResponse" in other.body
    assert visitor.ask(f"/{deployed.uploads}/{OBJECT}", "Origin: http://app.example", put, method="OPTIONS").refusal
