"""All that a cloud writes lies below its run folder, for its user only, and goes when it stops or is started anew."""

import io
import json
import os
import socket
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import psutil
import pytest
from local_cloud.home import Home, RunFolder
from local_cloud.process_tree import asked, tree_of
from local_cloud.testing import Cloud, Launcher

LEAVE_A_FILE = """
import os, tempfile
def handler(event, context):
    descriptor, path = tempfile.mkstemp(prefix=event)
    os.write(descriptor, b"and leave it open")
    return path
"""
MACHINE = {"StartAt": "Only", "States": {"Only": {"Type": "Pass", "End": True}}}
ROLE = "arn:aws:iam::000000000000:role/any"
SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - where nothing must be written
# The last is a lock of these tests, which end the cloud if they are killed.
KEPT = {"lock", "localstack.log", "tables.log", "owner"}


@dataclass(frozen=True)
class Watched:
    """A cloud that was started with a home and a temporary folder, both empty, of its own."""

    cloud: Cloud
    run: RunFolder
    users_folders: tuple[Path, Path]

    def processes(self) -> list[psutil.Process]:
        """Return LocalStack and all that it has started."""
        return tree_of(psutil.Process(self.cloud.pid))

    def call(self, function: str, event: str) -> str:
        """Return what the function answers."""
        answer = self.cloud.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event))
        return str(json.loads(answer["Payload"].read()))


@pytest.fixture
def watched(launcher: Launcher, free_cloud_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Give a cloud that has just been started."""
    launcher.run("install")  # first, since uv and npm have caches in the user's home
    folders = (tmp_path / "home", tmp_path / "temporary")
    for name, folder in zip(("HOME", "TMPDIR"), folders, strict=True):
        folder.mkdir()
        monkeypatch.setenv(name, str(folder))
    started = launcher.run("start", "--port", str(free_cloud_port))
    assert started.returncode == 0, started.stderr
    return Watched(launcher.cloud(free_cloud_port), Home(launcher.home).run_folder(free_cloud_port), folders)


def use_what_writes(cloud: Cloud, mark: str) -> str:
    """Have each kind of thing write something whose name has `mark` in it; return the name of a function."""
    key = {"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "id", "AttributeType": "S"}
    cloud.client("dynamodb").create_table(
        TableName=mark, KeySchema=[key[0]], AttributeDefinitions=[key[1]], BillingMode="PAY_PER_REQUEST"
    )
    cloud.client("s3").create_bucket(Bucket=mark)
    cloud.client("s3").put_object(Bucket=mark, Key="large", Body=b" " * 2**20)
    cloud.client("ses").verify_email_identity(EmailAddress="bar@example.org")
    letter = {"Subject": {"Data": mark}, "Body": {"Text": {"Data": "ready"}}}
    guest = {"ToAddresses": ["guest@example.org"]}
    cloud.client("ses").send_email(Source="bar@example.org", Destination=guest, Message=letter)
    cloud.client("stepfunctions").create_state_machine(name=mark, roleArn=ROLE, definition=json.dumps(MACHINE))
    layer = cloud.client("lambda").publish_layer_version(LayerName=mark, Content={"ZipFile": archive(mark)})
    function = cloud.create_function(LEAVE_A_FILE)
    cloud.client("lambda").update_function_configuration(FunctionName=function, Layers=[layer["LayerVersionArn"]])
    return function


def archive(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr(name, name)
    return content.getvalue()


def test_nothing_is_written_anywhere_else_and_nobody_else_can_look_into_it(watched: Watched) -> None:
    assert watched.run.path.stat().st_mode & 0o777 == 0o700
    mark = f"mark-{uuid.uuid4().hex}"
    function = use_what_writes(watched.cloud, mark)
    assert Path(watched.call(function, mark)).is_relative_to(watched.run.path)

    assert [list(folder.iterdir()) for folder in watched.users_folders] == [[], []]
    marks = {mark, function, *(str(process.pid) for process in watched.processes())}
    shared = (path for folder in SHARED_FOLDERS for path in paths_below(Path(folder), but=watched.run.path))
    assert [path for path in shared if is_named_for(path, marks)] == []
    held = set(chain.from_iterable(asked(watched.processes(), held_by)))
    assert [path for path in held if is_younger(path, watched.run.lock)] == []


def paths_below(folder: Path, but: Path) -> Iterator[Path]:
    """Yield what is up to three levels below, as deep as things have their names: `/tmp/lambda/<bucket>/<function>`."""
    for parent, folders, files in os.walk(folder):
        yield from (Path(parent, name) for name in (*folders, *files))
        is_deep = len(Path(parent).relative_to(folder).parts) == 2
        folders[:] = [name for name in folders if not is_deep and Path(parent, name) != but]


def is_named_for(path: Path, marks: set[str]) -> bool:
    """Whether a thing or a process is in the name; Java would make `hsperfdata_<user>/<pid>` and `.java_pid<pid>`."""
    return path.name.removeprefix(".java_pid") in marks or any(mark in path.name for mark in marks if len(mark) > 8)


def held_by(process: psutil.Process) -> set[Path]:
    """Return what a process holds open or, such as a library, has mapped into its memory (psutil: not on macOS)."""
    paths = [file.path for file in process.open_files()]
    if hasattr(process, "memory_maps"):
        paths += [mapped.path for mapped in process.memory_maps()]
    return {Path(path) for path in paths if path.startswith("/")}


def is_younger(path: Path, run_folder_lock: Path) -> bool:
    """Whether a file outside of the run folder was made after it was locked for the start."""
    if path.is_relative_to(run_folder_lock.parent) or not path.is_file():
        return False
    return path.stat().st_mtime > run_folder_lock.stat().st_mtime


def test_nothing_is_left_after_a_stop_but_the_logs(watched: Watched, launcher: Launcher) -> None:
    watched.call(use_what_writes(watched.cloud, "mark"), "mark")
    assert launcher.run("stop", "--port", str(watched.run.port)).returncode == 0
    assert {path.name for path in watched.run.path.iterdir()} == KEPT


def test_what_a_killed_cloud_left_goes_with_the_next_start_of_any(watched: Watched, launcher: Launcher) -> None:
    watched.call(use_what_writes(watched.cloud, "mark"), "mark")
    killed = watched.processes()
    killed[0].kill()
    psutil.wait_procs(killed, timeout=60)
    assert watched.run.filesystem.exists()
    with socket.socket() as taken:  # such a start looks around before it fails
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        launcher.run("start", "--port", str(taken.getsockname()[1]))
    assert not watched.run.filesystem.exists()
