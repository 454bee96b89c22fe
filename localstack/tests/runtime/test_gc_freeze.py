"""Full collections stay short: what survived one is not walked again."""

import json

from local_cloud.testing import Cloud

COUNT_WHAT_IS_SET_ASIDE = """
import gc, json
from local_cloud.plugins.runtime.gc_freeze import set_survivors_aside
set_survivors_aside()
counts = [gc.get_freeze_count()]
for generation in (0, 1, 2):
    gc.collect(generation)
    counts.append(gc.get_freeze_count())
print(json.dumps(counts))
"""


def test_the_survivors_of_a_full_collection_and_of_no_other_are_set_aside(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(COUNT_WHAT_IS_SET_ASIDE)
    before, after_youngest, after_middle, after_full = json.loads(ran.stdout)
    assert before == after_youngest == after_middle < after_full
