"""What a fork server loads before it forks: what Lambda's runtime brings, and nothing that depends on a function.

awslambdaric itself is left to each fork, for it reads the function's variables while it is imported. Installed packages
are hidden until a fork has found that a new Python would import the same (`kept_packages`). A function that brings a
module of the name of one of Python's own must not be a fork: `is_shadowed` tells.
"""

import contextlib
import gc
import importlib
import os
import sys
from typing import Any

from local_cloud.plugins.lambda_.processes.fork_server.immortal_objects import make_immortal
from local_cloud.plugins.lambda_.processes.fork_server.kept_packages import is_same, kept, loaded_files

IMPORTED_BY_RUNTIME_CLIENT = ("concurrent.futures.thread", "http.client", "simplejson", "snapshot_restore_py")
IMPORTED_BY_FUNCTIONS = ("asyncio", "boto3", "boto3.dynamodb.conditions", "ctypes", "hmac", "uuid")
CLIENTS = ("dynamodb", "events", "s3", "sqs", "stepfunctions")
"""Services whose models are loaded; the first client of any loads what all clients need."""


def preload() -> None:
    """Import it all; what this Python lacks, its functions lack as well. No garbage collection will touch it."""
    gc.disable()
    for name in IMPORTED_BY_RUNTIME_CLIENT:
        with kept():
            _import(name)
    with kept():
        for name in IMPORTED_BY_FUNCTIONS:
            _import(name)
        with contextlib.suppress(ImportError):
            _keep_models(importlib.import_module("botocore.loaders").JSONFileLoader)
    _loaded.update(loaded_files(sys.modules))
    gc.collect()
    with contextlib.suppress(ImportError):
        make_immortal()
    gc.freeze()


_loaded: dict[str, list[tuple[str, str]]] = {}
"""The files of what is loaded and not hidden. To go through `sys.modules` in each fork would write to much of the
memory that they share."""


def _import(name: str) -> None:
    with contextlib.suppress(ImportError):
        importlib.import_module(name)


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
    """Return whether a new Python would import from `folder`, instead of a module of its own that is loaded here."""
    own = {entry.partition(".")[0] for entry in os.listdir(folder)}
    return any(not is_same(file, os.path.join(folder, place)) for name in own for file, place in _loaded.get(name, ()))
