"""The learner's bar on its way to an account of AWS that reaches nobody: read, packaged, deployed, taken away again.

Each is done once in a trial, and only where a check asks for it.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from deployer.extension import Extension
from deployer.overlay import Overlay
from deployer.pipeline import Pipeline
from deployer.planner import Step, to_do
from deployer.project import Project, read_project
from deployer.rehearsal.account import Account
from deployer.rehearsal.packaged import package
from deployer.rehearsal.rehearsed import deploy, empty_account, planned, way_to
from deployer.resources.resource import Resource
from deployer.workflow import definition

STAGE = "aws"
_SENDER = "bar@some-coffee-bar.org"  # whom everybody names by themselves (docs/aws.md)
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "deployed", "deployments", ".pytest_cache")


@dataclass(frozen=True)
class Packaged:
    """What Lambda would be given of a project.

    Attributes:
        template: SAM's.
        functions: each function's properties, by its name in the template.
        zipped, unzipped: the package's size in bytes.
    """

    template: Mapping[str, Any]
    functions: Mapping[str, Mapping[str, Any]]
    zipped: int
    unzipped: int


@dataclass
class Rehearsal:
    """One try.

    Attributes:
        root: the checkout.
        folder: the learner's.
    """

    root: Path
    folder: Path

    @cached_property
    def project(self) -> Project:
        """The bar with the learner's files, as stage `aws` has it.

        Raises:
            Problem: it cannot be read.
        """
        project = read_project(self.root, STAGE, Overlay(self.folder))
        return replace(project, environment={**project.environment, "LETTER_SENDER": _SENDER})

    @cached_property
    def account(self) -> Account:
        """An account to which all of it was deployed."""
        deploy(self._way, self._account)
        return self._account

    @cached_property
    def workflow(self) -> Mapping[str, Any]:
        """The workflow as AWS would be given it, its placeholders filled."""
        return definition(self.project, self._way.place)

    @cached_property
    def packages(self) -> Mapping[str, Packaged]:
        """What is packaged of each project beside the bar, by its folder's name.

        Raises:
            Problem: Chalice could not.
        """
        return {one.name: self._package(one) for one in self.project.extensions}

    @property
    def left_to_do(self) -> Sequence[Step]:
        """What a second deploy would still do."""
        return to_do(self._second_time)

    @property
    def made(self) -> frozenset[str]:
        """All that was deployed and does not go with something else."""
        resources = (step.resource for step in self._second_time)
        return frozenset(_named(one) for one in resources if not one.part)

    @property
    def removed(self) -> frozenset[str]:
        """What `destroy` would take away, which is told without the learner's folder."""
        _ = self.account
        bar = replace(read_project(self.root, STAGE), environment=self.project.environment)
        return frozenset(_named(step.resource) for step in replace(self._way, project=bar).plan_removal())

    def policies(self, of: Extension) -> Sequence[str]:
        """The files with the policies of a project's functions, by their names in the learner's folder."""
        return [f"{of.name}/.chalice/{path.name}" for path in sorted((of.root / ".chalice").glob("policy*.json"))]

    @cached_property
    def _account(self) -> Account:
        return empty_account()

    @cached_property
    def _way(self) -> Pipeline:
        return way_to(self._account, self.project)

    @cached_property
    def _second_time(self) -> Sequence[Step]:
        """What a second deploy would look at."""
        _ = self.account
        return planned(self._way)

    def _package(self, one: Extension) -> Packaged:
        with TemporaryDirectory() as elsewhere:
            copy = Path(elsewhere) / one.name
            shutil.copytree(one.root, copy, ignore=_LEFT_OUT)
            made = package(copy, STAGE, Path(elsewhere) / "package", self.root / ".local", _nobody)
            size = os.path.getsize(made.archive)
            return Packaged(made.template, made.functions(), size, made.unpacked_bytes())


def _named(one: Resource) -> str:
    """A thing by its kind and name, whatever file describes it."""
    return f"{one.kind} {one.name}"


def _nobody(_line: str) -> None:
    """Whoever builds hears of it where it fails."""
