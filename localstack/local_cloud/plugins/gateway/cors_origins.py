"""Lets pages call the cloud that this cloud itself serves under any name below `localhost`.

A bucket's website at `http://menu.s3.localhost:4566` is as local as one at `http://localhost:4566`, which LocalStack
allows; it knows no way to name the former in EXTRA_CORS_ALLOWED_ORIGINS. Names below `localhost` lead to the same
machine everywhere (RFC 6761, section 6.3).
"""

import re

from localstack.aws.handlers import cors
from localstack.runtime import hooks

# LocalStack wants these groups: (1) anything, (2) one of its own domains, (3) its own port.
BELOW_LOCALHOST = re.compile(r"(https?://[a-z0-9.-]+)\.(localhost)(:[0-9]{1,5})$")


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def allow_origins_below_localhost() -> None:
    """Add the pattern to those that LocalStack matches origins against."""
    cors.DYNAMIC_INTERNAL_ORIGINS = (*cors.DYNAMIC_INTERNAL_ORIGINS, BELOW_LOCALHOST)
