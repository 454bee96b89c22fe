"""An app is loaded as Chalice loads it, anew each time; whatever it does there, a mistake comes of it and no end."""

import os
from pathlib import Path

import pytest
from local_cloud.watching import app_reader
from local_cloud.watching.app_files import code_of
from local_cloud.watching.app_reader import AppReader
from local_cloud.watching.mistake import MistakeError
from local_cloud.watching.outline import Outline

APP = """import os
import boto3
from chalice import Chalice
from chalicelib.words import WORD

app = Chalice(app_name="greetings")
tables = boto3.client("dynamodb", region_name="us-east-1")

@app.route("/")
def greet():
    tables.list_tables()
    return {"word": WORD, "mine": os.environ["MINE"]}
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> AppReader:
    """One that has read the app once, which is what takes long."""
    project = tmp_path_factory.mktemp("project")
    (project / ".chalice").mkdir()
    (project / ".chalice" / "config.json").write_text('{"version": "2.0", "app_name": "greetings"}')
    (project / "chalicelib").mkdir()
    (project / "chalicelib" / "__init__.py").touch()
    save_all(project)
    reader = AppReader(project, "dev", dict(os.environ))
    read(reader)
    return reader


@pytest.fixture
def project(reader: AppReader, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(reader.project)
    save_all(reader.project)
    return reader.project


def save_all(project: Path) -> None:
    save(project, "chalicelib/words.py", 'WORD = "A"\n')
    save(project, "app.py", APP)


def save(project: Path, name: str, text: str) -> None:
    (project / name).write_text(text)


def read(reader: AppReader) -> Outline:
    return reader.read(code_of(reader.project))


def test_only_what_a_deploy_would_make_changes_the_outline(project: Path, reader: AppReader) -> None:
    first = read(reader)
    assert first.functions == ("greetings-dev",)
    save(project, "chalicelib/words.py", 'WORD = "B"\n')
    assert read(reader).shape == first.shape
    save(project, "app.py", APP.replace('"/"', '"/hello"'))
    routed = read(reader)
    save(project, "app.py", f"{APP}\n@app.lambda_function()\ndef other(event, context):\n    pass\n")
    further = read(reader)
    assert len({first.shape, routed.shape, further.shape}) == 3
    assert further.functions == ("greetings-dev", "greetings-dev-other")
    assert not list(project.rglob("__pycache__"))  # they would be deployed


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("chalicelib/words.py", "x = 1\nWORDS = 1\n", "app.py:4: ImportError: cannot import name 'WORD'"),
        ("chalicelib/words.py", "x = 1\nWORD = x.y\n", "chalicelib/words.py:2: AttributeError: 'int' object"),
        ("app.py", "import nothing\n", "app.py:1: ModuleNotFoundError: No module named 'nothing'"),
        ("app.py", f"{APP}raise SystemExit(3)\n", "app.py:13: SystemExit: 3"),
        ("app.py", f"{APP}os._exit(0)\n", "app.py: loading it ended Python itself"),
        ("app.py", "x = 1\n", "app: AttributeError"),
        ("app.py", "def f(:\n", "app.py:1: invalid syntax"),
    ],
)
def test_what_keeps_it_from_being_loaded_is_told_by_the_line(
    project: Path, reader: AppReader, name: str, text: str, told: str
) -> None:
    save(project, name, text)
    with pytest.raises(MistakeError) as raised:
        read(reader)
    assert told.removeprefix("app:") in str(raised.value)
    save_all(project)
    assert read(reader).functions == ("greetings-dev",)


def test_one_that_never_ends_being_loaded_is_given_up(
    project: Path, reader: AppReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_reader, "PATIENCE_S", 0.1)
    save(project, "app.py", "while True: pass\n")
    with pytest.raises(MistakeError, match="has not ended"):
        read(reader)
