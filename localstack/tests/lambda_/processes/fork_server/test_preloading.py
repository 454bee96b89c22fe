"""What a fork server loads before it forks."""

import json
import os
import subprocess
import sys

from local_cloud.plugins.lambda_.processes.environment import AT_INTERPRETERS_START, changes_interpreters_start

READ_WHILE_IMPORTING = """
import importlib, json, os
read = set()
get = os._Environ.__getitem__
os._Environ.__getitem__ = lambda environment, name: (read.add(name), get(environment, name))[1]
from local_cloud.plugins.lambda_.processes.fork_server import preloading
for name in (*preloading.IMPORTED_BY_RUNTIME_CLIENT, *preloading.IMPORTED_BY_FUNCTIONS):
    try:
        importlib.import_module(name)
    except ImportError:
        pass
print(json.dumps(sorted(read)))
"""
SESSIONS = """
import json
from local_cloud.plugins.lambda_.processes.fork_server.preloading import preload
preload()
import boto3, botocore.session
sessions = [botocore.session.Session() for _ in range(2)]
models = [session.get_component("data_loader").load_service_model("dynamodb", "service-2") for session in sessions]
models[0]["operations"].clear()
print(json.dumps([len(models[1]["operations"]) > 0, boto3.DEFAULT_SESSION is None]))
"""


def python(source: str) -> object:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run([sys.executable, "-c", source], check=True, capture_output=True, text=True, env=environment)
    return json.loads(ran.stdout)


def test_a_variable_that_is_read_while_it_loads_makes_a_function_start_afresh() -> None:
    """Or a function that sets it would find what the server's value has led to."""
    read = python(READ_WHILE_IMPORTING)
    assert isinstance(read, list)
    assert [name for name in read if not changes_interpreters_start({**AT_INTERPRETERS_START, name: "other"})] == []


def test_each_session_has_models_of_its_own_and_there_is_no_default_session() -> None:
    assert python(SESSIONS) == [True, True]
