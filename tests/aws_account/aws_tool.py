"""AWS's own command, as far as it takes what it is told: it reads and checks its words, and reaches nobody."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from awscli.clidriver import create_clidriver
from botocore.model import OperationModel

from deployer.aws_command import TOOL
from tests.unit.deployer.samples import PLACE


@dataclass(frozen=True)
class Asked:
    """What AWS would be asked for.

    Attributes:
        operation: such as `acm:RequestCertificate`.
        region: where.
        given: its parameters.
    """

    operation: str
    region: str
    given: Mapping[str, Any]


def asked_by(advice: str, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What AWS would be asked for by the one command that an advice has."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_DEFAULT_REGION", PLACE.region)
    asked: list[Asked] = []

    def note(params: Mapping[str, Any], model: OperationModel, context: Mapping[str, Any], **_: object) -> None:
        operation = f"{model.service_model.service_name}:{model.name}"
        asked.append(Asked(operation, context["client_region"], dict(params)))

    def answer(**_: object) -> tuple[Any, dict[str, Any]]:
        return SimpleNamespace(status_code=200), {}

    tool = create_clidriver()
    tool.session.register("before-parameter-build", note)
    tool.session.register("before-call", answer)
    (line,) = (line for line in advice.splitlines() if line.lstrip().startswith(TOOL))
    assert tool.main(shlex.split(line)[1:]) == 0, line
    (one,) = asked
    return one
