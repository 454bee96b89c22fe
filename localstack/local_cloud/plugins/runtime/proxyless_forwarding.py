"""Has requests forwarded as they are, to DynamoDB Local above all.

LocalStack forwards them by a library that looks for a proxy in the environment and for a password in `~/.netrc`, file
by file, for each request. What is forwarded here stays on the machine and has its own signature.
"""

from functools import wraps
from typing import Any

from localstack.runtime import hooks
from rolo.client import SimpleRequestsClient


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def forward_as_it_is() -> None:
    """LocalStack's hook: no session that forwards heeds the environment."""
    make = SimpleRequestsClient.__init__

    @wraps(make)
    def make_without_environment(client: SimpleRequestsClient, *args: Any, **kwargs: Any) -> None:
        make(client, *args, **kwargs)
        client.session.trust_env = False

    SimpleRequestsClient.__init__ = make_without_environment
