"""It runs on macOS too, whose shell, tools and file system are not Linux's; its `make` is 3.81, its `bash` 3.2.

`make static` finds what a shell of POSIX's cannot do (shellcheck), and what Python has on Linux only (mypy).
"""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, files
from tests.online.test_locks import PLATFORMS

MAKEFILE = (ROOT / "Makefile").read_text()
SHELL_PROGRAMS = [
    *(path for path in sorted((ROOT / "tools").iterdir()) if path.read_bytes().startswith(b"#!/bin/sh\n")),
    ROOT / ".ci/run",
]
# Options of GNU's that BSD's tools lack or mean otherwise, and programs that macOS lacks.
OPTIONS_OF_GNU = re.compile(
    r"""
    \b(?:sed|grep|awk|cut|sort|find|xargs|head|tail|cp|mv|rm|ls|mkdir|touch|date|stat|readlink|mktemp|basename|dirname)
      \b[^|;&\n]*\s--\w                                    # any long option
    | \bsed\s+-(?:i|r|z)\b | \bgrep\s+-\w*P | \breadlink\s+-\w*f | \bstat\s+-c | \bdate\s+(?:-d|\+\S*%N)
    | \bxargs\s+-\w*(?:r|d) | \bsort\s+-\w*(?:V|z|h) | \bfind\b[^|;&\n]*\s-(?:printf|regextype|not|print0)
    | \bcp\s+-\w*[adTt]\b | \bhead\s+-n\s*-\d | \bmktemp\s+-\w*p
    | (?:^|[|;&(]\s*)(?:timeout|flock|setsid|nproc|realpath|md5sum|sha256sum|seq|tac|column|gsed)\s
    """,
    re.VERBOSE | re.MULTILINE,
)
# What GNU make has learnt since 3.81, and what other shells than POSIX's have learnt.
NEWER_MAKE = re.compile(
    r"^\.ONESHELL|^\s*(?:undefine|unexport\s+define)\b|!=|:::?=|\$\((?:file|guile|let|intcmp)\b", re.MULTILINE
)
OWN_SHELL = re.compile(r"^\s*SHELL\s*[:?]?=|\[\[|<<<|&>|\|&", re.MULTILINE)


def without_comments(text: str) -> str:
    return re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)


def test_every_tool_is_a_program_of_posixs_shell_or_of_python() -> None:
    tools = {path.name for path in (ROOT / "tools").iterdir() if path.is_file()}
    assert tools - {path.name for path in SHELL_PROGRAMS} == {"addresses"}
    assert (ROOT / ".ci/run").read_text().startswith("#!/bin/sh\n")


@pytest.mark.parametrize("program", [*SHELL_PROGRAMS, ROOT / "Makefile"], ids=lambda path: path.name)
def test_no_program_takes_what_only_gnus_tools_have(program: Path) -> None:
    assert OPTIONS_OF_GNU.findall(without_comments(program.read_text())) == []


@pytest.mark.parametrize(
    "line",
    [
        "sed -i s/a/b/ file",
        "readlink -f .",
        "grep -oP x",
        "sort -z",
        "date -d yesterday",
        "timeout 5 make",
        "x=$(realpath .)",
        "ls | xargs -r rm",
        "find . -not -name x",
        "cut --delimiter=x",
    ],
)
def test_what_only_gnus_tools_have_is_seen(line: str) -> None:
    assert OPTIONS_OF_GNU.search(line)


@pytest.mark.parametrize("shell", [name for name in ("sh", "dash", "bash", "busybox", "posh") if shutil.which(name)])
def test_the_shells_of_this_machine_understand_each_program(shell: str) -> None:
    as_shell = [shell, "sh"] if shell == "busybox" else [shell]
    said = [
        subprocess.run([*as_shell, "-n", program], capture_output=True, text=True, check=False).stderr
        for program in SHELL_PROGRAMS
    ]
    assert "".join(said) == ""


def test_the_makefile_is_one_for_make_3_81_and_any_shell() -> None:
    assert NEWER_MAKE.findall(without_comments(MAKEFILE)) == []
    assert OWN_SHELL.findall(without_comments(MAKEFILE)) == []


def test_no_two_files_have_names_that_macos_takes_for_one() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in files()]
    assert [name for name, times in Counter(map(str.casefold, names)).items() if times > 1] == []
    assert [name for name in names if not name.isascii()] == []


def test_the_readmes_name_the_platforms_that_the_locks_are_held_against() -> None:
    systems = sorted({platform.partition(" on ")[0] for platform in PLATFORMS})
    processors = sorted({platform.partition(" on ")[2] for platform in PLATFORMS}, reverse=True)
    assert len(PLATFORMS) == len(systems) * len(processors)
    for readme in ("README.md", "localstack/README.md"):
        text = (ROOT / readme).read_text()
        assert " or ".join(systems) in text
        assert " or ".join(processors) in text
        assert "Python 3.13 or 3.14" in text
