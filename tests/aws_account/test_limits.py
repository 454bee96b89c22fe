"""All that is asked for is within AWS's limits, as AWS's models state them or, where these are silent, its guides."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.utils import check_dns_name

from deployer.place import Place
from deployer.rehearsal.account import Account
from deployer.rehearsal.limits import breaches
from deployer.rehearsal.rehearsed import DOCUMENTED, empty_account, wanted
from deployer.resources.chalice_app import ChaliceApp
from tests.aws_account.deployment import STAGE, way_to
from tests.unit.deployer.samples import PLACE, ROOT

ONLY_READ = {"acm", "s3control"}
POLICIES = sorted((ROOT / ".chalice").glob("policy*.json"))


def model(service: str, operation: str) -> Any:
    client: Any = boto3.Session("test", "test", region_name=PLACE.region).client(service)  # type: ignore[call-overload]
    return client.meta.service_model.operation_model(operation).input_shape


def beyond(account: Account) -> Iterator[str]:
    for request in account.done:
        if request.model and request.model.input_shape:
            yield from breaches(request.model.input_shape, request.given, request.operation)


@pytest.fixture(scope="module")
def app() -> ChaliceApp:
    (found,) = (one for one in wanted(way_to(empty_account())) if isinstance(one, ChaliceApp))
    return found


def test_no_request_of_the_deployer_is_beyond_a_limit(complete: Account) -> None:
    assert list(beyond(complete)) == []


def test_requests_of_every_service_were_looked_at(complete: Account) -> None:
    looked_at = {request.operation.partition(":")[0] for request in complete.done if request.model}
    assert looked_at >= {operation.partition(":")[0] for operation in DOCUMENTED} - ONLY_READ


@pytest.mark.parametrize(
    ("operation", "given"),
    [
        ("CreateTable", {"TableName": "a" * 1025}),
        ("CreateTable", {"BillingMode": "FOR_NOTHING"}),
        ("CreateTable", {"KeySchema": [{"AttributeName": "a" * 256, "KeyType": "HASH"}]}),
    ],
)
def test_what_is_beyond_a_limit_is_seen(operation: str, given: dict[str, Any]) -> None:
    assert list(breaches(model("dynamodb", operation), given)) != []


def test_what_does_not_match_a_pattern_is_seen() -> None:
    assert list(breaches(model("events", "PutRule"), {"Name": "no spaces"})) != []


def test_table_names_are_within_the_limit_for_names(complete: Account) -> None:
    """3 to 255 characters; the model's 1,024 are for ARNs ("Supported data types and naming rules in DynamoDB")."""
    names = [one["TableName"] for one in complete.all("dynamodb:CreateTable")]
    assert names
    assert [name for name in names if not 3 <= len(name) <= 255] == []


def test_chalices_functions_roles_and_rules_have_names_that_aws_takes(app: ChaliceApp) -> None:
    """A function's name has 64 characters at most (CreateFunction); the model's 140 are for ARNs. Chalice's role for a
    function has its name, that of the API's function `-api_handler` after it, its rule `-event` (chalice/deploy).
    """
    functions = app.function_names
    roles, rules = [*functions, f"{app.marked}-api_handler"], [f"{name}-event" for name in functions]
    assert [name for name in functions if len(name) > 64] == []
    for names, service, operation, member in (
        (functions, "lambda", "CreateFunction", "FunctionName"),
        (roles, "iam", "CreateRole", "RoleName"),
        (rules, "events", "PutRule", "Name"),
    ):
        shape = model(service, operation)
        assert [told for name in names for told in breaches(shape, {member: name})] == []


@pytest.mark.parametrize("setting", ["JOURNEYS_BUCKET"])
def test_a_buckets_name_is_good_in_the_region_with_the_longest_name(setting: str) -> None:
    """3 to 63 characters, as in DNS ("General purpose bucket naming rules")."""
    session = boto3.Session()
    longest = max(session.get_available_regions("s3"), key=len)
    pattern = way_to(empty_account()).project.setting(setting)
    name = Place("1" * 12, longest).own_name(pattern)
    assert check_dns_name(name), name


def size(policy: Any) -> int:
    """IAM does not count white space ("IAM and AWS STS quotas")."""
    return len("".join(json.dumps(policy).split()))


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_a_functions_policy_fits_into_its_role(policy: Any) -> None:
    """10,240 characters for all inline policies of a role ("IAM and AWS STS quotas"); it has this one."""
    assert size(json.loads(policy.read_text())) <= 10_240


def test_the_deployers_policies_fit_into_their_roles(complete: Account) -> None:
    """10,240 characters for all inline policies of a role, 2,048 for its trust ("IAM and AWS STS quotas")."""
    assert [one for one in complete.all("iam:PutRolePolicy") if size(json.loads(one["PolicyDocument"])) > 10_240] == []
    trusts = [json.loads(one["AssumeRolePolicyDocument"]) for one in complete.all("iam:CreateRole")]
    assert [trust for trust in trusts if size(trust) > 2_048] == []


def test_queue_policies_fit(complete: Account) -> None:
    """8,192 bytes ("Amazon SQS policy quotas"; the queue's attribute in CreateQueue)."""
    policies = [one["Attributes"]["Policy"] for one in complete.all("sqs:CreateQueue")]
    assert policies
    assert [policy for policy in policies if len(policy.encode()) > 8_192] == []


def test_no_function_has_more_permissions_than_its_policy_has_room_for(complete: Account) -> None:
    """20 KB for a function's resource policy ("Lambda quotas"); a statement has less than 1 KB."""
    added = [one["FunctionName"] for one in complete.all("lambda:AddPermission")]
    assert added
    assert max(map(added.count, added)) <= 20


def test_a_rule_has_no_more_targets_than_five(complete: Account) -> None:
    """ "Amazon EventBridge quotas", targets per rule."""
    rules = [one["Rule"] for one in complete.all("events:PutTargets")]
    assert max(map(rules.count, rules)) <= 5


def test_stage_aws_is_what_is_looked_at(app: ChaliceApp) -> None:
    assert app.stage == STAGE
