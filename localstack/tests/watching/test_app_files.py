"""Which of a project's files count, and what a mistake in one of them is told as."""

import io
from pathlib import Path, PurePath
from zipfile import ZipFile

import pytest
from local_cloud.watching.app_files import code_of, deployed_of, digest, is_code, is_deployed
from local_cloud.watching.bytecode import Bytecode
from local_cloud.watching.code_package import package_of
from local_cloud.watching.mistake import MistakeError

CODE = ("app.py", "chalicelib/a.py", "chalicelib/page.html.jinja", "chalicelib/b/__init__.py")
DEPLOYED = ("requirements.txt", "vendor/x/y.py", ".chalice/config.json", ".chalice/policy-dev.json")
NEITHER = (
    *("README.md", "tests/app.py", "chalicelib/__pycache__/a.cpython-313.pyc", "chalicelib/.a.py.swp"),
    *("chalicelib/a.py~", "chalicelib/4913", ".chalice/deployed/dev.json", ".chalice/deployments/x.zip"),
)


@pytest.mark.parametrize("name", [*CODE, *DEPLOYED, *NEITHER])
def test_what_decides_what_functions_do_counts(name: str) -> None:
    path = PurePath(name)
    assert (is_code(path), is_deployed(path)) == (name in CODE, name in DEPLOYED)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in (*CODE, *DEPLOYED, *NEITHER):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x = 1\n")
    return tmp_path


def test_the_files_are_found(project: Path) -> None:
    assert set(code_of(project)) == set(CODE)
    assert set(deployed_of(project)) == set(DEPLOYED)


def test_a_digest_tells_contents_and_names_apart() -> None:
    alike = [{"a": b"bc"}, {"ab": b"c"}, {"a": b"b", "c": b""}, {"a": b"bd"}]
    assert len({digest(files) for files in alike}) == len(alike)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = 1\ndef f(:\n", "a.py:2: invalid syntax"),
        ("return 1\n", "a.py:1: 'return' outside function"),
        ("x = 1\n  y = 2\n", "a.py:2: unexpected indent"),
        ("x = '\0'\n", "a.py: source code string cannot contain null bytes"),
    ],
)
def test_a_mistake_is_told_by_its_line(tmp_path: Path, text: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text(text)
    with pytest.raises(MistakeError, match=f"^{told.replace('(', '.')}"):
        Bytecode().compile(tmp_path, {"a.py": text.encode()})


def test_a_mistake_is_told_again_as_long_as_it_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("(")
    compiled = Bytecode()
    for _ in range(2):
        with pytest.raises(MistakeError):
            compiled.compile(tmp_path, {"a.py": b"("})


def test_an_archive_has_the_code_of_now_beside_the_libraries_of_before(project: Path) -> None:
    before = io.BytesIO()
    with ZipFile(before, "w") as archive:
        for name, text in {"app.py": "old", "chalicelib/gone.py": "old", "chalice/app.py": "its own"}.items():
            archive.writestr(name, text)
    package = package_of(before.getvalue())
    for _ in range(2):
        with ZipFile(io.BytesIO(package.holding(code_of(project)))) as made:
            assert sorted(made.namelist()) == sorted([*CODE, "chalice/app.py"])
            assert made.read("app.py") == b"x = 1\n"
