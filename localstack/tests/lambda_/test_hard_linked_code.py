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
import json
import shutil
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from local_cloud.plugins.lambda_.hard_linked_code import _linking

folder, unpacked = Path(tempfile.mkdtemp()), []
come, other_came = threading.Semaphore(0), threading.Event()

class Code:
    def __init__(self, archive, number):
        self.archive, self.target = archive, folder / str(number)
    @property
    def code_sha256(self):
        come.release()
        return self.archive
    def get_unzipped_code_location(self):
        return self.target

def unpack(code):
    unpacked.append(code.archive)
    if code.archive == "other":
        other_came.set()
    came.append(other_came.wait(60))
    code.target.mkdir()
    (code.target / "app.py").touch()

def make(code):
    prepare(code)
    return (code.target / "app.py").stat().st_ino

came, prepare = [], _linking(unpack, {})
with ThreadPoolExecutor() as threads:
    same = [threads.submit(make, Code("same", number)) for number in range(3)]
    for _ in same:
        come.acquire()
    before = list(unpacked)  # one of them, held until another archive's function comes
    other = threads.submit(make, Code("other", 3))
    inodes = {one.result() for one in same}
shutil.rmtree(folder)
print(json.dumps([len(before), unpacked, len(inodes), came]))
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


def test_functions_that_are_made_at_once_are_unpacked_once_and_keep_no_other_archives_waiting(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(AT_ONCE)
    assert ran.stdout, ran.stderr
    before, unpacked, files, came = json.loads(ran.stdout)
    assert before <= 1
    assert (unpacked, files, came) == (["same", "other"], 1, [True, True])
