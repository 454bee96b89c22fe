"""Everything that the account holds, of every kind that the deployer could make or break."""

from collections.abc import Iterator
from typing import Any

from tests.integration.deployer.checkout import Checkout


def deployed_by_us(of: Checkout) -> set[str]:
    """The inventory without the log group that each function makes when it first runs, as the sweep does by itself."""
    return {thing for thing in inventory(of) if not thing.startswith("log group /aws/lambda/")}


def inventory(of: Checkout) -> set[str]:
    """The kinds and names of all that there is."""
    pools = of.client("cognito-idp").list_user_pools(MaxResults=60)["UserPools"]
    policies = of.client("logs").describe_resource_policies()["resourcePolicies"]
    mappings = of.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    return {
        *(f"bucket {one['Name']}" for one in of.client("s3").list_buckets()["Buckets"]),
        *(f"queue {url.rpartition('/')[2]}" for url in of.client("sqs").list_queues().get("QueueUrls", [])),
        *(f"mapping {one['EventSourceArn'].split('/')[1]} -> {one['FunctionArn']}" for one in mappings),
        *(f"table {name}" for name in of.client("dynamodb").list_tables()["TableNames"]),
        *_of_bus(of.client("events")),
        *(f"log group {one['logGroupName']}" for one in of.client("logs").describe_log_groups()["logGroups"]),
        *(f"log policy {one['policyName']}" for one in policies),
        *(f"pool {one['Name']} {one['Id']}" for one in pools),
        *(f"identity {name}" for name in of.client("ses").list_identities()["Identities"]),
        *(f"role {one['RoleName']}" for one in of.client("iam").list_roles()["Roles"]),
        *(f"function {one['FunctionName']}" for one in of.client("lambda").list_functions()["Functions"]),
        *(f"API {one['name']} {one['id']}" for one in of.client("apigateway").get_rest_apis(limit=500)["items"]),
        *(f"WebSocket API {one['Name']} {one['ApiId']}" for one in of.client("apigatewayv2").get_apis()["Items"]),
        *(f"machine {one['name']}" for one in of.client("stepfunctions").list_state_machines()["stateMachines"]),
    }


def _of_bus(events: Any) -> Iterator[str]:
    for bus in events.list_event_buses()["EventBuses"]:
        yield f"bus {bus['Name']}"
        for rule in events.list_rules(EventBusName=bus["Name"])["Rules"]:
            targets = events.list_targets_by_rule(Rule=rule["Name"], EventBusName=bus["Name"]).get("Targets", [])
            yield f"rule {bus['Name']}/{rule['Name']} -> {sorted(target['Arn'] for target in targets)}"
