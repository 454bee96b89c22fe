"""LocalStack keeps S3's objects in `/tmp/localstack-s3-storage`, which all its clouds and users share; ours does so in
the temporary folder of this cloud, which is its user's alone and goes with it.
"""

import os
import tempfile

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_objects_in_own_folder() -> None:
    """LocalStack's hook: name another folder before S3 makes its own."""
    replace(
        "localstack.services.s3.provider",
        "DEFAULT_S3_TMP_DIR",
        _below_temporary_folder,
        why="safety",
        upstream="40a7594fb744",
        before="s3",
    )


def _below_temporary_folder(shared: str) -> str:
    return os.path.join(tempfile.gettempdir(), os.path.basename(shared))
