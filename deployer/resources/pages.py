"""Web pages in a bucket: every file that was built, under its own path, and none that is not built any more.

A folder's address works without its file's name, too: S3 knows no folders, but takes `order/` and `order` for keys as
good as any other. Below the first lies the folder's page, below the second one that leads there.
"""

import json
import mimetypes
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from deployer.aws import Aws
from deployer.compression import ENCODING, is_compressed, stored
from deployer.fingerprint import etag
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State

LEFT_OVER = "files that are not built any more"
INDEX, ONWARD = "/index.html", "onward.html"  # the page of a folder; the page that adds the slash to its address
ITS_SCRIPT = "onward.js"  # of ONWARD, which names it relatively, from beside any folder
CONFIGURATION = "config.json"  # beside the pages; written when all it tells of is there
NAMED_BY_CONTENT = "assets/"  # Vite puts a hash of the content into these files' names
FOR_EVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
AT_ONCE = 8


@dataclass(frozen=True)
class Pages(Resource):
    """The pages of a folder in the bucket of this name.

    Attributes:
        folder: where they were built.
        etags: for each file, by its path in the folder, what S3 calls its content as it lies there: the MD5 of it.
        beside: a folder whose files lie beside those.
    """

    kind = "pages in bucket"
    part = True

    folder: Path
    etags: Mapping[str, str]
    beside: Path | None = None

    def file(self, path: str) -> Path:
        """Where the file of a path lies."""
        own = self.beside / path if self.beside else None
        return own if own and own.is_file() else self.folder / path

    def state(self) -> State:
        """Each file's content, and nothing else."""
        return {**{key: self.etags[path] for key, path in self.files.items()}, LEFT_OVER: []}

    @property
    def files(self) -> dict[str, str]:
        """For each key, the path of the file that lies there."""
        folders = [path.removesuffix(INDEX) for path in self.etags if path.endswith(INDEX)]
        slashed = {f"{folder}/": f"{folder}{INDEX}" for folder in folders}
        scripts = {str(PurePosixPath(folder).with_name(ITS_SCRIPT)): ITS_SCRIPT for folder in folders}
        bare = {**scripts, **dict.fromkeys(folders, ONWARD)}
        ways = {key: path for key, path in bare.items() if path in self.etags}
        return {**ways, **{path: path for path in self.etags}, **slashed}


class PagesAdapter(Adapter[Pages]):
    """Objects in S3."""

    def read(self, wanted: Pages) -> State | None:
        """What a listing of the bucket tells; None where there is no page."""
        there = etags_in(self.aws, wanted.name)
        left_over = sorted(there.keys() - wanted.files.keys() - {CONFIGURATION})
        return {**there, LEFT_OVER: left_over} if there else None

    def create(self, wanted: Pages) -> None:
        """Upload every file."""
        self.update(wanted, frozenset(wanted.state()))

    def update(self, wanted: Pages, differing: frozenset[str]) -> None:
        """Upload what differs: pages last, since they name the other files; what they named before goes after that."""
        keys = sorted(differing - {LEFT_OVER})
        pages = [key for key in keys if wanted.files[key].endswith(".html")]
        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(lambda key: self._upload(wanted, key), (key for key in keys if key not in pages)))
        for key in pages:
            self._upload(wanted, key)
        if LEFT_OVER in differing:
            self._remove_left_over(wanted)

    def _upload(self, wanted: Pages, key: str) -> None:
        path = wanted.files[key]
        self.aws.s3.put_object(
            Bucket=wanted.name,
            Key=key,
            Body=stored(path, wanted.file(path).read_bytes()),
            ContentType=content_type(path),
            CacheControl=FOR_EVER if path.startswith(NAMED_BY_CONTENT) else ASK_FIRST,
            **({"ContentEncoding": ENCODING} if is_compressed(path) else {}),  # type: ignore[arg-type]
        )

    def _remove_left_over(self, wanted: Pages) -> None:
        for path in etags_in(self.aws, wanted.name).keys() - wanted.files.keys() - {CONFIGURATION}:
            self.aws.s3.delete_object(Bucket=wanted.name, Key=path)


def etags_in(aws: Aws, bucket: str) -> dict[str, str]:
    """The objects of a bucket with their ETags; none where there is no bucket."""
    with passing("NoSuchBucket"):
        listing = aws.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        return {one["Key"]: one["ETag"].strip('"') for page in listing for one in page.get("Contents", [])}
    return {}


def content_type(path: str) -> str:
    """What a browser is told that a file is; texts are UTF-8."""
    guessed = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed


def configure_pages(aws: Aws, bucket: str, configuration: Mapping[str, Any]) -> None:
    """Tell the pages where everything is, unless they know; each reads it when it is opened."""
    content = json.dumps(configuration).encode()
    if etags_in(aws, bucket).get(CONFIGURATION) == etag(content):
        return
    aws.s3.put_object(
        Bucket=bucket,
        Key=CONFIGURATION,
        Body=content,
        ContentType="application/json",
        CacheControl=ASK_FIRST,
    )
