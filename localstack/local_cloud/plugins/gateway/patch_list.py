"""LocalStack does not know what was replaced in it; here a list of all patches is served, for the status and for tests.
Since 0.2.

GET `/_local-cloud/patches` answers `[{"plugin", "target", "why", "before", "applied", "upstream", "found"}]`.
`upstream` is the fingerprint of the source that the patch was written against, `found` of the one that is there; that
is null before the service is loaded, whose source would have to be imported.
"""

from typing import Any

from localstack.runtime import hooks

from local_cloud.own_endpoints import PATCHES_PATH
from local_cloud.plugins.patches import REPLACEMENTS, Replacement, fingerprint


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def serve_patch_list() -> None:
    """LocalStack's hook: answer at the path."""
    from localstack.services.edge import ROUTER  # noqa: PLC0415  # takes seconds

    ROUTER.add(PATCHES_PATH, lambda _: [told(replacement) for replacement in REPLACEMENTS], methods=["GET"])


def told(replacement: Replacement) -> dict[str, Any]:
    """Return what is told of a patch, as JSON-ready values."""
    return {
        "plugin": replacement.plugin,
        "target": replacement.target,
        "why": replacement.why,
        "before": replacement.before,
        "applied": replacement.is_applied,
        "upstream": replacement.upstream,
        "found": fingerprint(replacement.original) if replacement.is_applied else None,
    }
