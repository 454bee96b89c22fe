"""LocalStack pauses for up to a second and a half to collect garbage; here what survived a collection is set aside.
Since 0.1.

LocalStack holds some hundred megabytes of specifications and stores for as long as it lives. Each full collection
walks all of it, and nothing else runs meanwhile: pauses of half a second to a second and a half were measured. What has
survived one full collection is set aside (`gc.freeze`), so that the next walks only what came since. The price: a cycle
among the survivors that dies later is not freed before LocalStack ends.
"""

import gc
from collections.abc import Mapping
from typing import Any

from localstack.runtime import hooks

OLDEST = 2


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def set_survivors_aside() -> None:
    """LocalStack's hook: look after every collection from now on."""
    gc.callbacks.append(after_full_collection)


def after_full_collection(phase: str, info: Mapping[str, Any]) -> None:
    """Set aside what is left; Python calls this at the start and at the stop of each collection."""
    if phase == "stop" and info["generation"] == OLDEST:
        gc.freeze()
