"""The requirements' wheels are fetched once; after that no index is needed."""

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from deployer.problem import Problem
from deployer.wheelhouse import ensure_wheelhouse


def wheel(folder: Path, name: str, tag: str = "py3-none-any") -> str:
    """Make a wheel and give its line of requirements, with its hash."""
    path = folder / f"{name}-1.0-{tag}.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        archive.writestr(f"{info}/RECORD", "")
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class Fetching:
    """An index on disk, requirements, and the home of the wheels."""

    def __init__(self, folder: Path) -> None:
        self.index, self.requirements, self.home = (folder / name for name in ("index", "requirements.txt", "home"))
        self.index.mkdir()
        self.said: list[str] = []

    def wheels(self) -> list[str]:
        folder = ensure_wheelhouse(self.requirements, self.home, self.said.append)
        return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def fetching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fetching:
    made = Fetching(tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(made.index))
    return made


def test_wheels_are_fetched_once(fetching: Fetching) -> None:
    fetching.requirements.write_text(wheel(fetching.index, "one") + wheel(fetching.index, "two"))
    assert fetching.wheels() == ["one-1.0-py3-none-any.whl", "two-1.0-py3-none-any.whl"]
    for path in fetching.index.iterdir():
        path.unlink()
    assert fetching.wheels() == ["one-1.0-py3-none-any.whl", "two-1.0-py3-none-any.whl"]
    assert len(fetching.said) == 1


def test_other_requirements_have_wheels_of_their_own(fetching: Fetching) -> None:
    fetching.requirements.write_text(wheel(fetching.index, "one"))
    fetching.wheels()
    fetching.requirements.write_text(wheel(fetching.index, "two"))
    assert fetching.wheels() == ["two-1.0-py3-none-any.whl"]


def test_what_is_not_pure_python_is_fetched_for_lambda_too(fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []

    def pip(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        platform = "manylinux_2_17_x86_64" if "--platform=manylinux2014_x86_64" in command else "macosx_11_0_arm64"
        wheel(Path(command[-1]), "fast", f"cp313-cp313-{platform}")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", pip)
    fetching.requirements.write_text("fast==1.0\n")
    assert fetching.wheels() == [
        "fast-1.0-cp313-cp313-macosx_11_0_arm64.whl",
        "fast-1.0-cp313-cp313-manylinux_2_17_x86_64.whl",
    ]
    assert len(calls) == 2


@pytest.mark.parametrize("line", ["missing==1.0 --hash=sha256:00\n", "one==1.0 --hash=sha256:00\n"])
def test_what_cannot_be_fetched_is_told_and_leaves_nothing_behind(fetching: Fetching, line: str) -> None:
    wheel(fetching.index, "one")
    fetching.requirements.write_text(line)
    with pytest.raises(Problem, match="pip could not fetch"):
        fetching.wheels()
    assert list(fetching.home.iterdir()) == []
