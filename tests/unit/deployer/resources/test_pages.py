"""Pages in a bucket: what was built is there, what is not built any more is not, and browsers know what a file is."""

from pathlib import Path
from typing import Any

import pytest
from botocore.stub import ANY

from deployer.aws import Aws
from deployer.fingerprint import etag, etags_of
from deployer.planner import Step, Verb, plan
from deployer.resources.pages import CONFIGURATION, LEFT_OVER, Pages, PagesAdapter, configure_pages, content_type
from deployer.resources.resource import Found
from tests.unit.deployer.samples import offline_aws, quiet, script

BUCKET = "bar-pages"
LISTED = {"Bucket": BUCKET}


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    """A page and its script."""
    for path in ("order/index.html", "assets/order-1a2b.js"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text(f"content of {path}")
    return Pages(BUCKET, tmp_path, etags_of(tmp_path))


def listing(**etags: str) -> dict[str, Any]:
    return {"Contents": [{"Key": key.replace("__", "/"), "ETag": f'"{value}"'} for key, value in etags.items()]}


def step(pages: Pages, answer: dict[str, Any]) -> Step:
    aws = offline_aws()
    with script(aws.s3) as s3:
        s3.add_response("list_objects_v2", answer, LISTED)
        (found,) = plan([Found(pages, PagesAdapter(aws, quiet).read(pages))])
    return found


def everything(pages: Pages) -> dict[str, Any]:
    there = {key: value for key, value in pages.state().items() if key != LEFT_OVER}
    return {"Contents": [{"Key": key, "ETag": f'"{value}"'} for key, value in there.items()]}


def test_pages_that_are_as_they_were_built_are_left_alone_and_so_is_their_configuration(pages: Pages) -> None:
    there = everything(pages)
    there["Contents"].append({"Key": CONFIGURATION, "ETag": '"any"'})
    assert step(pages, there).verb is Verb.LEAVE


def test_an_empty_bucket_gets_every_page(pages: Pages) -> None:
    assert step(pages, {}).verb is Verb.CREATE


def test_what_differs_and_what_is_left_over_is_named(pages: Pages) -> None:
    found = step(pages, listing(order__index="old", assets__gone="old"))
    assert found.verb is Verb.UPDATE
    assert found.differing == {*pages.files, LEFT_OVER}


def uploads(pages: Pages, differing: set[str], answers: list[tuple[str, dict[str, Any], dict[str, Any]]]) -> None:
    aws: Aws = offline_aws()
    with script(aws.s3) as s3:
        for operation, answer, given in answers:
            s3.add_response(operation, answer, given)
        PagesAdapter(aws, quiet).update(pages, frozenset(differing))
        s3.assert_no_pending_responses()


def put(key: str, kind: str, kept: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    return (
        "put_object",
        {},
        {
            "Bucket": BUCKET,
            "Key": key,
            "Body": ANY,
            "ContentType": kind,
            "CacheControl": kept,
            "ContentEncoding": "gzip",
        },
    )


def test_a_page_comes_after_what_it_names_and_what_it_named_goes_last(pages: Pages) -> None:
    uploads(
        pages,
        {*pages.files, LEFT_OVER},
        [
            put("assets/order-1a2b.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
            put("order/", "text/html; charset=utf-8", "no-cache"),
            put("order/index.html", "text/html; charset=utf-8", "no-cache"),
            ("list_objects_v2", listing(assets__gone="old") | {"IsTruncated": False}, LISTED),
            ("delete_object", {}, {"Bucket": BUCKET, "Key": "assets/gone"}),
        ],
    )


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("favicon.svg", "image/svg+xml"),
        ("assets/a.css", "text/css; charset=utf-8"),
        ("assets/scanner.wasm", "application/wasm"),
        ("order.webmanifest", "application/manifest+json"),
        ("assets/without-a-name", "application/octet-stream"),
    ],
)
def test_a_browser_is_told_what_a_file_is(path: str, kind: str) -> None:
    assert content_type(path) == kind


@pytest.fixture
def with_way_on(tmp_path: Path) -> Pages:
    """A page in a folder, one beside it, and the page that adds a slash to a folder's address, with its script."""
    folder = tmp_path / "dist"
    (folder / "order").mkdir(parents=True)
    for path in ("order/index.html", "index.html", "onward.html", "onward.js"):
        (folder / path).write_text(f"content of {path}")
    return Pages(BUCKET, folder, etags_of(folder))


def test_a_folder_has_its_page_with_a_slash_and_a_way_there_without(with_way_on: Pages) -> None:
    assert with_way_on.files == {
        "index.html": "index.html",
        "onward.html": "onward.html",
        "onward.js": "onward.js",
        "order/index.html": "order/index.html",
        "order/": "order/index.html",
        "order": "onward.html",
    }
    assert with_way_on.state()["order/"] == with_way_on.etags["order/index.html"]


def test_the_way_there_has_its_script_beside_a_folder_at_any_depth_but_not_instead_of_ones_own(tmp_path: Path) -> None:
    paths = ("menu/index.html", "menu/cold/index.html", "own/a/index.html", "own/onward.js", "onward.html", "onward.js")
    files = Pages(BUCKET, tmp_path, dict.fromkeys(paths, "etag")).files
    assert (files["menu/cold"], files["menu/onward.js"]) == ("onward.html", "onward.js")
    assert files["own/onward.js"] == "own/onward.js"


def test_a_folders_address_is_a_page_to_browsers_and_goes_with_the_folder(with_way_on: Pages, pages: Pages) -> None:
    uploads(
        with_way_on,
        {"order/", "order"},
        [put("order", "text/html; charset=utf-8", "no-cache"), put("order/", "text/html; charset=utf-8", "no-cache")],
    )
    assert step(pages, everything(with_way_on)).differing >= {LEFT_OVER}
    assert step(with_way_on, everything(with_way_on)).verb is Verb.LEAVE


def test_a_configuration_that_is_there_is_not_put_again() -> None:
    aws = offline_aws()
    with script(aws.s3) as s3:
        known = {"Contents": [{"Key": CONFIGURATION, "ETag": f'"{etag(b"{}")}"'}]}
        s3.add_response("list_objects_v2", known, LISTED)
        configure_pages(aws, BUCKET, {})
        s3.add_response("list_objects_v2", known, LISTED)
        s3.add_response(
            "put_object",
            {},
            {**LISTED, "Key": CONFIGURATION, "Body": b'{"a": 1}', "ContentType": ANY, "CacheControl": ANY},
        )
        configure_pages(aws, BUCKET, {"a": 1})
        s3.assert_no_pending_responses()


def test_a_folder_that_was_not_built_has_no_files(tmp_path: Path) -> None:
    assert etags_of(tmp_path / "dist") == {}
