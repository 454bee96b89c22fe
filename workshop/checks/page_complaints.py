"""What went wrong in the learner's page while it was open, told by file and line (module 4)."""

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from workshop.attempt import Attempt
from workshop.finding import DoesNotHold, without_kinds
from workshop.own_page import FOLDER, INDEX, NAME, SCRIPT

if TYPE_CHECKING:
    from simulator.screens.overseen import Complaint, Overseen

_OF_A_CONNECTION = "WebSocket connection to"  # that one may break is the page's to live with
_POLICY = "Content Security Policy"
_NOT_LOADED = "Failed to load resource: "
_UNCAUGHT = re.compile(r"^Uncaught (?:\(in promise\) )?")
_AT_HOME = "the bar serves its own files and answers on its own addresses: a page needs nobody else"
_LOOK = "look at this line; the browser's own tools (F12, Console) say the same, and let you try"


def goes_wrong(page: "Overseen") -> "Complaint | None":
    """The first thing that went wrong in it and was not a connection that broke."""
    return next((one for one in page.complaints if not one.text.startswith(_OF_A_CONNECTION)), None)


def nothing_is_wrong(attempt: Attempt) -> None:
    """No error was left uncaught, nobody but the bar was asked, and the page was loaded once."""
    page = attempt.screen.page
    if page.elsewhere:
        raise _asks(attempt, page.elsewhere[0])
    if complaint := goes_wrong(page):
        raise _told(attempt, complaint)
    if page.loads > 1:
        raise DoesNotHold(
            "the page loaded itself anew, and all that it had shown was gone",
            "it stays, and changes what has changed",
            [attempt.place_of(f"{FOLDER}/{SCRIPT}", "reload")],
            "write into the elements that are there",
        )


def _asks(attempt: Attempt, address: str) -> DoesNotHold:
    host = urlsplit(address).netloc
    names = (f"{FOLDER}/{INDEX}", f"{FOLDER}/{SCRIPT}")
    where = next((attempt.place_of(name, host) for name in names if host in attempt.source(name).text), None)
    return DoesNotHold(
        f"the page asks {host} for something, which is not this bar",
        "no request to anybody else: what it needs lies beside it",
        [where or attempt.place_of(names[1], "")],
        _AT_HOME,
    )


def _told(attempt: Attempt, complaint: "Complaint") -> DoesNotHold:
    where = [_where(attempt, complaint)]
    if _POLICY in complaint.text:
        return DoesNotHold(
            f"the browser kept something out of the page: {complaint.text.partition(' violates ')[0]}",
            "only what the pages' Content-Security-Policy lets in: scripts are files beside them",
            where,
            _INTO_THE_SCRIPT if "nline" in complaint.text else _AT_HOME,
        )
    if complaint.text.startswith(_NOT_LOADED):
        status = complaint.text.removeprefix(_NOT_LOADED).rstrip(".")
        name = unquote(urlsplit(complaint.url).path).rpartition("/")[2]
        return DoesNotHold(f"{name} could not be had: {status}", "an answer to each request", where, _IS_IT_THERE)
    told = without_kinds(_UNCAUGHT.sub("", complaint.text.partition("\n")[0]))
    return DoesNotHold(f"the page has an error: {told}", "none in the browser's console", where, _LOOK)


_INTO_THE_SCRIPT = "put what is between <script> and </script>, or in onclick=, into mine.js"
_IS_IT_THERE = "is it called so, does it lie there, and is a token sent along where one is asked for?"


def _where(attempt: Attempt, complaint: "Complaint") -> str:
    """File and line, as far as they are the learner's."""
    file = unquote(urlsplit(complaint.url).path).rpartition(f"/{NAME}/")[2]
    if file and (attempt.folder / FOLDER / file).is_file():
        return f"{attempt.folder.name}/{FOLDER}/{file}:{complaint.line}"
    return attempt.place_of(f"{FOLDER}/{SCRIPT}", "")
