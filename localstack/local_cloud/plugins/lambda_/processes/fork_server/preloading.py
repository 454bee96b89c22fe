"""What a fork server loads before it forks: what Lambda's runtime brings, and nothing that depends on a function.

awslambdaric itself is left to each fork, for it reads the function's variables while it is imported. A function that
brings another version of what is loaded here must not be a fork: `is_shadowed` tells.
"""

import contextlib
import filecmp
import gc
import importlib
import os
import sys
from typing import Any

IMPORTED_BY_RUNTIME_CLIENT = ("concurrent.futures.thread", "http.client", "simplejson", "snapshot_restore_py")
IMPORTED_BY_FUNCTIONS = ("asyncio", "boto3", "boto3.dynamodb.conditions", "ctypes", "hmac", "uuid")
CLIENTS = ("dynamodb", "events", "s3", "sqs", "stepfunctions")
"""Services whose models are loaded; the first client of any loads what all clients need."""


def preload() -> None:
    """Import it all; what this Python lacks, its functions lack as well. No garbage collection will touch it."""
    gc.disable()
    for name in (*IMPORTED_BY_RUNTIME_CLIENT, *IMPORTED_BY_FUNCTIONS):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    with contextlib.suppress(ImportError):
        _keep_models(importlib.import_module("botocore.loaders").JSONFileLoader)
    _note_loaded_files()
    gc.collect()
    gc.freeze()


def _keep_models(loader_class: Any) -> None:
    """Hand each fork's first session the files that botocore parses for a client, parsed already.

    To find them, clients are made and thrown away: by a session of their own, and without a call. What is changed in
    botocore is changed for functions; LocalStack's, which `plugins/patches.py` watches over, is another.
    """
    load, paths, parsed = loader_class.load_file, set[str](), dict[str, Any]()

    def load_parsed(loader: object, path: str) -> Any:
        paths.add(path)
        return parsed.pop(path, None) or load(loader, path)  # once: a session may change what it has read

    loader_class.load_file = load_parsed
    _make_clients()
    gc.collect()  # before as much is allocated again
    parsed.update({path: load(loader_class(), path) for path in paths})


def _make_clients() -> None:
    from botocore.session import Session  # noqa: PLC0415 - may be missing

    session = Session()
    session.set_credentials("none", "none")
    for service in CLIENTS:
        session.create_client(service, region_name="us-east-1")


def is_shadowed(folder: str) -> bool:
    """Return whether a new Python would import from `folder`, instead of what is loaded, another version of it."""
    own = {entry.partition(".")[0] for entry in os.listdir(folder)}
    return any(not _is_same(file, os.path.join(folder, place)) for name in own for file, place in _loaded.get(name, ()))


_loaded: dict[str, list[tuple[str, str]]] = {}
"""By their top-level names the files of what is loaded: where each is, and where below a folder of its search path.

Made before there are forks: to go through `sys.modules` in each would write to much of the memory that they share.
"""


def _note_loaded_files() -> None:
    for name, module in sys.modules.items():
        spec = getattr(module, "__spec__", None)
        if spec is not None and spec.has_location and spec.origin:
            depth = name.count(".") + 1 + (spec.submodule_search_locations is not None)
            place = os.sep.join(spec.origin.split(os.sep)[-depth:])
            _loaded.setdefault(name.partition(".")[0], []).append((spec.origin, place))


def _is_same(file: str, other: str) -> bool:
    try:
        return filecmp.cmp(file, other, shallow=False)
    except OSError:
        return False
