"""Looks at the machine and at the bar on it, and says what is in the way of building and what to do about it."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil

from bundle.unpacking.machine import this_platform
from simulator.outputs import NotDeployed, Outputs, read_outputs
from workshop.finding import Check, DoesNotHold
from workshop.running import ANSWERS_WITHIN_S, HEALTH
from workshop.table_engine import TableEngine, table_engine

ENOUGH_MEMORY, ENOUGH_DISK = 2 * 2**30, 2**30  # bytes: a busy bar takes 1.7 GB, what it keeps little
PYTHONS = ((3, 13), (3, 14))
_SIZES = 2**30


@dataclass(frozen=True)
class Machine:
    """This machine, as far as the bar needs it.

    Attributes:
        root: the checkout.
        python: its version, as major and minor.
        memory: what is free of it, in bytes, for a bar that does not run yet.
        disk: what is free where the checkout lies, in bytes.
        port: the one that the bar listens on.
        windows_drive: whether the checkout lies on a drive of Windows, seen from Linux.
        tables: gives what keeps the bar's.
    """

    root: Path
    python: tuple[int, int]
    memory: int
    disk: int
    port: int
    windows_drive: bool
    tables: Callable[[], TableEngine]

    def outputs(self) -> Outputs:
        """What the deployer wrote down of the bar.

        Raises:
            DoesNotHold: there is no bar.
        """
        try:
            return read_outputs(self.root / ".local" / "outputs.json")
        except NotDeployed as error:
            raise DoesNotHold(str(error), "the bar is deployed", attempt="make local deploys it") from None

    @property
    def runs(self) -> bool:
        """Whether the bar answers."""
        try:
            address = f"{self.outputs().endpoint_url}{HEALTH}"
            return httpx.get(address, trust_env=False, timeout=ANSWERS_WITHIN_S).is_success
        except (DoesNotHold, httpx.HTTPError):
            return False


def this_machine(root: Path, port: int) -> Machine:
    """The machine that this runs on.

    Args:
        root: the checkout.
        port: the one that the bar is to listen on.
    """
    on_windows = "microsoft" in os.uname().release.lower() and root.is_relative_to("/mnt")
    free = shutil.disk_usage(root).free
    tables = partial(table_engine, root, this_platform(), os.environ)
    return Machine(root, sys.version_info[:2], psutil.virtual_memory().available, free, port, on_windows, tables)


def has_a_python(machine: Machine) -> None:
    """Python is one that the locks know."""
    if machine.python not in PYTHONS:
        seen = "Python {}.{}".format(*machine.python)
        raise DoesNotHold(seen, "Python 3.13 or 3.14", attempt="install one of them, or uv, and run make local again")


def has_memory(machine: Machine) -> None:
    """There is room for a bar, or it runs already."""
    if machine.memory < ENOUGH_MEMORY and not machine.runs:
        raise DoesNotHold(
            f"{machine.memory / _SIZES:.1f} GB of memory are free",
            f"{ENOUGH_MEMORY / _SIZES:.0f} GB, for a bar in which much happens",
            attempt="close what you do not need now, such as browser windows",
        )


def has_disk(machine: Machine) -> None:
    """There is room for what the bar keeps."""
    if machine.disk < ENOUGH_DISK:
        seen = f"{machine.disk / _SIZES:.1f} GB are free where the checkout lies"
        raise DoesNotHold(seen, f"{ENOUGH_DISK / _SIZES:.0f} GB", attempt="make room on that disk")


def lies_well(machine: Machine) -> None:
    """The checkout is where files are fast."""
    if machine.windows_drive:
        raise DoesNotHold(
            f"{machine.root} lies on the Windows drive, where everything is slow",
            "a folder in your Linux home",
            attempt="clone into your Linux home (~/) and run make workshop there",
        )


def has_a_table_engine(machine: Machine) -> str:
    """What keeps the tables is there, and runs; gives what it is."""
    engine = machine.tables()
    if not engine.file.is_file():
        raise DoesNotHold(
            f"{engine.name}, which keeps the tables, is not there",
            f"the one for {engine.platform}",
            [str(engine.file)],
            "make install fetches it, with a network; make local does so too",
        )
    if engine.is_a_program and (why := _why_it_does_not_run(engine.file)):
        raise DoesNotHold(
            f"{engine.name}, which keeps the tables, does not run: {why}",
            f"a program for {engine.platform}",
            [str(engine.file)],
            f"make stop, delete {engine.file.parent}, and run make install: it is fetched anew",
        )
    return engine.name


def _why_it_does_not_run(program: Path) -> str:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, check=False, timeout=ANSWERS_WITHIN_S)
    except subprocess.TimeoutExpired:
        return f"it said nothing within {ANSWERS_WITHIN_S} seconds"
    except OSError as error:
        return str(error.strerror)
    return f"it ended with {done.returncode}" if done.returncode else ""


def has_its_port(machine: Machine) -> None:
    """The bar answers at its port, or nobody does."""
    if machine.runs:
        return
    with socket.socket() as one:
        one.settimeout(1)
        if one.connect_ex(("127.0.0.1", machine.port)) == 0:
            raise DoesNotHold(
                f"another program answers at port {machine.port}",
                "the bar, or nobody",
                attempt="end that program, or take another port: make local LOCALSTACK_PORT=4600",
            )


def runs(machine: Machine) -> None:
    """The local cloud answers."""
    endpoint = machine.outputs().endpoint_url
    if not machine.runs:
        port = urlsplit(endpoint).port
        raise DoesNotHold(f"nobody answers at port {port}", "the local cloud", attempt="make local starts it")


def shows_its_pages(machine: Machine) -> None:
    """Each page of the bar's can be opened."""
    runs(machine)
    pages = machine.outputs().frontends
    if not pages:
        raise DoesNotHold("the pages were not built", "four pages", attempt="make local builds them")
    for name, address in pages.items():
        if not httpx.get(address, trust_env=False, timeout=ANSWERS_WITHIN_S).is_success:
            raise DoesNotHold(f"the {name} page is not there", "each page opens", [address], "make local puts it back")


CHECKS: Sequence[Check[Machine]] = (
    Check("Python is one that the bar runs on", has_a_python),
    Check("the checkout lies where files are fast", lies_well),
    Check("there is memory for a bar", has_memory),
    Check("there is room on the disk", has_disk),
    Check("what keeps the tables is there, and runs", has_a_table_engine),
    Check("the bar's port is its own", has_its_port),
    Check("the local cloud runs", runs),
    Check("the bar's pages can be opened", shows_its_pages),
)
