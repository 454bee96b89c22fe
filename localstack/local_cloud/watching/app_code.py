"""Keeps the functions of a deployed Chalice app at what its files say."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from botocore.exceptions import BotoCoreError, ClientError

from local_cloud.watching.app_files import code_of, deployed_of, digest
from local_cloud.watching.app_reader import AppReader
from local_cloud.watching.code_package import CodePackage, package_of
from local_cloud.watching.mistake import CloudAwayError
from local_cloud.watching.outline import Outline
from local_cloud.watching.stored_archive import stored

AT_ONCE = 4
PATIENCE_S = 60


@dataclass(frozen=True)
class InPlace:
    """What was put in last: hashes of the code and of what else is deployed, the outline, the archive's libraries."""

    code: str
    beside: str
    outline: Outline
    package: CodePackage


class AppCode:
    """An app's functions.

    Args:
        reader: loads the app.
        functions: gives Lambda's client.
        storage: gives S3's client.
        deploy: deploys the app wholly, where its code is not all that differs.
    """

    def __init__(
        self,
        reader: AppReader,
        functions: Callable[[], Any],
        storage: Callable[[], Any],
        deploy: Callable[[], None],
    ) -> None:
        self._reader, self._functions, self._storage, self._deploy = reader, functions, storage, deploy
        self._there: InPlace | None = None

    @property
    def project(self) -> Path:
        """The app's folder."""
        return self._reader.project

    def deploy(self) -> None:
        """Deploy all of it.

        Raises:
            MistakeError: the app cannot be loaded, and the line.
        """
        code, beside = code_of(self.project), deployed_of(self.project)
        self._deploy_as(self._reader.read(code), digest(code), digest(beside))

    def put(self, changing: Callable[[], AbstractContextManager[None]] = nullcontext) -> str:
        """Put in what differs from what was put in last; says what that was, or nothing.

        Args:
            changing: gives what is to be held while the functions' code is changed, but for a deploy.

        Raises:
            MistakeError: the app cannot be loaded, and the line.
        """
        there = self._there
        code, beside = code_of(self.project), deployed_of(self.project)
        if there is None or digest(beside) != there.beside:
            self.deploy()
            return "deployed"
        if digest(code) == there.code:
            return ""
        outline = self._reader.read(code)
        if outline.shape != there.outline.shape:
            self._deploy_as(outline, digest(code), there.beside)
            return "deployed, since more than code is new"
        self._there = None  # some may have it and others not
        with changing():
            self._update(outline.functions, there.package.holding(code))
        self._there = InPlace(digest(code), there.beside, outline, there.package)
        return f"in {len(outline.functions)} functions" if len(outline.functions) > 1 else "in its function"

    def _deploy_as(self, outline: Outline, code: str, beside: str) -> None:
        self._there = None  # until all of it is there
        self._deploy()
        self._there = InPlace(code, beside, outline, package_of(self._deployed(outline.functions[0])))

    def _deployed(self, function: str) -> bytes:
        with _blaming_the_cloud():
            found = self._functions().get_function(FunctionName=function)
            answer = httpx.get(found["Code"]["Location"], trust_env=False, timeout=PATIENCE_S)
            return answer.raise_for_status().content

    def _update(self, functions: tuple[str, ...], archive: bytes) -> None:
        client = self._functions()
        with (
            _blaming_the_cloud(),
            stored(archive, self.project, self._storage()) as place,
            ThreadPoolExecutor(AT_ONCE) as threads,
        ):
            list(threads.map(lambda name: client.update_function_code(FunctionName=name, **place), functions))


@contextmanager
def _blaming_the_cloud() -> Iterator[None]:
    """Nothing that somebody wrote in a file can make these calls fail."""
    try:
        yield
    except (BotoCoreError, ClientError, httpx.HTTPError) as error:
        raise CloudAwayError(str(error)) from error
