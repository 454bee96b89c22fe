"""Functions of the same archive share its files, and none minds the end of another."""

import json
import uuid
from pathlib import Path

from local_cloud.testing import Cloud

SAY_WHERE = """
import os
def handler(event, context):
    return [os.path.realpath(__file__), os.stat(__file__).st_ino]
"""

AT_ONCE = """
import shutil
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

from local_cloud.plugins.lambda_.hard_linked_code import _linking

folder, unpacked = Path(tempfile.mkdtemp()), []
begun, two_unpack = threading.Barrier(4), threading.Barrier(2)

def unpack(code):
    with suppress(threading.BrokenBarrierError):
        two_unpack.wait(0.5)  # as long as another one takes at the most that is let in as well
    unpacked.append(code)
    code.get_unzipped_code_location().mkdir()
    (code.get_unzipped_code_location() / "app.py").touch()

prepare = _linking(unpack, {})

def make(number):
    code = SimpleNamespace(code_sha256="same", get_unzipped_code_location=lambda: folder / str(number))
    begun.wait()
    prepare(code)
    return (folder / str(number) / "app.py").stat().st_ino

with ThreadPoolExecutor(4) as threads:
    inodes = list(threads.map(make, range(4)))
shutil.rmtree(folder)
print(len(unpacked), len(set(inodes)))
"""


def where_it_runs(cloud: Cloud, function: str) -> tuple[Path, int]:
    answer = cloud.client("lambda").invoke(FunctionName=function)
    path, inode = json.loads(answer["Payload"].read())
    return Path(path), inode


def test_functions_of_one_archive_have_folders_of_their_own_with_the_same_files(cloud: Cloud) -> None:
    source = f"# {uuid.uuid4()}\n{SAY_WHERE}"
    first, second = (where_it_runs(cloud, cloud.create_function(source)) for _ in range(2))
    assert first[0] != second[0]
    assert first[1] == second[1]


def test_functions_of_other_code_share_nothing(cloud: Cloud) -> None:
    first, second = (where_it_runs(cloud, cloud.create_function(f"# {n}\n{SAY_WHERE}"))[1] for n in range(2))
    assert first != second


def test_code_outlives_the_function_that_it_was_unpacked_for(cloud: Cloud) -> None:
    source = f"# {uuid.uuid4()}\n{SAY_WHERE}"
    first, second = cloud.create_function(source), cloud.create_function(source)
    cloud.client("lambda").delete_function(FunctionName=first)
    assert where_it_runs(cloud, second)[0].exists()
    assert where_it_runs(cloud, cloud.create_function(source))[0].exists()


def test_functions_that_are_made_at_once_are_unpacked_once(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(AT_ONCE)
    assert ran.stdout.split() == ["1", "1"], ran.stderr
