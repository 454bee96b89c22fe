"""LocalStack stores and unpacks an archive anew for each function that is made of it; here once for all of them, with
links to the files of the archive before.
Since 0.2.

An application's functions often share one archive: to store, unpack and remove a thousand small files for each takes
longer than all else that a change of their code does. Each still has a code of its own, with its own id; codes of the
same archive name the same object of S3 and the same folder, which go with the last of them. Functions have no business
to change their code's folder; on AWS they cannot.
"""

import base64
import dataclasses
import hashlib
import io
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Any
from uuid import uuid4

from localstack.runtime import hooks

from local_cloud.plugins.lambda_.archive_unpacking import Unpacking
from local_cloud.plugins.patches import replace

INVOCATION = "localstack.services.lambda_.invocation"
STORING = ("localstack.services.lambda_.provider", f"{INVOCATION}.lambda_service")  # one imported it of the other
S3_CODE = f"{INVOCATION}.lambda_models:S3Code"

type Archive = tuple[str, str, str]
"""Account, region and SHA-256 in Base64, as Lambda tells it."""


class SharedArchives:
    """Which codes use which object of S3.

    Args:
        kept: gives the codes of all functions and layers that were there before this process changed any.
    """

    def __init__(self, kept: Callable[[], Iterable[Any]]) -> None:
        self._kept = kept
        self._stored: dict[Archive, Any] = {}
        self._uses: defaultdict[str, set[str]] = defaultdict(set)  # ids of codes, by the key of their object
        self._knows_kept = False
        self._lock = Lock()
        self._alone: defaultdict[object, Lock] = defaultdict(Lock)

    def alone(self, what: object) -> Lock:
        """The lock of an archive that is stored, or of a folder that is made."""
        with self._lock:
            return self._alone[what]

    def another(self, archive: Archive, function: str) -> Any | None:
        """A code of a stored archive for one more function; None where the archive is not stored."""
        with self._lock:
            self._learn_kept()
            stored = self._stored.get(archive)
            if stored is None:
                return None
            code = dataclasses.replace(stored, id=f"{function}-{uuid4()}")
            self._uses[code.s3_key].add(code.id)
            return code

    def add(self, archive: Archive, code: Any) -> None:
        """An archive was stored for a code."""
        with self._lock:
            self._stored[archive] = code
            self._uses[code.s3_key].add(code.id)

    def drop(self, code: Any) -> bool:
        """A code goes; tells whether its archive has to go with it, since no other uses that."""
        with self._lock:
            self._learn_kept()
            uses = self._uses[code.s3_key]
            uses.discard(code.id)
            if uses:
                return False
            for archive in [archive for archive, one in self._stored.items() if one.s3_key == code.s3_key]:
                del self._stored[archive]
                self._alone.pop(archive, None)
            del self._uses[code.s3_key]
            self._alone.pop(code.s3_key, None)
            return True

    def _learn_kept(self) -> None:
        """Once, before the first is changed or removed; later ones come by `another` and `add`."""
        if not self._knows_kept:
            for code in self._kept():
                self._uses[code.s3_key].add(code.id)
            self._knows_kept = True


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def share_archives() -> None:
    """LocalStack's hook: store and unpack once."""
    archives = SharedArchives(_codes_there_are)
    for owner in STORING:
        replace(
            owner,
            "store_lambda_archive",
            lambda store: _storing_once(store, archives),
            why="speed",
            upstream="d4af5f2d0293",
            before="lambda",
        )
    for name, wrap, upstream in (
        ("get_unzipped_code_location", lambda _: _folder_of_the_archive, "97014298fe50"),
        ("prepare_for_execution", lambda unpack: _unpacking_once(unpack, archives), "c78303464962"),
        ("destroy", lambda destroy: _with_the_last(destroy, archives), "3dfd8a187663"),
    ):
        replace(S3_CODE, name, wrap, why="speed", upstream=upstream, before="lambda")


def _storing_once(store: Callable[..., Any], archives: SharedArchives) -> Callable[..., Any]:
    @wraps(store)
    def stored(archive_file: bytes, function_name: str, region_name: str, account_id: str) -> Any:
        checksum = base64.b64encode(hashlib.sha256(archive_file).digest()).decode()
        archive = (account_id, region_name, checksum)
        with archives.alone(archive):  # functions of an archive come several at once
            code = archives.another(archive, function_name)
            if code is None:
                code = store(archive_file, function_name, region_name, account_id)
                archives.add(archive, code)
        return code

    return stored


def _folder_of_the_archive(code: Any) -> Path:
    """Where LocalStack unpacks it, by the object's name, which is the id of the code that it was stored for."""
    bucket, key = str(code.s3_bucket), PurePosixPath(code.s3_key)
    return Path(tempfile.gettempdir()) / "lambda" / bucket / key.name / "code"


def _unpacking_once(unpack: Callable[[Any], None], archives: SharedArchives) -> Callable[[Any], None]:
    unpacking = Unpacking()

    @wraps(unpack)
    def prepare(code: Any) -> None:
        folder = code.get_unzipped_code_location()
        with archives.alone(code.s3_key):
            if folder.exists():  # then it is whole: it is made under another name, by LocalStack as well
                return
            archive = io.BytesIO()
            code._download_archive_to_file(archive)
            if not unpacking.unpack(archive.getvalue(), folder):
                unpack(code)  # by the machine's own unzip, if it has one

    return prepare


def _with_the_last(destroy: Callable[[Any], None], archives: SharedArchives) -> Callable[[Any], None]:
    @wraps(destroy)
    def destroyed(code: Any) -> None:
        if archives.drop(code):
            destroy(code)

    return destroyed


def _codes_there_are() -> Iterator[Any]:
    from localstack.services.lambda_.invocation.lambda_models import S3Code  # noqa: PLC0415  # takes seconds
    from localstack.services.lambda_.invocation.models import lambda_stores  # noqa: PLC0415

    for _, _, store in list(lambda_stores.iter_stores()):
        versions = [one for function in list(store.functions.values()) for one in list(function.versions.values())]
        layers = [one for layer in list(store.layers.values()) for one in list(layer.layer_versions.values())]
        codes = [*(one.config.code for one in versions), *(one.code for one in layers)]
        yield from (code for code in codes if isinstance(code, S3Code))
