"""Composes what `python -m deployer watch` needs, and begins."""

import time
from collections.abc import Callable
from pathlib import Path

from local_cloud.watching.following import follow
from local_cloud.watching.mistake import shown
from local_cloud.watching.saves import saves

from deployer import json_file
from deployer.overlay import NO_OVERLAY, Overlay, overlay_of
from deployer.pipeline import Pipeline
from deployer.project import LOCAL, Project
from deployer.report import Report
from deployer.watching.followed_bar import Converge, FollowedBar
from deployer.watching.page_build import PageBuild


def watch(pipeline: Pipeline) -> None:
    """Bring up to date what the pipeline leads to, and put in what is saved until somebody presses Ctrl-C."""
    report, project = pipeline.report, pipeline.project
    pages = PageBuild(project.root, report.line)
    bar = FollowedBar(pipeline, converging(project, report), pages, report.line)
    report.line(f"Watching {_in_words(project)}; a save is put in at once, Ctrl-C ends it")
    if not project.overlay.folder:
        pages.begin()  # who has a folder of their own builds something else
    try:
        follow(saves(bar.watched), bar, report.line)
    finally:
        pages.end()


def deployed_overlay(root: Path, outputs: Path) -> Overlay:
    """The folder that stood instead of parts of the checkout when it was deployed, if it is still there.

    Args:
        root: the checkout.
        outputs: what was written down of the deployment.
    """
    name = json_file.read(outputs, {}).get("with")
    return overlay_of(root / name) if name and (root / name).is_dir() else NO_OVERLAY


def converging(project: Project, report: Report) -> Converge:
    """What deploys all that differs of the project, and writes down where it is."""

    def converge(hold: Callable[[], None]) -> Pipeline:
        began = time.monotonic()
        pipeline = Pipeline.of(project.root, LOCAL, report, project.overlay)
        with pipeline.alone():
            hold()
            steps = pipeline.up(pipeline.plan_up())
            outputs = pipeline.outputs()
            json_file.write(project.outputs, outputs)
            pipeline.configure_pages(outputs)
        report.summary(steps, time.monotonic() - began)
        return pipeline

    return converge


def _in_words(project: Project) -> str:
    own = f"{shown(project.overlay.folder)} and " if project.overlay.folder else ""
    return f"{own}app.py, chalicelib, .chalice, statemachine, frontend/src"
