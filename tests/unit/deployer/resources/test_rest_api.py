"""Of all REST APIs named after the app, ours is the one that calls our stage's function."""

from collections.abc import Mapping

import pytest

from deployer.aws import Aws
from deployer.problem import Problem
from deployer.resources.rest_api import find_rest_api
from tests.unit.deployer.samples import PLACE, offline_aws, script

ARN = PLACE.function_arn("bar-local")


def answering(apis: Mapping[str, tuple[str, str]]) -> Aws:
    """APIs by id, each with its name and the function that it calls."""
    aws = offline_aws()
    gateway = script(aws.apigateway)
    gateway.add_response("get_rest_apis", {"items": [{"id": id_, "name": name} for id_, (name, _) in apis.items()]})
    for name, function in apis.values():
        if name == "bar":
            uri = f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{function}/invocations"
            method = {"methodIntegration": {"uri": uri}}
            items = [{"path": "/"}, {"path": "/config", "resourceMethods": {"GET": method, "OPTIONS": {}}}]
            gateway.add_response("get_resources", {"items": items})
    return aws


def test_the_api_of_another_stage_is_not_ours() -> None:
    aws = answering({"prod": ("bar", PLACE.function_arn("bar-prod")), "ours": ("bar", ARN)})
    assert find_rest_api(aws, "bar", ARN) == "ours"


def test_the_api_of_a_stage_whose_name_begins_like_ours_is_not_ours() -> None:
    aws = answering({"other": ("bar", PLACE.function_arn("bar-local2"))})
    assert find_rest_api(aws, "bar", ARN) is None


def test_the_api_of_another_name_is_not_ours() -> None:
    assert find_rest_api(answering({"x": ("shop", ARN)}), "bar", ARN) is None


def test_two_apis_that_call_our_function_are_told_by_their_ids() -> None:
    with pytest.raises(Problem, match="2 REST APIs named bar call the same function: one, two"):
        find_rest_api(answering({"one": ("bar", ARN), "two": ("bar", ARN)}), "bar", ARN)
