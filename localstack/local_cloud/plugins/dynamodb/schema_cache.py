"""LocalStack's cache of table schemas breaks for good when two requests renew it at once; here one waits for the other.
Since 0.2.

It is a TTLCache of cachetools', which is not for several threads ("Please note that all these classes are not
thread-safe"), and each query of an index looks into it. Once broken it answers every one of them with an error.
https://cachetools.readthedocs.io/en/stable/#cache-implementations
"""

from threading import Lock
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace


class LockedCache:
    """As much of a cache as LocalStack uses of this one, for any number of threads."""

    def __init__(self, cache: Any) -> None:
        self._cache, self._lock = cache, Lock()

    def get(self, key: str) -> Any:
        """Return what is kept, or None."""
        with self._lock:
            return self._cache.get(key)

    def __setitem__(self, key: str, value: Any) -> None:
        """Keep it."""
        with self._lock:
            self._cache[key] = value

    def pop(self, key: str, default: Any = None) -> Any:
        """Forget what is kept, and return it."""
        with self._lock:
            return self._cache.pop(key, default)


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def lock_schema_cache() -> None:
    """LocalStack's hook: let one request at a time look into the cache."""
    utils = "localstack.services.dynamodb.utils"
    replace(utils, "SCHEMA_CACHE", LockedCache, why="parity", upstream="5d9794bd8376", before="dynamodb")
