"""What must be sure before anything is changed: the stage belongs where it would go, and somebody agrees.

Pure but for the question, which is asked of whoever sits at the terminal. Changes nothing.
"""

import sys
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

import click

from deployer.place import Place
from deployer.planner import Step
from deployer.problem import Problem
from deployer.project import LOCAL


def check_belongs(stage: str, place: Place) -> None:
    """Stage `local` belongs to an emulator, every other one to an account of AWS.

    Raises:
        Problem: it is the other way round, as after `make shell`, or when AWS_ENDPOINT_URL was forgotten.
    """
    if stage == LOCAL and place.endpoint is None:
        raise Problem(
            f"stage {stage} is for a local cloud, but this is {place}",
            "`make local` deploys it to a local cloud; `make deploy STAGE=aws` deploys to an account.",
        )
    if stage != LOCAL and place.endpoint is not None:
        raise Problem(
            f"stage {stage} is for an account of AWS, but the endpoint is {place.endpoint}",
            "Unset AWS_ENDPOINT_URL (leave `make shell`), take endpoint_url out of the profile, or deploy stage local.",
        )


def losses(steps: Sequence[Step]) -> list[str]:
    """What would be lost for good with these steps: a line for each kind of thing that people stored."""
    holders = sorted((step.resource for step in steps if step.resource.holds), key=attrgetter("holds"))
    groups = groupby(holders, key=attrgetter("holds"))
    return [f"{what} of {', '.join(one.title for one in of_kind)}" for what, of_kind in groups]


def ask(question: str, *, agreed: bool) -> None:
    """Have somebody agree.

    Args:
        question: what is about to be done, and where.
        agreed: that it was agreed to beforehand, by `--yes`.

    Raises:
        Problem: nobody is there to be asked, or the answer was no.
    """
    if agreed:
        return
    if not sys.stdin.isatty():
        suggestion = "Nothing was changed. Add --yes if that is what you want (to make: YES=1)."
        raise Problem(f"there is nobody to ask: {question}", suggestion)
    if not click.confirm(question):
        raise Problem("nothing was changed")
