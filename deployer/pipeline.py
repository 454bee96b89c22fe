"""Composes the stages for each command: what is wanted, what is there, what to do, doing it."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from deployer import desired, prerequisites, remote, seed
from deployer.aws import Aws, locate, new_session
from deployer.aws_problems import AWS_ERRORS, explained
from deployer.consent import check_belongs
from deployer.executor import execute
from deployer.lock import alone
from deployer.outputs import find_outputs
from deployer.overlay import NO_OVERLAY, Overlay
from deployer.own_domain import NAME, own_domain
from deployer.place import Place
from deployer.planner import Step, clearing, plan, refusals, removal, to_do
from deployer.problem import Problem
from deployer.project import Project, read_project
from deployer.report import Report
from deployer.resources import ADAPTERS
from deployer.resources.distribution import find_distribution
from deployer.resources.pages import configure_pages
from deployer.resources.resource import Resource
from deployer.resources.user_pool import find_user_pool, need_user_pool

CLEARING = "clearing"  # the last stage: what nobody describes any more goes when what stands for it is there


@dataclass(frozen=True)
class Pipeline:
    """A project's way to a place.

    Attributes:
        kinds: of the resources that it looks after; None for all.
    """

    project: Project
    place: Place
    aws: Aws
    report: Report
    kinds: frozenset[type[Resource]] | None = None

    @property
    def adapters(self) -> remote.Adapters:
        """Who asks and tells AWS, for each kind of resource."""
        return {kind: adapter(self.aws, self.report.say) for kind, adapter in ADAPTERS.items()}

    @classmethod
    def of(cls, root: Path, stage: str, report: Report, overlay: Overlay = NO_OVERLAY) -> Self:
        """The way of a checkout's stage to where the environment leads, with a folder that stands instead of parts.

        Raises:
            Problem: the checkout cannot be read, nobody answers there, or the stage belongs elsewhere.
        """
        project = read_project(root, stage, overlay)
        session = new_session()
        place = locate(session)
        check_belongs(stage, place)
        return cls(project, place, Aws(session), report)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other run of the deployer change the stage while the body does; it is waited for."""
        waiting = "Another run of the deployer is at work: waiting for it to end"
        with alone(self.project.lock, lambda: self.report.line(waiting)):
            yield

    def plan(self) -> dict[str, list[Step]]:
        """What `up` would do in each stage, as far as it can be known before the first are there. Changes nothing."""
        stages = (*desired.STAGES, CLEARING)
        with ThreadPoolExecutor() as threads:
            return dict(zip(stages, threads.map(self._plan, stages), strict=True))

    def check_account(self) -> None:
        """See that an account of AWS can take all of it, and warn of troubles; an emulator is not asked.

        Raises:
            Problem: something stands in the way.
        """
        if self.place.endpoint is not None:
            return
        try:
            prerequisites.check(self.project, self.place, self.aws)
            for warning in prerequisites.warnings(self.aws):
                self.report.line(warning, "yellow")
        except AWS_ERRORS as error:
            raise explained(error, "looking at the account") from error

    def plan_up(self) -> dict[str, list[Step]]:
        """What `up` will do.

        Raises:
            Problem: something is there that cannot be changed, or the account cannot take it.
        """
        self.check_account()
        plans = self.plan()
        _check(refusals(step for steps in plans.values() for step in steps))
        return plans

    def up(self, plans: Mapping[str, Sequence[Step]]) -> list[Step]:
        """Make everything as it must be; gives the steps, also those that left things as they were.

        Args:
            plans: what `plan_up` gave.

        Raises:
            ExceptionGroup: of Problems; the next `up` does what is left.
        """
        done: list[Step] = []
        for stage, steps in plans.items():
            # What was done so far may have changed what a later stage finds.
            current = self._plan(stage) if to_do(done) else steps
            with self.report.working():
                execute(to_do(current), self.adapters, self.report)
            done += current
        return done

    def plan_removal(self) -> list[Step]:
        """What `down` would do. Changes nothing."""
        wanted = self._all_wanted()
        whole = [one for one in reversed(wanted) if not one.part]
        unwanted = [*self._unwanted(wanted), *whole]
        return removal(remote.remains(self.adapters, unwanted))

    def down(self, steps: Sequence[Step]) -> None:
        """Remove what `plan_removal` found.

        Raises:
            ExceptionGroup: of Problems; all else was removed, and the next `down` tries again.
        """
        with self.report.working():
            execute(steps, self.adapters, self.report, keep_going=True)

    def outputs(self) -> dict[str, Any]:
        """What others need to know of the deployment.

        Raises:
            Problem: there is none, or only half of one.
        """
        return find_outputs(self.project, self.place, self.aws)

    def configure_pages(self, outputs: Mapping[str, Any]) -> None:
        """Tell the pages of the deployment; where there are none there is nobody to tell.

        Args:
            outputs: what `outputs` gave.
        """
        if outputs["frontends"]:
            configure_pages(self.aws, desired.pages_bucket(self.place), outputs)

    def environment(self) -> dict[str, str]:
        """What `chalice` needs in its environment to deploy the application by hand.

        Raises:
            Problem: there is no user pool yet.
        """
        pool_id = need_user_pool(self.aws, desired.USER_POOL)
        return desired.chalice_environment(self.place.arn("cognito-idp", f"userpool/{pool_id}"))

    def seed(self, shop: str | None = None, baristas: Sequence[str] = ()) -> None:
        """Open the seed's shop, under another eventId if one is given, and let these baristas in, or the seed's people.

        Raises:
            Problem: there is no table or no user pool yet.
        """
        try:
            pool_id = need_user_pool(self.aws, desired.USER_POOL)
            self.report.line(seed.open_shop(self.aws.table(self.project.setting("SHOPS_TABLE")), shop))
            for person in seed.people(baristas):
                self.report.line(seed.let_in(self.aws, pool_id, person))
        except AWS_ERRORS as error:
            raise explained(error, "seed") from error

    def _plan(self, stage: str) -> list[Step]:
        if stage == CLEARING:
            return clearing(self._unwanted(self._all_wanted()))
        return plan(remote.read(self.adapters, self._wanted(stage)))

    def _unwanted(self, wanted: Sequence[Resource]) -> list[Resource]:
        left = remote.left_over(self.adapters, desired.taken_back(self.project, self.place))
        return [*remote.strays(self.adapters, wanted), *left]

    def _all_wanted(self) -> list[Resource]:
        return [one for stage in desired.STAGES for one in self._wanted(stage)]

    def _wanted(self, stage: str) -> list[Resource]:
        host = self.place.bucket_host(desired.pages_bucket(self.place))
        try:
            pool_id = find_user_pool(self.aws, desired.USER_POOL)
            distribution = own_domain(self.project, self.place) and find_distribution(self.aws, NAME, host)
        except AWS_ERRORS as error:
            raise explained(error, "looking at what exists") from error
        pool_arn = self.place.arn("cognito-idp", f"userpool/{pool_id}") if pool_id else ""
        distribution_arn = distribution["ARN"] if distribution else ""
        wanted = desired.STAGES[stage](self.project, self.place, pool_arn, distribution_arn)
        return [one for one in wanted if self.kinds is None or type(one) in self.kinds]


def _check(refused: Sequence[Step]) -> None:
    if refused:
        lines = [f"{step.resource.title}: {step.reason}" for step in refused]
        raise Problem("these cannot be changed, so nothing was:\n" + "\n".join(lines))
