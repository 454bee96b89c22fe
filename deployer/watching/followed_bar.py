"""The bar that runs on this machine, followed as its files are saved."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from local_cloud.errors import LocalCloudError
from local_cloud.watching.app_code import AppCode
from local_cloud.watching.app_reader import AppReader
from local_cloud.watching.followed_project import named
from local_cloud.watching.mistake import CloudAwayError
from local_cloud.watching.presence import is_ready
from local_cloud.watching.saves import Watched

from deployer import desired
from deployer.aws_problems import AWS_ERRORS, explained, is_outage
from deployer.chalice_project import source_of
from deployer.fingerprint import of_code, of_deploy
from deployer.pipeline import Pipeline
from deployer.planner import Step, to_do
from deployer.problem import Problem
from deployer.project import pages_of
from deployer.resources.chalice_app import FINGERPRINT, ChaliceApp
from deployer.rules_file import rules_in
from deployer.watching.definitions import check_patterns, check_workflow
from deployer.watching.one_overlay import OneOverlay
from deployer.watching.page_build import PageBuild
from deployer.watching.parts import DESCRIBED, KINDS, Layout, Part

type Say = Callable[[str], None]
type Converge = Callable[[Callable[[], None]], Pipeline]

_MOST_TITLES = 2
_PAGES = "the pages"
_UNCHANGED = "says what runs already"


class FollowedBar:
    """The bar.

    Args:
        pipeline: the way to it.
        converge: does what `up` does, and gives the pipeline that did it; calls what it is given when no other run
            of the deployer can begin any more, and nothing was changed yet.
        pages: builds the pages when they are saved.
        say: tells the user.
    """

    def __init__(self, pipeline: Pipeline, converge: Converge, pages: PageBuild, say: Say) -> None:
        self._pipeline, self._converge, self._pages, self._say = pipeline, converge, pages, say
        self._apps = [(app, self._app_code(app)) for app in _applications(pipeline)]
        self._layout = Layout(pipeline.project.root, pipeline.project.overlay, [app.root for app, _ in self._apps])
        self._overlay = OneOverlay(pipeline.project)
        self._page_saved = time.monotonic()

    @property
    def watched(self) -> Watched:
        """Where its files are."""
        return Watched(self._layout.folders, self._layout.trees, lambda path: self._layout.part_of(path) is not None)

    def answers(self) -> bool:
        """Whether the cloud is there."""
        return is_ready(str(self._pipeline.place.endpoint))

    def catch_up(self) -> None:
        """Deploy all of it, as far as it differs."""
        for _, code in self._apps:
            with self._told():
                code.deploy()
        self._say("✓ The bar is as your files say")

    def put(self, saved: frozenset[Path]) -> None:
        """Put in what came of the saved files, part by part: a mistake in one keeps out no other.

        Raises:
            LocalCloudError: all that stood in the way.
        """
        by_part = {part: frozenset(path for path in saved if self._layout.part_of(path) is part) for part in Part}
        wrong = [what for part, files in by_part.items() if files for what in self._put(part, files)]
        if wrong:
            raise LocalCloudError("\n✗ ".join(wrong))

    def _put(self, part: Part, files: frozenset[Path]) -> Iterator[str]:
        built = self._pages.built in files
        began, name = (self._page_saved, _PAGES) if built else (time.monotonic(), named(files))
        deeds = {
            Part.WORKFLOW: self._put_workflow,
            Part.RULES: self._put_rules,
            Part.CODE: self._put_code,
            Part.PAGE_SOURCES: self._build_pages,
            Part.PAGES: self._put_pages,
        }
        try:
            with self._told():
                if done := deeds[part]():
                    self._say(f"✓ {name}: {done} ({time.monotonic() - began:.1f} s)")
        except CloudAwayError:
            raise
        except LocalCloudError as error:
            yield str(error)

    def _put_workflow(self) -> str:
        project = replace(self._pipeline.project, workflow=source_of(self._layout.workflow))
        check_workflow(project, self._pipeline.place, self._pipeline.aws)
        return self._execute(replace(self._pipeline, project=project), Part.WORKFLOW) or _UNCHANGED

    def _put_rules(self) -> str:
        rules_file = source_of(self._layout.rules)
        project = replace(self._pipeline.project, rules_file=rules_file, rules=rules_in(rules_file))
        check_patterns(project, self._pipeline.aws)
        return self._execute(replace(self._pipeline, project=project), Part.RULES) or _UNCHANGED

    def _put_pages(self) -> str:
        before = self._pipeline.project
        folder = self._pages.folder if self._pages.built.exists() else before.pages_folder
        project = replace(before, pages_folder=folder, pages=pages_of(folder, before.overlay))
        return self._execute(replace(self._pipeline, project=project), Part.PAGES)

    def _build_pages(self) -> str:
        self._page_saved = time.monotonic()
        self._pages.begin()
        return ""

    def _put_code(self) -> str:
        return ", ".join(filter(None, (self._put_app(app, code) for app, code in self._apps))) or _UNCHANGED

    def _put_app(self, app: ChaliceApp, code: AppCode) -> str:
        fingerprint = of_deploy(of_code(app.root), self._pipeline.environment())  # of what is read now, or just before
        return code.put(lambda: self._changing(app, fingerprint))

    @contextmanager
    def _changing(self, app: ChaliceApp, fingerprint: str) -> Iterator[None]:
        """Mark the app as `up` does, or that would deploy it again; cut short it has no mark, so that `up` does."""
        with self._alone():
            self._pipeline.aws.lambda_.untag_resource(Resource=app.marked_arn, TagKeys=[FINGERPRINT])
            yield
            self._pipeline.aws.lambda_.tag_resource(Resource=app.marked_arn, Tags={FINGERPRINT: fingerprint})

    def _execute(self, pipeline: Pipeline, part: Part) -> str:
        narrow = replace(pipeline, kinds=KINDS[part])
        with self._alone():
            steps = to_do(narrow.up(narrow.plan_up()))
        self._pipeline = pipeline
        return _summary(steps)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._pipeline.alone():
            self._overlay.hold()
            yield

    def _deploy(self) -> None:
        self._pipeline = self._converge(self._overlay.hold)
        self._overlay.is_deployed()
        if self._pages.built.exists():  # `up` knows only those of `make pages`
            self._put_pages()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell problems of the deployer's in the way that who follows understands.

        Raises:
            CloudAwayError: the cloud is why, or may be: it does not say so of steps, but does not answer afterwards.
            LocalCloudError: what the body's other problems say.
        """
        try:
            yield
        except (Problem, *AWS_ERRORS) as error:
            kind = CloudAwayError if is_outage(error) else LocalCloudError
            raise kind(str(explained(error))) from None
        except ExceptionGroup as errors:
            kind = LocalCloudError if self.answers() else CloudAwayError
            raise kind("\n✗ ".join(str(explained(one)) for one in _leaves(errors))) from None

    def _app_code(self, app: ChaliceApp) -> AppCode:
        reader = AppReader(app.root, app.stage, {**os.environ, **app.environment})
        return AppCode(reader, lambda: self._pipeline.aws.lambda_, lambda: self._pipeline.aws.s3, self._deploy)


def _applications(pipeline: Pipeline) -> list[ChaliceApp]:
    """All that Chalice deploys. Their variables are only to be compared with themselves, so any user pool does."""
    pool_arn = pipeline.place.arn("cognito-idp", "userpool/any")
    wanted = desired.deploy(pipeline.project, pipeline.place, pool_arn)
    return [one for one in wanted if isinstance(one, ChaliceApp)]


def _summary(steps: Sequence[Step]) -> str:
    """The steps about what the file describes; about what comes of it only where there is nothing else."""
    described = [step.title for step in steps if type(step.resource) in DESCRIBED]
    titles = described or [step.title for step in steps]
    more = len(titles) - _MOST_TITLES
    told = [*titles[:_MOST_TITLES], *([f"{more} more"] if more > 0 else [])]
    return ", ".join(told)


def _leaves(group: ExceptionGroup[Exception]) -> Iterable[Exception]:
    for one in group.exceptions:
        yield from _leaves(one) if isinstance(one, ExceptionGroup) else [one]
