"""LocalStack keeps objects in memory and in files without a name; here in named ones where a state folder is, to last.
Since 0.2.

What an object is called and what else is known of it is in S3's store, which `plugins/state` keeps. A file is named for
the object's key and version, so that it is found again.
"""

import hashlib
import os
import threading
from pathlib import Path
from typing import Any

from localstack.runtime import hooks
from readerwriterlock import rwlock

from local_cloud.kept_state import VARIABLE as STATE_FOLDER
from local_cloud.plugins.patches import replace

FOLDER = "objects"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_objects_in_files() -> None:
    """LocalStack's hook: give S3 another store for its objects' contents."""
    replace(
        "localstack.services.s3.provider",
        "EphemeralS3ObjectStore",
        _in_files,
        why="capability",
        upstream="d80b9480e166",
        before="s3",
    )


def _in_files(ephemeral: Any) -> Any:
    if not (state := os.environ.get(STATE_FOLDER)):
        return ephemeral
    store = type("ObjectFiles", (_NamedFiles, ephemeral), {})
    return lambda root_directory: store(str(Path(state, FOLDER)))


class _NamedFiles:
    """What is another than in LocalStack's store, which it stands before; parts of uploads that go on are not kept."""

    root_directory: str
    _filesystem: Any

    def open(self, bucket: str, s3_object: Any, mode: str = "r") -> Any:
        key = self._key_from_s3_object(s3_object)
        keys = self._filesystem[bucket]["keys"]
        if key not in keys:
            keys[key] = ObjectFile(Path(self.root_directory, bucket, key))
        return super().open(bucket, s3_object, mode)  # type: ignore[misc]  # LocalStack's

    def remove(self, bucket: str, s3_object: Any) -> None:
        """Remove the contents of one object or of several."""
        for each in s3_object if isinstance(s3_object, list) else [s3_object]:
            self.open(bucket, each).close()  # an earlier process may have made it
        super().remove(bucket, s3_object)  # type: ignore[misc]

    def delete_bucket(self, bucket: str) -> None:
        """Forget a bucket, also one that an earlier process made."""
        self._filesystem[bucket]  # a default dictionary
        super().delete_bucket(bucket)  # type: ignore[misc]

    def close(self) -> None:
        """Leave the files where they are."""

    @staticmethod
    def _key_from_s3_object(s3_object: Any) -> str:
        name = f"{s3_object.key}?{s3_object.version_id or 'null'}"
        return hashlib.sha256(name.encode()).hexdigest()


class ObjectFile:
    """An object's contents, as LocalStack's temporary files are, but for a descriptor that is always open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._position = 0
        # LocalStack's names: reads and writes of several callers, and one caller's way from `seek` to `read`.
        self.readwrite_lock = rwlock.RWLockWrite()
        self.position_lock = threading.RLock()
        self.internal_last_modified = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; return how far from the beginning that is."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._path.stat().st_size}[whence]
        self._position = start + offset
        return self._position

    def tell(self) -> int:
        """Return how far from the beginning we are."""
        return self._position

    def read(self, size: int = -1) -> bytes:
        """Read from where we are."""
        with self._path.open("rb") as file:
            file.seek(self._position)
            found = file.read(size)
        self._position += len(found)
        return found

    def write(self, content: bytes) -> int:
        """Write to where we are."""
        with self._path.open("r+b") as file:
            file.seek(self._position)
            written = file.write(content)
        self._position += written
        return written

    def truncate(self, size: int | None = None) -> int:
        """Cut it off, at where we are unless told otherwise."""
        length = self._position if size is None else size
        os.truncate(self._path, length)
        return length

    def close(self) -> None:
        """Remove it, as LocalStack does with a file that it closes."""
        self._path.unlink(missing_ok=True)
