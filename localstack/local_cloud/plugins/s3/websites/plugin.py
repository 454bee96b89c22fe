"""LocalStack has a bucket's website at a name of its own only; here its first page is at `/`, its 404 at its path, too.
Since 0.2.

Who opens `/` or `/BUCKET/` in a browser is sent to the index document of the bucket's website configuration (at `/` of
the oldest bucket that has one, and a word where none has); who opens an object that is not there sees its error
document, with status 404. Where a bucket has no website, and for every program, all is as LocalStack answers it.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from localstack.aws import handlers
from localstack.runtime import hooks

from local_cloud.plugins.s3.websites.visit import Visit, visit

_NO_WEBSITE = "A local cloud runs here, and no bucket of it has a website. Deploy one, and load this page again.\n"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def lead_to_websites() -> None:
    """LocalStack's hook: look at each request before, and at each answer after."""
    handlers.preprocess_request.append(_send_to_first_page)
    handlers.run_custom_response_handlers.append(_answer_with_error_page)


def leads_to_website(request: Any) -> bool:
    """Whether all that the request gets is the address of a website's first page."""
    asked = _visit_of(request)
    return asked is not None and not asked.key and _first_page(asked.bucket) is not None


def _send_to_first_page(chain: Any, context: Any, response: Any) -> None:
    # Kept, since a signature is added to requests that have none.
    context.visit = _visit_of(context.request)
    if not context.visit or context.visit.key:
        return
    if page := _first_page(context.visit.bucket):
        chain.respond(HTTPStatus.FOUND, headers={"Location": page, "Cache-Control": "no-store"})
    elif not context.visit.bucket:
        chain.respond(HTTPStatus.NOT_FOUND, _NO_WEBSITE, {"Content-Type": "text/plain", "Cache-Control": "no-store"})


def _answer_with_error_page(chain: Any, context: Any, response: Any) -> None:
    asked: Visit | None = context.visit
    if not asked or not asked.key or response.status_code != HTTPStatus.NOT_FOUND:
        return
    if page := _error_page(asked.bucket):
        response.data = page["Body"].read()
        response.headers["Content-Type"] = page["ContentType"]
        if encoding := page.get("ContentEncoding"):
            response.headers["Content-Encoding"] = encoding


def _visit_of(request: Any) -> Visit | None:
    return visit(request.method, request.host, request.path, request.query_string.decode(), request.headers)


def _first_page(bucket: str) -> str | None:
    """Where the website begins; that of the oldest one where no bucket is named."""
    website = _website(bucket) if bucket else next(_websites(), None)
    index = website and website.website_configuration.get("IndexDocument")
    return f"/{website.name}/{index['Suffix']}" if website and index else None


def _error_page(bucket: str) -> Any:
    """The website's error document as S3 gives it; None where it has none, or names one that is not there."""
    from localstack.aws.connect import connect_to  # noqa: PLC0415

    website = _website(bucket)
    error = website and website.website_configuration.get("ErrorDocument")
    if not website or not error or website.objects.get(error["Key"]) is None:
        return None
    return connect_to().s3.get_object(Bucket=bucket, Key=error["Key"])


def _website(bucket: str) -> Any:
    return next((each for each in _websites() if each.name == bucket), None)


def _websites() -> Iterator[Any]:
    """Buckets with a website configuration, of any account, the oldest first."""
    from localstack.services.s3.models import s3_stores  # noqa: PLC0415

    stores = [store for regions in list(s3_stores.values()) for store in list(regions.values())]
    buckets = {each.name: each for store in stores for each in list(store.buckets.values())}
    return iter(sorted((each for each in buckets.values() if each.website_configuration), key=_age))


def _age(bucket: Any) -> Any:
    return bucket.creation_date
