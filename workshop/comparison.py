"""A learner's file beside the solution, as a difference of lines. Pure."""

import json
from collections.abc import Iterator
from difflib import unified_diff

from workshop.layout import laid_out


def differences(name: str, mine: str, solution: str) -> Iterator[str]:
    """What of the solution is not in a file, and what of the file is not in the solution; nothing where both are alike.

    JSON is compared by what it says: how somebody broke its lines is no difference.

    Args:
        name: the file's.
        mine: its text.
        solution: the text that solves the step.
    """
    yours, solved = _alike(mine).splitlines(), _alike(solution).splitlines()
    return unified_diff(yours, solved, f"yours/{name}", f"solution/{name}", lineterm="")


def _alike(text: str) -> str:
    try:
        return laid_out(json.loads(text))
    except ValueError:
        return text
