"""Has the web server parse each content type once.

Twisted makes an e-mail message of every request's Content-Type header to read it: a fifteenth of the time that
LocalStack computes while it is busy, for the same few texts again and again.
"""

from functools import lru_cache

from localstack.runtime import hooks

MOST = 256  # texts; those with a multipart boundary come once and go


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_parsed_content_types() -> None:
    """LocalStack's hook: remember what was parsed; a header that is wrong is parsed each time."""
    from twisted.web import http  # noqa: PLC0415  # the launcher's process has no need of it

    http._parseContentType = lru_cache(MOST)(http._parseContentType)
