"""The command line of a bundle: reads options, does one thing after the other, says what comes next."""

import sys
import zipfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bundle.unpacking.contents import Contents
from bundle.unpacking.destination import alone_in, hold_to_place, unpack
from bundle.unpacking.machine import hold_to_machine
from bundle.unpacking.progress import Bytes
from bundle.unpacking.refusal import Refused
from bundle.unpacking.setting_up import set_up
from bundle.unpacking.wholeness import contents_in, hold_to_its_list

FOLDER = "serverlesspresso"
INTERRUPTED = 130
SHOWN = 3


def main(bundle: str) -> None:
    """Run the bundle that lies there."""
    try:
        with zipfile.ZipFile(bundle) as archive:
            contents = contents_in(archive)
            _run(archive, contents, _options(Path(bundle).name, contents.python))
    except Refused as refused:
        sys.exit(f"{Path(bundle).name}: {refused}")
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run the same command again: it goes on where it was.\n")
        sys.exit(INTERRUPTED)


def _options(name: str, python: str) -> Namespace:
    parser = ArgumentParser(
        prog=f"python{python} {name}",
        description="Unpacks Serverlesspresso on Chalice, with the workshop, and installs it without a network.",
        epilog="Stopped or killed, run it again: it goes on. What you changed or built there stays as it is.",
    )
    parser.add_argument(
        "--into", type=Path, default=Path(FOLDER), metavar="DIR", help="where to (default: %(default)s)"
    )
    parser.add_argument("--check", action="store_true", help="only see whether this file is whole")
    parser.add_argument("--list", action="store_true", help="only say what is in it, and under which licences")
    parser.add_argument("--unpack-only", action="store_true", help="install nothing")
    return parser.parse_args()


def _run(archive: zipfile.ZipFile, contents: Contents, options: Namespace) -> None:
    if options.list:
        sys.stdout.write(contents.as_text())
        return
    if not options.check:
        hold_to_machine(contents)
        hold_to_place(options.into, contents)
    progress = Bytes("Checking", contents.size)
    hold_to_its_list(archive, contents, progress.more)
    progress.end()
    if not options.check:
        _install(archive, contents, options.into, set_up_too=not options.unpack_only)


def _install(archive: zipfile.ZipFile, contents: Contents, folder: Path, set_up_too: bool) -> None:
    with alone_in(folder):
        progress = Bytes(f"Unpacking into {folder}", contents.size)
        changed = unpack(archive, contents, folder, progress.more)
        progress.end()
        if changed:
            more = ", ..." if len(changed) > SHOWN else ""
            print(f"Left as you changed them: {', '.join(changed[:SHOWN])}{more}")
        if set_up_too:
            set_up(folder)
    print(f"\nIt is all there, and needs no network. Next:\n\n  cd {folder}\n  make local\n  make workshop")
