"""What a forked function finds, against a new Python; without LocalStack."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import shutil
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from local_cloud.plugins.lambda_.processes.fork_server.launching import ForkServers
from local_cloud.plugins.lambda_.processes.supervised_process import SupervisedProcess

if TYPE_CHECKING:
    from tests.lambda_.processes.fork_server.conftest import Stage

WHAT_A_FUNCTION_FINDS = """
import gc, json, locale, os, resource, signal, sys, tempfile, threading, time, traceback

def where_an_evaluated_text_fails():
    try:
        eval("1 / 0")
    except ZeroDivisionError:
        return traceback.format_exc()

print(json.dumps({
    "arguments": [sys.argv, sys.orig_argv],
    "directory": os.getcwd(),
    "environment": dict(os.environ),
    "files": len(os.listdir("/proc/self/fd")),
    "flags": repr(sys.flags),
    "garbage collection": [gc.isenabled(), gc.get_threshold()],
    "hidden modules": [name for name in sys.modules if name.startswith("local_cloud.")],
    "home": os.path.expanduser("~"),
    "input": sys.stdin.read(),
    "limits": [resource.getrlimit(limit) for limit in range(9)],
    "locale": [locale.setlocale(locale.LC_ALL), sys.getfilesystemencoding()],
    "main": [sys.modules["__main__"].__dict__ is globals(), __name__, __spec__.name, __package__],
    "nice": os.nice(0),
    "path": sys.path,
    "signals": [str(signal.getsignal(number)) for number in signal.valid_signals()],
    "streams": [[s.encoding, s.errors, s.line_buffering, s.isatty()] for s in (sys.stdin, sys.stdout, sys.stderr)],
    "temporary": [tempfile.tempdir, tempfile.gettempdir()],
    "threads": [threading.active_count(), len(os.listdir("/proc/self/task"))],
    "time zone": [time.tzname, time.strftime("%H", time.gmtime(0)), time.localtime(0).tm_hour],
    "traceback": where_an_evaluated_text_fails(),
    "umask": os.umask(0),
}))
"""
WHAT_DIFFERS = """
import json, os, random, sys, tempfile, uuid
print(json.dumps([random.random(), str(uuid.uuid4()), next(tempfile._get_candidate_names()), os.getpid()]))
"""
MARK = "import json, os, sys\njson.marked = True\nos.environ['MARKED'] = '1'\nsys.path.append('marked')\n"
SEE_MARK = "import json, os, sys\nprint([hasattr(json, 'marked'), 'MARKED' in os.environ, 'marked' in sys.path])"
CAN_SHOW = """
import sys
from local_cloud.plugins.lambda_.processes.supervisor import can_show_below_opt
sys.exit(not can_show_below_opt(sys.argv[1]))
"""
IS_FORK = "import sys\nprint('asyncio' in sys.modules)"


def test_a_fork_finds_what_a_new_python_finds(stage: Stage, tmp_path: Path) -> None:
    program = stage.python(tmp_path, WHAT_A_FUNCTION_FINDS, TZ="America/New_York", TMPDIR=str(tmp_path), ANY="1")
    forked, alone = stage.run(program), asyncio.run(stage.to_the_end(SupervisedProcess.start, program))
    found, expected = json.loads(forked[1]), json.loads(alone[1])
    assert found == expected


def test_nothing_that_a_function_does_to_its_python_reaches_another(stage: Stage, tmp_path: Path) -> None:
    async def story(servers: ForkServers) -> list[str]:
        programs = stage.python(tmp_path / "first", MARK), stage.python(tmp_path / "second", SEE_MARK)
        return [(await stage.to_the_end(servers.launch, program))[1] for program in programs]

    assert stage.play(story) == ["", "[False, False, False]\n"]


def test_forks_have_different_random_numbers_and_names_of_temporary_files(stage: Stage, tmp_path: Path) -> None:
    async def story(servers: ForkServers) -> list[list[object]]:
        program = stage.python(tmp_path, WHAT_DIFFERS)
        return [json.loads((await stage.to_the_end(servers.launch, program))[1]) for _ in range(3)]

    for values in zip(*stage.play(story), strict=True):
        assert len(set(values)) == 3


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import sys; print('out', flush=True); sys.exit('err')", (1, "out\nerr\n")),
        ("print('not flushed')", (0, "not flushed\n")),
        ("import sys; sys.exit(3)", (3, "")),
        ("import os; os.kill(os.getpid(), 15)", (-signal.SIGTERM, "")),
        ("import ctypes; ctypes.string_at(0)", (-signal.SIGSEGV, "")),
    ],
)
def test_the_exit_code_and_all_output_are_the_functions_own(
    stage: Stage, tmp_path: Path, source: str, expected: tuple[int, str]
) -> None:
    assert stage.run(stage.python(tmp_path, source)) == expected


@pytest.mark.parametrize("name", ["PYTHONHASHSEED", "LD_LIBRARY_PATH", "HOME", "LC_ALL", "LANG", "BOTO_DISABLE_CRT"])
def test_a_variable_that_is_read_as_python_starts_takes_effect(stage: Stage, tmp_path: Path, name: str) -> None:
    assert stage.run(stage.python(tmp_path, IS_FORK, **{name: "0"})) == (0, "False\n")


@pytest.mark.parametrize("module", ["jmespath", "calendar", "botocore", "boto3", "six"])
def test_a_functions_own_version_of_a_module_comes_first(stage: Stage, tmp_path: Path, module: str) -> None:
    program = stage.python(tmp_path, f"import {module}\nprint({module}.OWN)")
    (tmp_path / f"{module}.py").write_text("OWN = True")
    assert stage.run(program) == (0, "True\n")


def test_a_version_in_a_folder_that_the_function_puts_on_its_path_is_used_by_all_that_import_it(
    stage: Stage, tmp_path: Path
) -> None:
    copy = copied("jmespath", tmp_path / "vendored")
    (copy / "__init__.py").write_text((copy / "__init__.py").read_text() + "\nOWN = True\n")
    source = f"import sys\nsys.path.insert(0, {str(copy.parent)!r})\nimport boto3\nfrom botocore import paginate\n"
    program = stage.python(tmp_path / "function", f"{source}print(paginate.jmespath.OWN, boto3.client('sts') is None)")
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    program = dataclasses.replace(program, environment={**program.environment, **keys})
    assert stage.run(program) == (0, "True False\n")


def test_a_functions_own_copy_of_the_same_version_is_no_hindrance(stage: Stage, tmp_path: Path) -> None:
    copied("jmespath", tmp_path)
    program = stage.python(tmp_path, "import boto3, jmespath\nprint(jmespath.__file__)")
    assert stage.run(program) == (0, f"{find_spec('jmespath').origin}\n")  # type: ignore[union-attr]


def test_installed_packages_are_loaded_only_when_they_are_imported(stage: Stage, tmp_path: Path) -> None:
    """A function can look for them as ever, and gets each of them once."""
    source = """
import importlib.util, sys
loaded = [name for name in ("boto3", "botocore.session", "six", "urllib3.util") if name in sys.modules]
spec = importlib.util.find_spec("boto3")
import boto3, botocore.session
print(loaded, [spec.origin, spec.submodule_search_locations] == [boto3.__file__, boto3.__path__],
      boto3.__spec__.name, type(boto3.__spec__.loader).__name__,
      boto3.session.botocore.session is botocore.session, boto3.client is sys.modules["boto3"].client)
"""
    found = stage.run(stage.python(tmp_path, source))
    assert found == (0, "[] True boto3 SourceFileLoader True True\n")


def test_layers_are_below_opt_where_the_machine_allows_it(stage: Stage, tmp_path: Path) -> None:
    layers = tmp_path / "layers"
    layers.mkdir()
    (layers / "word").write_text("seven")
    program = stage.python(tmp_path / "function", "import os; print(os.path.exists('/opt/word'))")
    exit_code, output = stage.run(dataclasses.replace(program, layers=layers))
    allowed = subprocess.run([sys.executable, "-c", CAN_SHOW, str(layers)], check=False).returncode == 0
    assert (exit_code, output) == (0, f"{allowed}\n")


def copied(package: str, folder: Path) -> Path:
    """Copy an installed package into the folder."""
    [installed] = find_spec(package).submodule_search_locations  # type: ignore[union-attr, misc]
    return Path(shutil.copytree(installed, folder / package))
