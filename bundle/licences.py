"""What a package says of its own licence, out of the file that it comes in.

Where each field is: https://packaging.python.org/en/latest/specifications/core-metadata/
"""

import json
import re
import tarfile
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from bundle.unpacking.contents import Package
from deployer.problem import Problem

LONGEST = 100  # what is longer is the licence itself, not its name
_SUFFIXES = (".whl", ".tar.gz", ".tgz")


def package_in(file: Path) -> Package:
    """The package that a wheel, a source archive or an npm package holds.

    Raises:
        Problem: it is none of these, or does not say under which licence it may be passed on.
    """
    name, version, licence = _of_npm(file) if file.suffix == ".tgz" else _of_python(file)
    if not licence:
        raise Problem(f"{file.name} does not say what its licence is", "Nothing is passed on without one.")
    return Package(name, version, licence, file.name)


def _of_npm(file: Path) -> tuple[str, str, str]:
    told = json.loads(_member(file, r"package/package\.json"))
    return told["name"], told["version"], told.get("license", "")


def _of_python(file: Path) -> tuple[str, str, str]:
    pattern = r"[^/]+\.dist-info/METADATA" if file.suffix == ".whl" else r"[^/]+/PKG-INFO"
    told = message_from_bytes(_member(file, pattern))
    return told["Name"], told["Version"], licence_in(told)


def licence_in(metadata: Message) -> str:
    """The licence's name, by the newest of the three ways in which packages have named it; empty where none has."""
    classifiers = [text for text in metadata.get_all("Classifier", []) if text.startswith("License :: ")]
    named = "; ".join(text.rpartition(" :: ")[2] for text in classifiers if text != "License :: OSI Approved")
    free_text = str(metadata.get("License") or "").strip()
    return metadata.get("License-Expression") or named or (free_text if _is_a_name(free_text) else "")


def _is_a_name(text: str) -> bool:
    return "\n" not in text and len(text) <= LONGEST and text.upper() != "UNKNOWN"


def _member(file: Path, pattern: str) -> bytes:
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as wheel:
            return wheel.read(_one(file, pattern, wheel.namelist()))
    with tarfile.open(file) as archive:
        content = archive.extractfile(_one(file, pattern, archive.getnames()))
        return content.read() if content else b""


def _one(file: Path, pattern: str, names: list[str]) -> str:
    found = [name for name in names if re.fullmatch(pattern, name)]
    if not found:
        raise Problem(f"{file.name} does not say what it is", f"One of {', '.join(_SUFFIXES)} was expected.")
    return found[0]
