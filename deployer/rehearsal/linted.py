"""What cfn-lint, AWS's linter, says: it carries AWS's schemas and lists of IAM actions with it, so it asks nobody."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from unittest.mock import patch

from cfnlint.config import ConfigMixIn
from cfnlint.decode.decode import decode_str
from cfnlint.runner import Runner
from samtranslator.translator.transform import transform

from deployer.rehearsal.place import PLACE


class NoManagedPolicies:
    """What SAM would otherwise ask of IAM: the ARNs of AWS's managed policies, none of which we use."""

    def load(self) -> dict[str, str]:
        """None of them."""
        return {}


@cache
def linter() -> Any:
    """Made once, since it reads hundreds of rules."""
    return Runner(ConfigMixIn(include_checks=["I"], regions=[PLACE.region]))


@dataclass(frozen=True)
class Complaint:
    """Something that is wrong with a template: an error, a warning or advice.

    Attributes:
        rule: the linter's name of what is broken, such as `E3601`.
        message: why, in its words.
        path: the way to it, from the template's root.
    """

    rule: str
    message: str
    path: Sequence[str]

    def __str__(self) -> str:
        """All of it, on one line."""
        return f"{self.rule} {self.message} ({'/'.join(self.path)})"


def judged(template: Mapping[str, Any]) -> list[Complaint]:
    """All that is wrong with a template of CloudFormation."""
    decoded, errors = decode_str(json.dumps(template, indent=1))
    matches = errors or linter().validate_template(decoded)
    return [Complaint(match.rule.id, match.message, tuple(map(str, match.path or []))) for match in matches]


def complaints(template: Mapping[str, Any]) -> list[str]:
    """All that is wrong with a template of CloudFormation, in words."""
    return list(map(str, judged(template)))


def judged_resource(resource: Mapping[str, Any]) -> list[Complaint]:
    """All that is wrong with one resource of CloudFormation; the paths begin in its properties."""
    found = judged({"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"R": resource}})
    return [replace(one, path=one.path[len(_TO_PROPERTIES) :]) for one in found]


_TO_PROPERTIES = ("Resources", "R", "Properties")


def of_resources(resources: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """All that is wrong with these resources of CloudFormation, whatever they are named."""
    named = {f"R{number}": resource for number, resource in enumerate(resources.values())}
    return complaints({"AWSTemplateFormatVersion": "2010-09-09", "Resources": named})


def as_cloudformation(sam: Mapping[str, Any]) -> dict[str, Any]:
    """What CloudFormation makes of SAM's template, by the program with which it does so."""
    template = json.loads(json.dumps(sam))
    for resource in template["Resources"].values():
        if "CodeUri" in resource["Properties"]:
            resource["Properties"]["CodeUri"] = "s3://bucket/package.zip"  # as `aws cloudformation package` would
    with patch.dict(os.environ, AWS_DEFAULT_REGION=PLACE.region):  # whose partition it writes into ARNs
        translated: dict[str, Any] = transform(template, {}, NoManagedPolicies())
    return translated
