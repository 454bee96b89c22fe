"""How the state of a service becomes bytes, and how what cannot leave its process is made anew in the next one.

Bytes are read from the state folder only, which is its user's alone: reading a pickle runs what it says.
"""

import io
import pickle
import sys
import threading
from _thread import RLock, lock
from typing import Any

from local_cloud.plugins.state import executions
from local_cloud.plugins.state.own_shapes import changed, is_own, name_of, shape

EXECUTION = ("localstack.services.stepfunctions.backend.execution", "Execution")
KEY = ("joserfc.jwk", "RSAKey")


class OtherVersionError(Exception):
    """Classes of ours are others than when it was pickled; the text names them."""


class _Pickler(pickle.Pickler):
    """In C, but for what `reducer_override` is asked of: LocalStack's own, by dill, is fifty times slower."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.shapes: dict[str, str] = {}

    def reducer_override(self, value: Any) -> Any:
        if is_own(value):
            self.shapes[name_of(value)] = shape(value)
        if isinstance(value, lock):
            return threading.Lock, ()
        if isinstance(value, RLock):
            return threading.RLock, ()
        if _is_a(value, EXECUTION):
            return executions.reduced(value)
        if _is_a(value, KEY):  # of a user pool; it wraps one of OpenSSL's
            return _key, (type(value), value.as_dict(private=True))
        return NotImplemented


def _key(kind: Any, parameters: dict[str, str]) -> Any:
    return kind.import_key(parameters)


def _is_a(value: Any, name: tuple[str, str]) -> bool:
    """Whether it is an object of a class, whose module takes long to import and may not have been."""
    module = sys.modules.get(name[0])
    return module is not None and isinstance(value, getattr(module, name[1]))


def dumped(state: Any) -> bytes:
    """Return the bytes of what `loaded` will return.

    Raises:
        TypeError: something in it cannot be pickled (or another exception, by its type).
        RuntimeError: it was changed meanwhile.
    """
    file = io.BytesIO()
    pickler = _Pickler(file)
    pickler.dump(state)
    return pickle.dumps(pickler.shapes) + file.getvalue()


def loaded(state: bytes) -> Any:
    """Return what was pickled.

    Raises:
        OtherVersionError: it holds objects of ours that this version cannot use.
        Exception: of whatever type, for bytes that are damaged.
    """
    file = io.BytesIO(state)
    if others := changed(pickle.load(file)):  # noqa: S301  # see above
        raise OtherVersionError(", ".join(others))
    return pickle.load(file)  # noqa: S301
