"""What the project's own functions do, in a test's process or deployed, held against their policies."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

from simulator.probe import permissions
from simulator.probe.permissions import Done, actions
from tests.architecture.source import ROOT


@dataclass
class Recording:
    """What was done so far.

    Attributes:
        names: what the test calls a table, bus, bucket or state machine, and its name in the project's configuration.
    """

    names: Mapping[str, str]
    done: set[Done] = field(default_factory=set)

    def record(self, params: dict[str, Any], model: Any, **_: object) -> None:
        """botocore's `provide-client-params`: a call is about to be made."""
        for action in actions(model.service_model.service_name, model.name, params):
            self.done.add(replace(action, arn=self._in_project_terms(action.arn)))

    def _in_project_terms(self, arn: str) -> str:
        return reduce(lambda text, name: text.replace(name, self.names[name]), self.names, arn)


def statements(policy: str) -> list[dict[str, Any]]:
    """All that a policy says."""
    content: dict[str, list[dict[str, Any]]] = json.loads((ROOT / ".chalice" / policy).read_text())
    return content["Statement"]


def denied(policy: str, done: set[Done]) -> set[Done]:
    """What was done that the policy does not allow."""
    return permissions.denied(statements(policy), done)


def never_needed(policy: str, done: set[Done]) -> set[str]:
    """What the policy allows the function itself and nothing done made use of."""
    return permissions.never_needed(statements(policy), done)
