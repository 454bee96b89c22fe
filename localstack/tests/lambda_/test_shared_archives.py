"""Functions of the same archive run from one folder, and none minds the end of another."""

import io
import json
import uuid
import zipfile
from pathlib import Path

import pytest
from local_cloud.testing import Cloud

SAY_WHERE = """
import os
def handler(event, context):
    return os.path.dirname(os.path.realpath(__file__))
"""

AT_ONCE = """
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from local_cloud.plugins.lambda_.shared_archives import SharedArchives, _storing_once

stored, began, other_came, came = [], threading.Event(), threading.Event(), []

@dataclass(frozen=True)
class Code:
    id: str
    s3_key: str

def store(archive, function, region, account):
    stored.append(archive.decode())
    began.set()
    if archive == b"other":
        other_came.set()
    came.append(other_came.wait(60))
    return Code(function, archive.decode())

once = _storing_once(store, SharedArchives(list))
with ThreadPoolExecutor() as threads:
    same = [threads.submit(once, b"same", f"f{number}", "region", "account") for number in range(3)]
    began.wait(60)
    other = threads.submit(once, b"other", "f3", "region", "account")
    ids = {one.result().id for one in same}
print(json.dumps([stored, len(ids), came]))
"""

KEPT = """
import json
from dataclasses import dataclass

from local_cloud.plugins.lambda_.shared_archives import SharedArchives

@dataclass(frozen=True)
class Code:
    id: str
    s3_key: str

first, second = Code("first", "archive"), Code("second", "archive")
there = [first, second]
archives = SharedArchives(lambda: there)
archives.another(("account", "region", "new"), "f")
there.clear()  # both are changed, and codes of their own stand in their place
print(json.dumps([archives.drop(first), archives.drop(second)]))
"""


def where_it_runs(cloud: Cloud, function: str) -> Path:
    return Path(json.loads(cloud.client("lambda").invoke(FunctionName=function)["Payload"].read()))


def unique_source() -> str:
    return f"# {uuid.uuid4()}\n{SAY_WHERE}"


def packed(source: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr("app.py", source)
    return archive.getvalue()


def printed(cloud: Cloud, program: str) -> object:
    ran = cloud.run_in_localstack_environment(program)
    assert ran.stdout, ran.stderr
    return json.loads(ran.stdout)


def test_functions_of_one_archive_run_from_one_folder(cloud: Cloud) -> None:
    source = unique_source()
    first, second = (where_it_runs(cloud, cloud.create_function(source)) for _ in range(2))
    assert first == second


def test_functions_of_other_code_share_nothing(cloud: Cloud) -> None:
    first, second = (where_it_runs(cloud, cloud.create_function(unique_source())) for _ in range(2))
    assert first != second


@pytest.mark.parametrize("goes", ["removed", "changed"])
def test_code_outlives_the_function_that_it_was_stored_for(cloud: Cloud, goes: str) -> None:
    source = unique_source()
    first, second = cloud.create_function(source), cloud.create_function(source)
    functions = cloud.client("lambda")
    if goes == "removed":
        functions.delete_function(FunctionName=first)
    else:
        functions.update_function_code(FunctionName=first, ZipFile=packed(unique_source()))
    assert where_it_runs(cloud, second).exists()
    assert where_it_runs(cloud, cloud.create_function(source)).exists()


def test_code_goes_with_the_last_function_of_it(cloud: Cloud) -> None:
    source = unique_source()
    names = [cloud.create_function(source) for _ in range(2)]
    folder = where_it_runs(cloud, names[0])
    for name in names:
        cloud.client("lambda").delete_function(FunctionName=name)
    assert not folder.exists()
    assert where_it_runs(cloud, cloud.create_function(source)).exists()


def test_functions_that_are_made_at_once_are_stored_once_and_keep_no_other_archives_waiting(cloud: Cloud) -> None:
    assert printed(cloud, AT_ONCE) == [["same", "other"], 3, [True, True]]


def test_codes_that_were_there_before_the_cloud_began_count(cloud: Cloud) -> None:
    assert printed(cloud, KEPT) == [False, True]
