"""`python -m bundle`: reads options, writes the file and its list, says how large it is. No rule lives here."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from bundle.archive import write_archive
from bundle.carrying import Carried, carried_files, contents_of
from bundle.checkout import unknown_files
from bundle.packages import fetched
from bundle.unpacking.checksum import sha256_of
from bundle.unpacking.contents import Contents
from deployer.problem import Problem

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".local" / "bundle"

_console = Console(highlight=False, soft_wrap=True)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default="dist",
    show_default=True,
    help="The folder for the file and its list of contents.",
)
def main(into: Path) -> None:
    """Write all that a machine of this kind needs into one file, which installs it with Python and without a network.

    Packages are fetched once; after that no network is needed.
    """
    try:
        _write(into)
    except Problem as problem:
        raise click.ClickException(str(problem)) from problem


def _write(into: Path) -> None:
    with _console.status("Gathering packages") as status:
        carried = carried_files(ROOT, fetched(ROOT, KEPT, lambda text: status.update(text.capitalize())))
        status.update("Reading checksums and licences")
        contents = contents_of(ROOT, carried)
    to = into / f"serverlesspresso-{contents.platform}.pyz"
    _write_with_progress(to, contents, carried)
    to.with_suffix(".txt").write_text(contents.as_text())
    _tell(to, contents)


def _write_with_progress(to: Path, contents: Contents, carried: list[Carried]) -> None:
    columns = (TextColumn("Writing {task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=_console, transient=True) as progress:
        task = progress.add_task(to.name, total=contents.size)
        write_archive(to, contents, carried, lambda size: progress.advance(task, size))


def _tell(to: Path, contents: Contents) -> None:
    _console.print(f"{to}: {to.stat().st_size / 1e6:.0f} MB, {len(contents.packages)} packages, {contents.version}")
    _console.print(f"{to.with_suffix('.txt')}: what is in it, under which licences, with checksums")
    if unknown := unknown_files(ROOT):
        _console.print(f"Left out, since git does not know them: {', '.join(unknown)}", style="yellow")
    with to.open("rb") as file:
        _console.print(f"SHA-256: {sha256_of(file)}")
    _console.print(f"On the other machine: python{contents.python} {to.name}")


if __name__ == "__main__":
    main(prog_name="python -m bundle")
