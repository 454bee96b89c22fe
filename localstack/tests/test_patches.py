"""Patches of LocalStack fail loudly, are listed, and were written against the source that is there."""

import json
from typing import Any

import pytest
from local_cloud.testing import Cloud

from .plugin_table import README, patches_of, rewritten, table

APPLIED = """
import sys, types
from local_cloud.plugins.patches import REPLACEMENTS, replace

upstream = types.ModuleType("upstream")
class Service:
    @staticmethod
    def named(name):
        return name
    def asked(self):
        return "asked"
upstream.Service, upstream.LISTED = Service, []
sys.modules["upstream"] = upstream
replace("upstream:Service", "named", lambda named: lambda name: named(name) + "!", why="parity", upstream="1")
replace("upstream:Service", "asked", lambda asked: lambda self: asked(self) + "!", why="parity", upstream="2")
replace("upstream", "LISTED", lambda listed: (*listed, 1), why="speed", upstream="3")
print(Service.named("a"), Service().named("b"), Service().asked(), upstream.LISTED, len(REPLACEMENTS))
"""
MISSING = """
from local_cloud.plugins.patches import replace
replace({owner!r}, {name!r}, lambda it: it, why="safety", upstream="0")
"""
LATE = """
from local_cloud.plugins.patches import replace
from localstack.services.plugins import SERVICE_PLUGINS
provider = "localstack.services.sns.provider:SnsProvider"
replace(provider, "renamed", lambda it: it, why="safety", upstream="0", before="sns")
try:
    SERVICE_PLUGINS.require("sns")
except Exception as error:
    print(error)
print("sns is served:", SERVICE_PLUGINS.is_running("sns"))
"""
AT_THE_START = (
    LATE.partition("try:")[0]
    + """
import os
os.environ["LOCAL_CLOUD_SERVICES"] = "sns"
from local_cloud.plugins.runtime.eager_service_loading import load_named_services
load_named_services()
"""
)
NAMED = "the patch __main__ of localstack.services.sns.provider:SnsProvider.renamed cannot be applied: AttributeError"


def test_a_patch_takes_the_place_of_a_method_a_static_method_or_a_constant(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(APPLIED)
    assert ran.stdout.strip() == "a! b! asked! (1,) 3", ran.stderr


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("localstack.config", "NO_SUCH_NAME"),
        ("localstack.no_such_module", "any"),
        ("localstack.config:NoSuchClass", "any"),
    ],
)
def test_a_patch_of_what_upstream_has_renamed_is_an_error_with_its_name(cloud: Cloud, owner: str, name: str) -> None:
    failed = cloud.run_in_localstack_environment(MISSING.format(owner=owner, name=name))
    assert failed.returncode != 0
    last_line = failed.stderr.splitlines()[-1]
    assert last_line.startswith("local_cloud.plugins.patches.PatchError: the patch __main__ of ")
    assert f"{owner}{'.' if ':' in owner else ':'}{name} cannot be applied: " in last_line


def test_a_service_whose_patch_cannot_be_applied_is_not_served(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(LATE)
    assert NAMED in ran.stdout, ran.stderr
    assert ran.stdout.splitlines()[-1] == "sns is served: False"


def test_a_service_that_is_loaded_at_the_start_then_stops_it(cloud: Cloud) -> None:
    failed = cloud.run_in_localstack_environment(AT_THE_START)
    assert failed.returncode != 0
    assert NAMED in failed.stderr.splitlines()[-1]


@pytest.fixture(scope="module")
def patches(cloud: Cloud) -> list[dict[str, Any]]:
    """All patches, their services loaded."""
    _load(cloud, {patch["before"] for patch in patches_of(cloud.endpoint_url)} - {None})
    return patches_of(cloud.endpoint_url)


def _load(cloud: Cloud, services: set[str]) -> None:
    """A first call of each, which any will do for."""
    for service in services:
        operation, parameters = FIRST_CALLS[service]
        getattr(cloud.client(service), operation)(**parameters)


FIRST_CALLS: dict[str, tuple[str, dict[str, int]]] = {
    "apigateway": ("get_rest_apis", {}),
    "cloudformation": ("list_stacks", {}),
    "cognito-idp": ("list_user_pools", {"MaxResults": 1}),
    "dynamodb": ("list_tables", {}),
    "dynamodbstreams": ("list_streams", {}),
    "events": ("list_rules", {}),
    "iam": ("list_users", {}),
    "lambda": ("list_functions", {}),
    "s3": ("list_buckets", {}),
    "stepfunctions": ("list_state_machines", {}),
}


def test_every_patch_is_applied_once_its_service_is_loaded(patches: list[dict[str, Any]]) -> None:
    assert [patch for patch in patches if not patch["applied"]] == []
    assert len(patches) >= 38


def test_every_patch_was_written_against_the_source_that_is_there(patches: list[dict[str, Any]]) -> None:
    """What is listed here has changed upstream: read the patch again, then give it the new fingerprint."""
    changed = [
        (patch["plugin"], patch["target"], patch["found"]) for patch in patches if patch["found"] != patch["upstream"]
    ]
    assert changed == []


def test_the_list_is_json_that_says_what_each_is_for(patches: list[dict[str, Any]]) -> None:
    assert {patch["why"] for patch in patches} <= {"capability", "parity", "safety", "speed"}
    assert json.dumps(patches)


def test_the_readme_says_what_is_replaced_and_why(patches: list[dict[str, Any]]) -> None:
    """Mended by `make docs`, while the cloud runs."""
    assert README.read_text() == rewritten(README.read_text(), table(patches))
