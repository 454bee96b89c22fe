"""What AWS's own schemas and models say of a learner's workflow, policies and requests (module 6).

The schemas are those of AWS's linter (https://github.com/aws-cloudformation/cfn-lint), the limits of requests those of
botocore's models. Both are here, so nobody is asked; but a bundle does not bring the linter.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deployer.extension import Extension
from deployer.json_source import JsonSource
from deployer.overlay import WORKFLOW
from deployer.problem import Problem
from deployer.rehearsal.account import Account
from simulator.probe.permissions import listed, of_the_function
from workshop.attempt import Attempt
from workshop.checks.microservice_files import check_policy
from workshop.checks.microservice_rights import too_wide
from workshop.finding import CannotBeTried, DoesNotHold

if TYPE_CHECKING:
    from deployer.rehearsal.linted import Complaint

_TABLE = re.compile(r":table/([^/*]+)")
_AT_A_PLACE = re.compile(r" at '[^']*'$")
_OF_THESE = re.compile(r"'(.+)' is not one of \[.*\]$")
_TO_DEFINITION, _TO_POLICY = ("DefinitionString",), ("PolicyDocument",)
_LONGEST = 160


def the_schemas_take_it(attempt: Attempt) -> str:
    """AWS's linter finds nothing: in the workflow, in each policy, in what SAM makes of each package."""
    with _installed():
        from deployer.rehearsal import linted, templates  # noqa: PLC0415  # seconds, which no other check waits for

    rehearsal = attempt.rehearsal
    for one in linted.judged_resource(templates.state_machine(rehearsal.workflow)):
        raise _refused(one, one.message, attempt.workflow_source.at(one.path[len(_TO_DEFINITION) :]), _BY_AWS)
    policies = [source for _, source in _policies(attempt)]
    for policy in policies:
        for one in linted.judged_resource(templates.managed_policy(policy.parsed())):
            raise _refused(one, one.message, policy.at(one.path[len(_TO_POLICY) :]), _SPELLED)
    for name, packaged in rehearsal.packages.items():
        for one in linted.judged(linted.as_cloudformation(packaged.template)):
            told = f"{'/'.join(one.path[1:])}: {one.message}"
            raise _refused(one, told, attempt.source(f"{name}/.chalice/config.json").at(), _BY_AWS)
    return f"{len(rehearsal.workflow['States'])} states, {len(policies)} policies"


@contextmanager
def _installed() -> Iterator[None]:
    """Import in it what may not be here.

    Raises:
        CannotBeTried: it is not.
    """
    try:
        yield
    except ImportError as missing:
        raise CannotBeTried(
            f"AWS's linter is not installed here ({missing.name} is missing)",
            "cfn-lint, with SAM's translator",
            attempt="with a network: make shell, then env -u UV_OFFLINE -u UV_NO_INDEX uv pip install "
            "cfn-lint aws-sam-translator regex",
        ) from None


_BY_AWS = "AWS refuses what breaks its schema, also where your laptop takes it: mend what is named"
_SPELLED = "is the action written as AWS writes it, and on a thing that it is about?"


def _refused(by: "Complaint", message: str, where: str, advice: str) -> DoesNotHold:
    """What is told of a complaint; AWS refuses what the linter calls an error, and takes what it warns of."""
    told = _OF_THESE.sub(r"“\1” is nothing that AWS knows", _AT_A_PLACE.sub("", message))
    does = "AWS refuses this" if by.rule.startswith("E") else "AWS takes this, and it is not what you mean"
    return DoesNotHold(f"{does}: {told[:_LONGEST]}", "what AWS's own schemas take", [where], advice)


def no_request_is_beyond_a_limit(attempt: Attempt) -> str:
    """Whatever deploying it asks of AWS is within the lengths, patterns and sizes that AWS states."""
    with _installed():
        from deployer.rehearsal.limits import breaches  # noqa: PLC0415

    where = [f"{attempt.folder.name}/{WORKFLOW}:1"]
    done = _deployed(attempt, where).done
    asked = [(one, one.model.input_shape) for one in done if one.model and one.model.input_shape]
    for one, shape in asked:
        for told in breaches(shape, one.given, one.operation):
            raise DoesNotHold(f"AWS refuses this: {told[:_LONGEST]}", "a request within AWS's limits", where, _BY_AWS)
    return f"{len(asked)} requests"


def _deployed(attempt: Attempt, where: Sequence[str]) -> Account:
    """The account that all of it was deployed to.

    Raises:
        DoesNotHold: it could not be.
    """
    try:
        return attempt.rehearsal.account
    except* Problem as refused:
        first = _first(refused)
        advice = first.suggestion or "make check MODULE=3 and MODULE=2 try what is deployed"
        finding = DoesNotHold(f"it cannot be deployed: {first.what}", "a deploy to its end", where, advice)
    raise finding


def _first(group: ExceptionGroup[Problem]) -> Problem:
    one = group.exceptions[0]
    return _first(one) if isinstance(one, ExceptionGroup) else one


def each_policy_names_its_own(attempt: Attempt) -> None:
    """No action and no thing is left open, and no table is somebody else's."""
    for extension, policy in _policies(attempt):
        for told, index in _not_its_own(policy, extension):
            raise DoesNotHold(
                f"{told}: whoever gets into this function gets all of that",
                "actions and things by their names, and no table but its own",
                [policy.at(["Statement", index])],
                f'"Resource": "arn:aws:dynamodb:*:*:table/{next(iter(extension.table_names), "...")}", and the '
                "actions that the function calls",
            )


def _policies(attempt: Attempt) -> Iterator[tuple[Extension, JsonSource]]:
    """Each project's policies, such as can be read as one.

    Raises:
        DoesNotHold: one cannot.
    """
    for extension in attempt.rehearsal.project.extensions:
        for name in attempt.rehearsal.policies(extension):
            source = attempt.source(name)
            check_policy(source)
            yield extension, source


def _not_its_own(policy: JsonSource, extension: Extension) -> Iterator[tuple[str, int]]:
    """What a policy allows beside the project's own, with the number of its statement."""
    statements = policy.parsed()["Statement"]
    for index, statement in enumerate(statements):
        for one in too_wide([statement]):
            yield f"it may do {one}", index
        for table in _tables(listed(statement["Resource"]) if of_the_function([statement]) else []):
            if table not in extension.table_names:
                yield f"it reaches table {table}, which is not {extension.name}'s", index


def _tables(things: Sequence[str]) -> list[str]:
    return [name for thing in things for name in _TABLE.findall(thing)]
