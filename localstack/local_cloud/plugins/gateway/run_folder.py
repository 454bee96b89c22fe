"""LocalStack does not say where it was started; here a GET of `/_local-cloud/run-folder` tells whose cloud it is.
Since 0.2.

The answer is `{"runFolder": "/home/me/project/.local/cloud/run/4566"}`. A port is taken by whoever comes first. Who is
about to change what answers there can look first whether it is their own: the folder lies in the home that the cloud
was started with. It is a path and nothing more, told on loopback.
"""

import os

from localstack.runtime import hooks

from local_cloud.own_endpoints import RUN_FOLDER_PATH


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def tell_run_folder() -> None:
    """LocalStack's hook: answer who asks."""
    from localstack.services.edge import ROUTER  # noqa: PLC0415  # takes seconds

    # The launcher starts LocalStack in its run folder, by which it also knows it (cloud_process.py).
    answer = {"runFolder": os.path.realpath(".")}
    ROUTER.add(RUN_FOLDER_PATH, lambda _: answer, methods=["GET"])
