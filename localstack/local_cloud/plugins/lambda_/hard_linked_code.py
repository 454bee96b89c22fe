"""LocalStack unpacks an archive anew for each function that is made of it; here once, and the others get links.
Since 0.1.

An application's functions often share one archive, and unpacking a thousand small files takes longer than all else
that creating a function does. Those that come later get links to the first one's files: a folder of its own for each
function, with nothing in it written again. Functions have no business to change their code; on AWS they cannot.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def link_code() -> None:
    """LocalStack's hook: link what is unpacked already."""
    replace(
        "localstack.services.lambda_.invocation.lambda_models:S3Code",
        "prepare_for_execution",
        lambda unpack: _linking(unpack, {}),
        why="speed",
        upstream="c78303464962",
        before="lambda",
    )


def _linking(unpack: Callable[[Any], None], unpacked: dict[str, Path]) -> Callable[[Any], None]:
    """`unpacked` is where each archive was unpacked last, by its checksum; that folder may be gone."""
    locks: dict[str, Lock] = {}  # functions of an archive come several at once: all would find it not unpacked yet

    @wraps(unpack)
    def prepare(code: Any) -> None:
        archive, target = code.code_sha256, code.get_unzipped_code_location()
        if not target.exists():  # else it is whole: it is made under another name, by LocalStack as well
            with locks.setdefault(archive, Lock()):
                source = unpacked.get(archive)
                if source is None or not link(source, target):
                    unpack(code)
        unpacked[archive] = target

    return prepare


def link(source: Path, target: Path) -> bool:
    """Make `target` a folder of links to all files of `source`, whole or not at all; tell whether it is there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        linked = Path(folder) / "code"
        try:
            shutil.copytree(source, linked, copy_function=os.link)
            linked.rename(target)
        except (OSError, shutil.Error):  # the source was removed meanwhile, or somebody else was faster
            return target.exists()
    return True
