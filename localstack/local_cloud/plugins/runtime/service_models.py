"""LocalStack reads AWS's service models anew for each client and parser; here each file once, without its prose.
Since 0.2.

Each session of botocore has a loader that parses the files for itself and keeps them: the list of all endpoints five
times, a model that clients, LocalStack's parser and moto ask for three times, all as ordered dictionaries, with a
documentation that nobody reads. Those were 87 MB of LocalStack's 320. A dictionary keeps its order without being one
of those.

What is loaded is changed by one kind of file, a model's "extras", and loaders differ in which they heed. So a file is
shared by the loaders that find the same extras for it.
"""

import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

PROSE = "documentation"


@hooks.on_infra_start(priority=100)  # type: ignore[untyped-decorator]  # before anything is loaded
def share_service_models() -> None:
    """LocalStack's hook: keep what is read once, for all loaders."""
    replace("botocore.loaders:JSONFileLoader", "_load_file", _briefly, why="speed", upstream="8e9da7ac3d7d")
    replace("botocore.loaders:Loader", "load_data_with_path", _shared, why="speed", upstream="ba2bafd04efd")


def _briefly(_: Callable[..., Any]) -> Callable[..., Any]:
    def load_file(_loader: Any, path: str, open_file: Callable[..., Any]) -> Any:
        if not Path(path).is_file():
            return None  # another suffix may be there
        with open_file(path, "rb") as file:
            return json.loads(file.read(), object_hook=without_prose)

    return load_file


def without_prose(read: dict[str, Any]) -> dict[str, Any]:
    """Empty the documentation of what was read; a member of that name has a description, which is no text."""
    if isinstance(read.get(PROSE), str):
        read[PROSE] = ""
    return read


def _shared(load: Callable[[Any, str], tuple[Any, str]]) -> Callable[[Any, str], tuple[Any, str]]:
    loaded: dict[tuple[str, ...], tuple[Any, str]] = {}

    @wraps(load)
    def load_once(loader: Any, name: str) -> tuple[Any, str]:
        path = _path_of(loader, name)
        if path is None:
            return load(loader, name)  # which says so
        key = (path, *(kind for kind in loader.extras_types if _path_of(loader, f"{name}.{kind}-extras")))
        return loaded.get(key) or loaded.setdefault(key, load(loader, name))

    return load_once


def _path_of(loader: Any, name: str) -> str | None:
    """Return where a loader finds a file of this name, without its suffix."""
    places = loader._potential_locations(name)  # as `load_data_with_path` does
    return next((place for place in places if loader.file_loader.exists(place)), None)
