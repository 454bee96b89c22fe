"""Each package says under which licence it may be passed on, in one of three ways; one that does not is not."""

import zipfile
from email import message_from_string
from pathlib import Path

import pytest

from bundle.licences import licence_in, package_in
from deployer.problem import Problem

APACHE = "Classifier: License :: OSI Approved :: Apache Software License\n"


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ("License-Expression: MIT OR Apache-2.0\nLicense: something\n", "MIT OR Apache-2.0"),
        (f"License: see below\n{APACHE}", "Apache Software License"),
        (f"Classifier: License :: OSI Approved\n{APACHE}", "Apache Software License"),
        ("License: BSD\n", "BSD"),
        ("License: UNKNOWN\n", ""),
        (f"License: {'Permission is hereby granted ' * 9}\n", ""),
        ("Summary: a thing\n", ""),
    ],
)
def test_the_newest_way_to_name_it_counts(metadata: str, licence: str) -> None:
    assert licence_in(message_from_string(metadata)) == licence


def wheel(folder: Path, metadata: str) -> Path:
    file = folder / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("thing-1.0.dist-info/METADATA", metadata)
    return file


def test_a_wheel_is_described(tmp_path: Path) -> None:
    found = package_in(wheel(tmp_path, "Name: thing\nVersion: 1.0\nLicense-Expression: MIT\n"))
    assert (found.name, found.version, found.licence, found.file) == (
        "thing",
        "1.0",
        "MIT",
        "thing-1.0-py3-none-any.whl",
    )


def test_a_package_without_a_licence_is_not_passed_on(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="does not say what its licence is"):
        package_in(wheel(tmp_path, "Name: thing\nVersion: 1.0\n"))
