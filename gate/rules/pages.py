"""The pages: files of one bucket, to be read. Pure.

Backstage is not among them: it shows tables, logs and functions by AWS's own calls, which nobody in the room may make.
"""

import re
from http import HTTPStatus

from gate.bar import Bar
from gate.rules.asked import Asked
from gate.rules.passages import Configuration, Journey, Moved, PageFile
from gate.rules.refusal import Refused, not_here, wrong_method

READING = frozenset({"GET", "HEAD"})
FOR_THE_TEACHER = "backstage"
FIRST = "order"
BESIDE_THE_PAGES = frozenset({"assets", "fonts", "icons"})
MOST_SEGMENTS = 4

_ETAG = re.compile(r'(?:W/)?"[0-9A-Za-z-]{1,80}"', re.ASCII)
_FILE = re.compile(
    r"[A-Za-z0-9_.-]+\.(?:css|html|ico|jpg|js|json|map|md|mp3|otf|png|svg|ttf|txt|wasm|wav|webmanifest|webp|woff2)",
    re.ASCII,
)
_LINK = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def page_file(asked: Asked, bar: Bar) -> PageFile | Moved:
    """A file of the pages, or the address of one. What stands behind the `?` is for the page itself.

    Raises:
        Refused: no page is there.
    """
    check_reading(asked)
    segments = asked.segments
    if segments == [""]:
        return Moved(f"/{FIRST}/")
    if segments[0] == FOR_THE_TEACHER:
        raise Refused(HTTPStatus.NOT_FOUND, "NotHere", "Backstage is on the bar's own machine only.")
    if len(segments) == 1 and segments[0] in bar.pages:
        return Moved(f"/{segments[0]}/")
    key = "/".join(segments)
    if not _is_file_of(key, bar):
        raise not_here()
    return PageFile(f"{key}index.html" if key.endswith("/") else key, _etag(asked))


def _is_file_of(key: str, bar: Bar) -> bool:
    """Whether a page, a file of one, or a file that all of them have could be called that."""
    folder, slash, inside = key.partition("/")
    if not slash:
        return _FILE.fullmatch(key) is not None
    if not inside:
        return folder in bar.pages
    is_near = folder in bar.pages | BESIDE_THE_PAGES and key.count("/") < MOST_SEGMENTS
    return is_near and _FILE.fullmatch(key.rpartition("/")[2]) is not None


def configuration(asked: Asked, bar: Bar) -> Configuration:
    """`config.json`, which the gate writes anew.

    Raises:
        Refused: it is not that file.
    """
    check_reading(asked)
    if asked.segments != ["config.json"]:
        raise not_here()
    return Configuration()


def journey(asked: Asked, bar: Bar) -> Journey:
    """A journey, by the link that the gate gave out.

    Raises:
        Refused: no link looks like that.
    """
    check_reading(asked)
    if len(asked.segments) != 2 or not _LINK.fullmatch(asked.segments[1]) or asked.query:
        raise not_here()
    return Journey(asked.segments[1])


def check_reading(asked: Asked) -> None:
    """Let pass what reads.

    Raises:
        Refused: it does something else.
    """
    if asked.method not in READING:
        raise wrong_method()


def _etag(asked: Asked) -> str:
    held = asked.header("If-None-Match")
    return held if _ETAG.fullmatch(held) else ""
