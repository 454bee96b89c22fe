"""LocalStack refuses pages that it serves itself under names below `localhost`; here they may call it.
Since 0.1.

A bucket's website at `http://menu.s3.localhost:4566` is as local as one at `http://localhost:4566`, which LocalStack
allows; it knows no way to name the former in EXTRA_CORS_ALLOWED_ORIGINS. Names below `localhost` lead to the same
machine everywhere (RFC 6761, section 6.3).
"""

import re

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

# LocalStack wants these groups: (1) anything, (2) one of its own domains, (3) its own port.
BELOW_LOCALHOST = re.compile(r"(https?://[a-z0-9.-]+)\.(localhost)(:[0-9]{1,5})$")


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def allow_origins_below_localhost() -> None:
    """Add the pattern to those that LocalStack matches origins against."""
    replace(
        "localstack.aws.handlers.cors",
        "DYNAMIC_INTERNAL_ORIGINS",
        lambda origins: (*origins, BELOW_LOCALHOST),
        why="capability",
        upstream="d23a1307d86d",
    )
