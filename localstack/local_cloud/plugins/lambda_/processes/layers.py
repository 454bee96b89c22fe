"""A function's layers as one folder, each over those before it, as AWS lays them below `/opt`. Knows no LocalStack.

https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path


def merged_folder(checksums: Iterable[str]) -> Path:
    """Return where layers of these checksums, in this order, are or will be merged."""
    name = hashlib.sha256("\0".join(checksums).encode()).hexdigest()
    return Path(tempfile.gettempdir()) / "layers" / name


def merge(layers: Iterable[Path], merged: Path) -> None:
    """Make `merged` of links to the files of the unzipped `layers`, whole or not at all; if it is there, do nothing."""
    if merged.exists():
        return
    merged.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=merged.parent) as folder:
        draft = Path(folder) / "opt"
        draft.mkdir()
        for layer in layers:
            _lay_over(layer, draft)
        try:
            draft.rename(merged)
        except OSError:
            if not merged.exists():  # nobody else was faster
                raise


def _lay_over(layer: Path, merged: Path) -> None:
    for parent, _, files in layer.walk():
        target = merged / parent.relative_to(layer)
        if not target.is_dir():
            target.unlink(missing_ok=True)
            target.mkdir()
        for name in files:
            _link(parent / name, target / name)


def _link(source: Path, target: Path) -> None:
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    target.unlink(missing_ok=True)
    os.link(source, target, follow_symlinks=False)
