"""A folder that others may write to is never used, and nothing that was made in one's own stays when it is removed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from local_cloud.errors import LocalCloudError
from local_cloud.private_folder import make_private, remove_folder

NOBODY = 65534


def mode(folder: Path) -> int:
    return folder.stat().st_mode & 0o777


def test_a_new_folder_is_its_users_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        make_private(tmp_path / "deep" / "folder")
    finally:
        os.umask(before)
    assert mode(tmp_path / "deep" / "folder") == 0o700


def test_ones_own_folder_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder").chmod(0o755)
    make_private(tmp_path / "folder")
    assert mode(tmp_path / "folder") == 0o700


@pytest.mark.parametrize("open_to", [0o770, 0o707, 0o777, 0o1777])
def test_a_folder_that_others_may_have_written_to_is_refused_with_what_to_do(tmp_path: Path, open_to: int) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder").chmod(open_to)
    with pytest.raises(LocalCloudError, match="chmod go-w"):
        make_private(tmp_path / "folder")


def test_another_users_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(LocalCloudError, match="belongs to another user"):
        make_private(tmp_path)


def test_a_link_in_a_folders_place_is_refused_wherever_it_leads(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    for target in ("mine", "missing"):
        link = tmp_path / f"to-{target}"
        link.symlink_to(tmp_path / target)
        with pytest.raises(LocalCloudError, match="cannot be used"):
            make_private(link)


def test_a_file_in_a_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LocalCloudError, match="cannot be used"):
        make_private(tmp_path / "file")


def test_a_folder_is_removed_without_what_its_links_lead_to(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link").symlink_to(tmp_path / "kept")
    remove_folder(tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept" / "file").exists()


@pytest.mark.parametrize("target", ["kept", "missing"])
def test_a_link_in_the_place_of_what_is_removed_is_told_and_left(tmp_path: Path, target: str) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / target)
    with pytest.raises(LocalCloudError, match=r"link is a link, .* remove the link"):
        remove_folder(tmp_path / "link")
    assert {path.name for path in tmp_path.iterdir()} == {"kept", "link"}


def test_a_missing_folder_needs_no_removal(tmp_path: Path) -> None:
    remove_folder(tmp_path / "missing")


REMOVE_WHAT_IS_LOCKED = """
import os, sys
from pathlib import Path
from local_cloud.private_folder import remove_folder
if os.geteuid() == 0:  # root may remove anything, so that nothing would be shown
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))
root = Path(sys.argv[1])
for deep in ("read only/deeper", "closed/deeper/deepest"):
    (root / deep).mkdir(parents=True)
    (root / deep / "file").touch()
for closed, mode in (("read only/deeper", 0o555), ("read only", 0o555), ("closed/deeper", 0), ("closed", 0)):
    (root / closed).chmod(mode)
remove_folder(root)
"""


def test_what_was_made_read_only_or_unreadable_is_removed_too(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    for parent in tmp_path.parents[:3]:
        parent.chmod(parent.stat().st_mode | 0o001)
    command = [sys.executable, "-c", REMOVE_WHAT_IS_LOCKED, str(tmp_path / "root"), str(NOBODY)]
    removed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert removed.stderr == ""
    assert not (tmp_path / "root").exists()
