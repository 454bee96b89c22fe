"""What is left of the application is found by names and tags; what merely looks like it is left alone."""

from collections.abc import Mapping

from deployer.aws import Aws
from deployer.resources.chalice_remains import ChaliceRemains
from tests.unit.deployer.samples import PLACE, offline_aws, script

OURS = "version=1.34.0:stage=local:app=bar"


def remains(aws: Aws) -> ChaliceRemains:
    return ChaliceRemains(aws, "bar", "local", ["bar-local", "bar-local-f"], PLACE.function_arn("bar-local"))


def prepare(aws: Aws, functions: Mapping[str, str], groups: list[str], roles: list[str]) -> None:
    """Let AWS have these functions, each with Chalice's tag, these log groups and roles, and no API."""
    script(aws.apigateway).add_response("get_rest_apis", {"items": []})
    script(aws.apigatewayv2).add_response("get_apis", {"Items": []})
    script(aws.events).add_response("list_rules", {"Rules": [{"Name": "bar-local-f-event"}, {"Name": "bar-local-x"}]})
    lambda_ = script(aws.lambda_)
    listed = [{"FunctionName": name, "FunctionArn": PLACE.function_arn(name)} for name in functions]
    lambda_.add_response("list_functions", {"Functions": listed})
    for name, tag in functions.items():
        if name == "bar-local" or name.startswith("bar-local-"):
            tags = {"aws-chalice": tag} if tag else {}
            lambda_.add_response("list_tags", {"Tags": tags}, {"Resource": PLACE.function_arn(name)})
    described = {"Path": "/", "RoleId": "A" * 16, "CreateDate": 0}
    listed_roles = [{**described, "RoleName": name, "Arn": PLACE.role_arn(name)} for name in roles]
    script(aws.iam).add_response("list_roles", {"Roles": listed_roles})
    script(aws.logs).add_response("describe_log_groups", {"logGroups": [{"logGroupName": name} for name in groups]})


def test_only_functions_that_chalice_made_for_this_stage_are_ours() -> None:
    aws = offline_aws()
    functions = {
        "bar-local": OURS,
        "bar-local-f": OURS,
        "bar-local-of-an-older-version": OURS,
        "bar-local-made-by-hand": "",
        "bar-local-dev-f": "version=1.34.0:stage=local-dev:app=bar",
        "bar-local2": OURS,
        "other": OURS,
    }
    prepare(aws, functions, [], [])
    assert remains(aws).found()["function"] == ["bar-local", "bar-local-f", "bar-local-of-an-older-version"]


def test_only_roles_of_our_functions_are_ours() -> None:
    aws = offline_aws()
    functions = {"bar-local-of-an-older-version": OURS}
    roles = ["bar-local-api_handler", "bar-local-f", "bar-local-of-an-older-version", "bar-local-ci", "admin"]
    prepare(aws, functions, [], roles)
    assert remains(aws).found()["role"] == ["bar-local-api_handler", "bar-local-f", "bar-local-of-an-older-version"]


def test_only_rules_of_our_functions_are_ours() -> None:
    aws = offline_aws()
    prepare(aws, {}, [], [])
    assert remains(aws).found()["rule"] == ["bar-local-f-event"]


def log_groups(*functions: str) -> list[str]:
    return [f"/aws/lambda/{function}" for function in functions]


def test_only_log_groups_of_our_functions_are_ours() -> None:
    aws = offline_aws()
    functions = {"bar-local-of-an-older-version": OURS, "bar-local-made-by-hand": ""}
    ours = log_groups("bar-local", "bar-local-f", "bar-local-of-an-older-version")
    theirs = log_groups("bar-local-made-by-hand", "bar-local-gone", "bar-local2-f")
    prepare(aws, functions, [*ours, *theirs], [])
    assert remains(aws).found()["log group"] == ours


def test_a_functions_log_group_is_known_when_the_function_is_gone() -> None:
    aws = offline_aws()
    older = "bar-local-of-an-older-version"
    lambda_ = script(aws.lambda_)
    listed = {"FunctionName": older, "FunctionArn": PLACE.function_arn(older)}
    lambda_.add_response("list_functions", {"Functions": [listed]})
    lambda_.add_response("list_tags", {"Tags": {"aws-chalice": OURS}})
    before = remains(aws).with_all_names()
    lambda_.deactivate()
    prepare(aws, {}, log_groups(older), [])
    assert before.found()["log group"] == log_groups(older)
