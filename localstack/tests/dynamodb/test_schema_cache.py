"""Queries of an index renew what is known of the table side by side, and none breaks it for the others."""

from local_cloud.testing import Cloud

RENEWED_AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from local_cloud.plugins.dynamodb.schema_cache import lock_schema_cache
from local_cloud.plugins.patches import REPLACEMENTS
from localstack.services.dynamodb import utils

lock_schema_cache()
for replacement in REPLACEMENTS:
    replacement.apply()
cache = utils.SCHEMA_CACHE
cache._cache = type(cache._cache)(maxsize=50, ttl=0.00002)
sys.setswitchinterval(1e-6)  # or it takes minutes until two are at it at once

def renew(number):
    if not cache.get("arn"):
        cache["arn"] = number
    if not number % 100:
        cache.pop("arn", None)

with ThreadPoolExecutor(8) as threads:
    list(threads.map(renew, range(20_000)))
cache["arn"] = "whole"
print(cache.pop("arn", "expired") in ("whole", "expired"), cache.get("arn"))
"""


def test_any_number_of_threads_may_renew_a_schema(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(RENEWED_AT_ONCE)
    assert ran.stdout.split() == ["True", "None"], ran.stderr
