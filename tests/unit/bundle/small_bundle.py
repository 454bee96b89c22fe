"""A bundle of a few small files, written as the real one is, and run as a learner runs it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bundle.archive import write_archive
from bundle.carrying import Carried
from bundle.unpacking.contents import PACKAGES, Contents, Package
from bundle.unpacking.machine import this_platform

FILES = {"README.md": "read me", "tools/run": "#!/bin/sh", f"{PACKAGES}/thing.whl": "a wheel"}


@dataclass(frozen=True)
class Ran:
    code: int
    said: str


def small_bundle(folder: Path, files: Mapping[str, str] = FILES, **otherwise: Any) -> Path:
    """Write it into the folder; `otherwise` replaces what its list says."""
    carried = []
    for path, text in sorted(files.items()):
        source = folder / "sources" / path
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text)
        source.chmod(0o755 if path == "tools/run" else 0o644)
        carried.append(Carried(path, source))
    contents = Contents(
        version="0123456789ab",
        platform=this_platform(),
        python=".".join(map(str, sys.version_info[:2])),
        files=tuple(one.described() for one in carried),
        packages=(Package("thing", "1.0", "MIT", "thing.whl"),),
    )
    write_archive(folder / "small.pyz", replace(contents, **otherwise), carried, lambda _: None)
    return folder / "small.pyz"


def run(bundle: Path, *options: str, **environment: str) -> Ran:
    """Run it in its own folder, with a Python that finds nothing of the checkout's."""
    done = subprocess.run(
        [sys.executable, "-I", bundle.name, *options],
        cwd=bundle.parent,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Ran(done.returncode, done.stdout + done.stderr)
