"""LocalStack looks for proxies and passwords for each request that it forwards; here it forwards as it is.
Since 0.1.

Its library looks for a proxy in the environment and for a password in `~/.netrc`, file by file. What is forwarded here,
to DynamoDB Local above all, stays on the machine and has its own signature.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def forward_as_it_is() -> None:
    """LocalStack's hook: no session that forwards heeds the environment."""
    replace("rolo.client:SimpleRequestsClient", "__init__", _without_environment, why="speed", upstream="dd5019fb874f")


def _without_environment(make: Callable[..., None]) -> Callable[..., None]:
    @wraps(make)
    def make_without_environment(client: Any, *args: Any, **kwargs: Any) -> None:
        make(client, *args, **kwargs)
        client.session.trust_env = False

    return make_without_environment
