"""LocalStack's web server parses the Content-Type of every request as if it were an e-mail; here each text once.
Since 0.1.

Twisted makes an e-mail message of every request's Content-Type header to read it: a fifteenth of the time that
LocalStack computes while it is busy, for the same few texts again and again.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

MOST = 256  # texts; those with a multipart boundary come once and go


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_parsed_content_types() -> None:
    """LocalStack's hook: remember what was parsed; a header that is wrong is parsed each time."""
    replace("twisted.web.http", "_parseContentType", _cached, why="speed", upstream="5b5206bbb013")


def _cached(parse: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
    return lru_cache(MOST)(parse)
