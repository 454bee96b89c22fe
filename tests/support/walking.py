"""A learner's folder in which a step is solved, or solved with a mistake, and what a trial says of it."""

from collections.abc import Callable
from pathlib import Path

from workshop.attempt import Attempt, Matches, RunningBar
from workshop.finding import DoesNotHold
from workshop.learners_folder import LearnersFolder
from workshop.modules import FOLDER, Mistake, Module
from workshop.running import finished
from workshop.solutions import solution
from workshop.trial import Trial, scenes_of, try_module

type Deploy = Callable[[Path], RunningBar]


def tried_in(folder: LearnersFolder, module: Module, step: str | None, matches: Matches, deploy: Deploy) -> Trial:
    """What a trial says of a folder."""
    attempt = Attempt(folder.root, finished, matches, lambda: deploy(folder.root), scenes_of(module, step))
    return try_module(attempt, module, step, lambda _: None)


def mistaken(tmp_path: Path, module: Module, mistake: Mistake) -> LearnersFolder:
    """A folder in which somebody made that mistake."""
    folder = LearnersFolder(tmp_path / FOLDER)
    mistaken_in(folder, module, mistake)
    return folder


def mistaken_in(folder: LearnersFolder, module: Module, mistake: Mistake) -> None:
    """Have somebody make that mistake in a folder."""
    files = solution(mistake.step)
    name = mistake.file or module.file
    assert mistake.replace in files[name], "the solution has changed, and the mistake with it"
    folder.put({**files, name: files[name].replace(mistake.replace, mistake.by, 1)})


def finding_of(trial: Trial) -> DoesNotHold:
    """Why the trial failed."""
    assert trial.failure is not None, "everything holds"
    assert trial.failure.finding is not None
    return trial.failure.finding


def told_by(finding: DoesNotHold) -> str:
    """All that a finding says."""
    return "\n".join(text for _, text in finding.lines())
