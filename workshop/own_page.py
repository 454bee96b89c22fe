"""The files of the learner's own page, `pages/mine/`, as far as they are built after each step.

They are one page, which is linted and typed as it is when all is built (frontend/tools/own-page).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from deployer.overlay import PAGES
from workshop.regions import built_upto

NAME = "mine"  # its folder, and so its name among the pages
FOLDER = f"{PAGES}/{NAME}"
FINISHED = Path(__file__).parent / "screens" / NAME
INDEX, SCRIPT = "index.html", "mine.js"
BEGINNING, WHOLE = "4-0", "4-4"  # before the first step, and behind the last


@cache
def page_after(step: str) -> Mapping[str, str]:
    """The files after a step, by their names in the learner's folder.

    Args:
        step: such as `4-1`; `BEGINNING` for those with which the module begins.
    """
    texts = {name: (FINISHED / name).read_text(encoding="utf-8") for name in (INDEX, SCRIPT)}
    return {f"{FOLDER}/{name}": built_upto(text, step) for name, text in texts.items()}
