"""Applications beside the bar that nobody describes any more: what Chalice made of them, and whose folder may be gone.

Chalice gives each function the tags of the project's configuration as it makes it, so that ours can be told even where
a deploy was cut short.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass

from deployer.aws import Aws
from deployer.resources.chalice_remains import CHALICE_TAG, ChaliceRemains
from deployer.resources.our_own import OWNER, PREFIX, US
from deployer.resources.resource import Adapter, Resource, State

_STAGE_AND_APP = re.compile(r"version=[^:]*:stage=(?P<stage>[^:]*):app=(?P<app>.*)")


@dataclass(frozen=True)
class AbandonedApp(Resource):
    """An application that is only to go.

    Attributes:
        stage: Chalice's name of the stage.
        arn: the ARN of the API's function, as it is or would be.
    """

    kind = "application"
    holds = "log lines"

    stage: str
    arn: str

    def state(self) -> State:
        """Nobody wants it."""
        return {}


class AbandonedAppAdapter(Adapter[AbandonedApp]):
    """What Chalice made."""

    def read(self, wanted: AbandonedApp) -> State | None:
        """Whether anything is left of it."""
        return {} if self.remains(wanted) else None

    def create(self, wanted: AbandonedApp) -> None:
        """Fails: nobody knows any more what it was."""
        raise NotImplementedError("an abandoned application is only removed")

    def delete(self, wanted: AbandonedApp) -> None:
        """Remove all that is left of it."""
        self._remains(wanted).with_all_names().remove()

    def remains(self, wanted: AbandonedApp) -> list[str]:
        """How many of each kind of thing are left of it."""
        return self._remains(wanted).counted()

    def _remains(self, of: AbandonedApp) -> ChaliceRemains:
        return ChaliceRemains(self.aws, of.name, of.stage, [], of.arn)


def abandoned_apps(aws: Aws, known: Mapping[str, Collection[str]], stage: str) -> list[AbandonedApp]:
    """The applications of ours in a stage that are not among these.

    Args:
        aws: the clients.
        known: for each application, by its name, the names of its functions.
        stage: Chalice's.
    """
    functions = {function for of_app in known.values() for function in of_app}
    found = {app.name: app for app in _apps_of_ours(aws, functions)}
    return [found[name] for name in sorted(found.keys() - known.keys()) if found[name].stage == stage]


def _apps_of_ours(aws: Aws, known: Set[str]) -> Iterator[AbandonedApp]:
    """By their functions; the known ones, which are most, are not asked for their tags.

    Beginnings tell nothing: `serverlesspresso-aws-stats` may be a function of the bar's, and an application.
    """
    pages = aws.lambda_.get_paginator("list_functions").paginate()
    for function in (one for page in pages for one in page["Functions"]):
        name, arn = function["FunctionName"], function["FunctionArn"]
        if name.startswith(PREFIX) and name not in known:
            yield from _app_of(arn, aws.lambda_.list_tags(Resource=arn)["Tags"])


def _app_of(function_arn: str, tags: Mapping[str, str]) -> Iterator[AbandonedApp]:
    chalice = _STAGE_AND_APP.fullmatch(tags.get(CHALICE_TAG, ""))
    if chalice and tags.get(OWNER) == US:
        function = f"{chalice['app']}-{chalice['stage']}"
        yield AbandonedApp(chalice["app"], chalice["stage"], f"{function_arn.rpartition(':')[0]}:{function}")
