"""LocalStack keeps S3's objects in a folder that all users share; here in a folder of this cloud.
Since 0.2.
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
