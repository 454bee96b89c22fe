"""Says what is not translated: messages of a page that a language's file lacks, leaves empty, or marks as a guess.

`python -m workshop.text.untranslated MESSAGES LOCALE` ends with 1 if there is any. A page without a file is read in
English, and nothing is asked of it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po


def untranslated(messages: Path, locale: Path) -> Iterator[str]:
    """A line for each.

    Args:
        messages: the folder with each page's messages, as Sphinx just took them out of it.
        locale: the folder with a folder for each language.
    """
    for file in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        for message in _open(messages / f"{file.stem}.pot", file):
            yield f"{file.relative_to(locale)}: {message}"


def _open(page: Path, file: Path) -> Iterator[str]:
    if not page.exists():
        yield "is of no page that there is"
        return
    with page.open("rb") as asked, file.open("rb") as given:
        said = {one.id: one for one in read_po(given) if one.string and not one.fuzzy}
        yield from (str(one.id) for one in read_po(asked) if one.id and one.id not in said)


def main() -> None:
    """Say it."""
    lines = list(untranslated(Path(sys.argv[1]), Path(sys.argv[2])))
    print("\n".join(lines) or "Every message is translated")
    sys.exit(bool(lines))


if __name__ == "__main__":
    main()
