"""What is left of an application that Chalice deployed: found by names and tags, since its record may be lost or stale.

Chalice names everything after app and stage and tags each function with both; Lambda makes the log groups, which have
no tags: theirs are told by the functions' names, and somebody else's function may have a name that begins like ours.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Self

from deployer.aws import Aws
from deployer.resources.refusals import passing
from deployer.resources.rest_api import find_rest_apis
from deployer.resources.websocket_api import find_websocket_apis

CHALICE_TAG = "aws-chalice"


@dataclass(frozen=True)
class ChaliceRemains:
    """An application's remains.

    Attributes:
        app: Chalice's name of the application.
        stage: its stage.
        names: Lambda's names for its functions, as far as they are known.
        api_function_arn: what tells its REST API from those of other stages.
    """

    aws: Aws
    app: str
    stage: str
    names: Sequence[str]
    api_function_arn: str

    @property
    def prefix(self) -> str:
        """What all of its names begin with."""
        return f"{self.app}-{self.stage}"

    def with_all_names(self) -> Self:
        """The same, told the names of all functions that are there, so that their log groups are known without them."""
        return replace(self, names=sorted({*self.names, *self._functions()}))

    def found(self) -> dict[str, list[str]]:
        """What is left: names or ids, by what they are, in the order in which they can be removed."""
        functions = self._functions()
        names = {*self.names, *functions}
        return {
            "REST API": find_rest_apis(self.aws, self.app, self.api_function_arn),
            "WebSocket API": [api["ApiId"] for api in find_websocket_apis(self.aws, f"{self.prefix}-websocket-api")],
            "rule": self._rules(names),
            "role": self._roles(names),
            "function": functions,
            # Behind its function, which would make it again.
            "log group": self._log_groups(names),
        }

    def counted(self) -> list[str]:
        """How many of each kind of thing are left, in words."""
        return [f"{len(names)} x {kind}" for kind, names in self.found().items() if names]

    def remove(self) -> None:
        """Remove them all; the functions near the end, since whoever goes on later may know the rest by them only."""
        found = self.found()
        for api_id in found["REST API"]:
            self.aws.apigateway.delete_rest_api(restApiId=api_id)
        for api_id in found["WebSocket API"]:
            self.aws.apigatewayv2.delete_api(ApiId=api_id)
        for rule in found["rule"]:
            self._remove_rule(rule)
        for role in found["role"]:
            self._remove_role(role)
        for function in found["function"]:
            self.aws.lambda_.delete_function(FunctionName=function)
        for group in self._log_groups({*self.names, *found["function"]}):
            self.aws.logs.delete_log_group(logGroupName=group)

    def _is_ours(self, name: str) -> bool:
        return name == self.prefix or name.startswith(f"{self.prefix}-")

    def _functions(self) -> list[str]:
        pages = self.aws.lambda_.get_paginator("list_functions").paginate()
        named = [one for page in pages for one in page["Functions"] if self._is_ours(one["FunctionName"])]
        return [one["FunctionName"] for one in named if self._made_by_chalice(one["FunctionArn"])]

    def _made_by_chalice(self, function_arn: str) -> bool:
        tag = self.aws.lambda_.list_tags(Resource=function_arn)["Tags"].get(CHALICE_TAG, "")
        return tag.endswith(f":stage={self.stage}:app={self.app}")

    def _roles(self, functions: Set[str]) -> list[str]:
        ours = {*functions, f"{self.prefix}-api_handler"}
        pages = self.aws.iam.get_paginator("list_roles").paginate()
        return [role["RoleName"] for page in pages for role in page["Roles"] if role["RoleName"] in ours]

    def _remove_role(self, name: str) -> None:
        for policy in self.aws.iam.list_role_policies(RoleName=name)["PolicyNames"]:
            self.aws.iam.delete_role_policy(RoleName=name, PolicyName=policy)
        self.aws.iam.delete_role(RoleName=name)

    def _rules(self, functions: Set[str]) -> list[str]:
        """Those on the default bus, where Chalice puts a function's events."""
        ours = {f"{name}-event" for name in functions}
        found = self.aws.events.list_rules(NamePrefix=f"{self.prefix}-")["Rules"]
        return [rule["Name"] for rule in found if rule["Name"] in ours]

    def _remove_rule(self, name: str) -> None:
        with passing("ResourceNotFoundException"):
            targets = self.aws.events.list_targets_by_rule(Rule=name)["Targets"]
            if targets:
                self.aws.events.remove_targets(Rule=name, Ids=[target["Id"] for target in targets])
            self.aws.events.delete_rule(Name=name)

    def _log_groups(self, functions: Set[str]) -> list[str]:
        prefix = "/aws/lambda/"
        pages = self.aws.logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=f"{prefix}{self.prefix}")
        names = [group["logGroupName"] for page in pages for group in page["logGroups"]]
        return [name for name in names if name.removeprefix(prefix) in functions]
