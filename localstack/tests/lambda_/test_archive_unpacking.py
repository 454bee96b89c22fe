"""What is unpacked is what is in the archive, whatever of it was there before."""

import io
import stat
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest
from local_cloud.plugins.lambda_.archive_unpacking import Unpacking


def packed(*files: tuple[str, str]) -> bytes:
    archive = io.BytesIO()
    with ZipFile(archive, "w") as writing:
        for name, text in files:
            writing.writestr(ZipInfo(name), text)
    return archive.getvalue()


def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_all_files_are_there_for_everybody_to_read(tmp_path: Path) -> None:
    folder = tmp_path / "first" / "code"
    assert Unpacking().unpack(packed(("app.py", "1"), ("lib/one.py", "2"), ("empty/", "")), folder)
    assert texts(folder) == {"app.py": "1", "lib/one.py": "2"}
    assert (folder / "empty").is_dir()
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))} == {0o755}


def test_a_file_that_the_archive_before_has_as_well_is_a_link_to_its_own(tmp_path: Path) -> None:
    unpacking, first, second = Unpacking(), tmp_path / "1" / "code", tmp_path / "2" / "code"
    unpacking.unpack(packed(("app.py", "old"), ("lib.py", "same")), first)
    unpacking.unpack(packed(("app.py", "new"), ("moved/lib.py", "same")), second)
    assert texts(second) == {"app.py": "new", "moved/lib.py": "same"}
    assert (first / "lib.py").samefile(second / "moved" / "lib.py")
    assert texts(first) == {"app.py": "old", "lib.py": "same"}


def test_what_was_compiled_of_a_file_stays_with_it_and_goes_with_a_change(tmp_path: Path) -> None:
    unpacking, first, second = Unpacking(), tmp_path / "1" / "code", tmp_path / "2" / "code"
    unpacking.unpack(packed(("app.py", "old"), ("lib/same.py", "same"), ("lib/gone.py", "gone")), first)
    for name in ("__pycache__/app.cpython-313.pyc", "lib/__pycache__/same.cpython-313.pyc", "lib/__pycache__/gone.pyc"):
        (first / name).parent.mkdir(exist_ok=True)
        (first / name).write_text(name)
    unpacking.unpack(packed(("app.py", "new"), ("lib/same.py", "same")), second)
    assert {path.name for path in second.rglob("*.pyc")} == {"same.cpython-313.pyc"}


def test_an_archive_that_is_gone_is_not_needed(tmp_path: Path) -> None:
    unpacking, first, second = Unpacking(), tmp_path / "1" / "code", tmp_path / "2" / "code"
    archive = packed(("app.py", "text"))
    unpacking.unpack(archive, first)
    (first / "app.py").unlink()
    unpacking.unpack(archive, second)
    assert texts(second) == {"app.py": "text"}


def test_a_name_that_comes_twice_is_what_came_last_and_changes_no_other_archive(tmp_path: Path) -> None:
    unpacking, first, second = Unpacking(), tmp_path / "1" / "code", tmp_path / "2" / "code"
    unpacking.unpack(packed(("app.py", "first")), first)
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = packed(("app.py", "first"), ("app.py", "second"))
    unpacking.unpack(twice, second)
    assert (texts(first), texts(second)) == ({"app.py": "first"}, {"app.py": "second"})


@pytest.mark.parametrize("name", ["../outside.py", "/outside.py"])
def test_nothing_comes_outside_of_the_folder(tmp_path: Path, name: str) -> None:
    unpacking, second = Unpacking(), tmp_path / "2" / "code"
    archive = packed((name, "text"))
    unpacking.unpack(archive, tmp_path / "1" / "code")
    unpacking.unpack(archive, second)
    assert texts(second) == {"outside.py": "text"}
    assert not Path("/outside.py").exists()
    assert not (second.parent / "outside.py").exists()


def test_an_archive_that_is_broken_is_left_to_others_and_leaves_nothing(tmp_path: Path) -> None:
    archive = packed(("app.py", "text"))
    assert not Unpacking().unpack(archive.replace(b"text", b"TEXT"), tmp_path / "1" / "code")
    assert not Unpacking().unpack(b"no archive", tmp_path / "2" / "code")
    assert [path for path in tmp_path.rglob("*") if not path.is_dir()] == []


def test_an_archive_with_links_is_left_to_others(tmp_path: Path) -> None:
    link = ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive = io.BytesIO()
    with ZipFile(archive, "w") as writing:
        writing.writestr(link, "app.py")
    assert not Unpacking().unpack(archive.getvalue(), tmp_path / "code")
    assert list(tmp_path.iterdir()) == []
