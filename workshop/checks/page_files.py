"""Whether the files of the learner's page can be one of the bar's, as far as is seen without opening it (module 4)."""

import re

from workshop.attempt import Attempt
from workshop.finding import DoesNotHold
from workshop.own_page import FOLDER, INDEX, SCRIPT

CONFIGURATION = "../config.json"
_FILES = (f"{FOLDER}/{INDEX}", f"{FOLDER}/{SCRIPT}")
_MODULE = re.compile(rf"<script\b(?=[^>]*\btype=[\"']?module\b)(?=[^>]*\bsrc=[\"']?(?:\./)?{re.escape(SCRIPT)}\b)")
_ADDRESS = re.compile(
    r"(?:https?|wss?)://(?:127\.0\.0\.1|localhost|\[::1\]|0\.0\.0\.0|[\w.-]+\.amazonaws\.com)[^\s'\"`<)]*|file:///?\S*"
)
_READS = re.compile(rf"[\"'`]{re.escape(CONFIGURATION)}[\"'`]")
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`\w])//[^\n]*|<!--.*?-->", re.DOTALL)
_MARKUP = re.compile(r"\.\s*(?:inner|outer)HTML\s*\+?=(?!=)(?!\s*(?:''|\"\"|``))")


def is_a_page(attempt: Attempt) -> None:
    """Its two files are there, and one loads the other as a module."""
    index, _ = (attempt.source(name) for name in _FILES)
    if not _MODULE.search(index.text):
        raise DoesNotHold(
            f"{INDEX} does not load {SCRIPT} as a module",
            f'<script type="module" src="{SCRIPT}"></script>',
            [attempt.place_of(_FILES[0], "<script")],
            "only a module may wait for an answer before all else, and is run when the page is there",
        )


def names_no_machine(attempt: Attempt) -> None:
    """No address of this bar's is in the files: where the bar is, they read."""
    for name in _FILES:
        if found := _ADDRESS.search(attempt.source(name).text):
            raise DoesNotHold(
                f"{found[0]} is in {name.rpartition('/')[2]}",
                "no address of this bar's: each new bar has others, and so has one on AWS",
                [attempt.place_of(name, found[0])],
                f"take apiUrl and realtimeUrl from {CONFIGURATION}, which lies beside the pages' folders",
            )
    if not any(_READS.search(attempt.source(name).text) for name in _FILES):
        raise DoesNotHold(
            f"nothing in the page reads {CONFIGURATION}, which says where the bar is",
            "its apiUrl and realtimeUrl, wherever the page lies",
            [attempt.place_of(_FILES[1], "")],
            f"await (await fetch('{CONFIGURATION}')).json()",
        )


def makes_no_markup(attempt: Attempt) -> None:
    """No text of others' is put into the page as HTML."""
    for name in _FILES:
        if found := _MARKUP.search(_COMMENT.sub(_blank, attempt.source(name).text)):
            raise DoesNotHold(
                f"{found[0].strip('. =+')} is written to: whoever writes the menu then writes your page",
                "what others wrote is a text, whatever it looks like",
                [attempt.source(name).at_offset(found.start())],
                "use textContent",
            )


def _blank(comment: re.Match[str]) -> str:
    """As many characters that say nothing, so that all others stay where they are."""
    return re.sub(r"[^\n]", " ", comment[0])
