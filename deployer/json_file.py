"""Small files of JSON that others may read while they are written, or that a kill may have cut short."""

import json
import os
from pathlib import Path
from typing import Any


def write(path: Path, value: Any) -> None:
    """Write the file so that whoever reads it meanwhile reads the old one or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_text(json.dumps(value, indent=2) + "\n")
    unfinished.replace(path)


def read(path: Path, otherwise: Any) -> Any:
    """What the file holds, or `otherwise` where it is missing or is not JSON."""
    try:
        return json.loads(path.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return otherwise
