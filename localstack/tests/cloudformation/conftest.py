"""A stack of its own for a test."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import pytest
from local_cloud.installation import function_runtime
from local_cloud.testing import Cloud
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

ROLE_POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


@dataclass
class Stack:
    """A stack of CloudFormation."""

    cloud: Cloud
    name: str = field(default_factory=lambda: f"stack-{uuid4().hex[:8]}")

    def create(self, resources: Mapping[str, Any]) -> str:
        """Create it; return the status that it ends with."""
        self.cloud.client("cloudformation").create_stack(**self._template(resources))
        return self._ended()

    def update(self, resources: Mapping[str, Any]) -> str:
        """Update it; return the status that it ends with."""
        self.cloud.client("cloudformation").update_stack(**self._template(resources))
        return self._ended()

    def delete(self) -> str:
        """Delete it; return the status that it ends with."""
        (stack,) = self.cloud.client("cloudformation").describe_stacks(StackName=self.name)["Stacks"]
        self.cloud.client("cloudformation").delete_stack(StackName=self.name)
        return self._ended(stack["StackId"])

    def _template(self, resources: Mapping[str, Any]) -> dict[str, Any]:
        template = json.dumps({"Resources": resources})
        return {"StackName": self.name, "TemplateBody": template, "Capabilities": ["CAPABILITY_NAMED_IAM"]}

    def _ended(self, stack_id: str | None = None) -> str:
        @retry(retry=retry_if_result(_is_under_way), stop=stop_after_delay(60), wait=wait_fixed(0.2))
        def status() -> str:
            (stack,) = self.cloud.client("cloudformation").describe_stacks(StackName=stack_id or self.name)["Stacks"]
            found: str = stack["StackStatus"]
            return found

        return status()

    def physical_ids(self) -> dict[str, str]:
        """Return the physical ids of its resources, by logical id."""
        listed = self.cloud.client("cloudformation").describe_stack_resources(StackName=self.name)["StackResources"]
        return {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in listed}

    def api_resources(self, says: str, routes: list[str], **stage: Any) -> dict[str, Any]:
        """Return an API's resources: a function that says `says` at each of `routes`, and stage `api`."""
        function = {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "FunctionName": self.name,
                "Runtime": function_runtime(),
                "Handler": "index.handler",
                "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                "Code": {"ZipFile": f"def handler(event, context): return dict(statusCode=200, body={says!r})"},
            },
        }
        statement = {"Sid": says, "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
        policy = {"PolicyName": "says", "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
        role = {"RoleName": self.name, "AssumeRolePolicyDocument": ROLE_POLICY, "Policies": [policy]}
        return {
            "Role": {"Type": "AWS::IAM::Role", "Properties": role},
            "Function": function,
            "Permission": {"Type": "AWS::Lambda::Permission", "Properties": self._permission()},
            "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": self.name, "Body": self._body(routes)}},
            f"Deployment{len(routes)}": {
                "Type": "AWS::ApiGateway::Deployment",
                "Properties": {"RestApiId": {"Ref": "Api"}},
            },
            "Stage": {
                "Type": "AWS::ApiGateway::Stage",
                "Properties": {
                    "RestApiId": {"Ref": "Api"},
                    "StageName": "api",
                    "DeploymentId": {"Ref": f"Deployment{len(routes)}"},
                    **stage,
                },
            },
        }

    def _permission(self) -> dict[str, Any]:
        source = {"Fn::Sub": "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*"}
        service = {"Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com"}
        return {"FunctionName": {"Ref": "Function"}, **service, "SourceArn": source}

    def _body(self, routes: list[str]) -> dict[str, Any]:
        function = "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:" + self.name
        uri = "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/" + function + "/invocations"
        to_function = {"type": "aws_proxy", "httpMethod": "POST", "uri": {"Fn::Sub": uri}}
        method = {"x-amazon-apigateway-integration": to_function, "responses": {}}
        info = {"title": self.name, "version": "1"}
        return {"swagger": "2.0", "info": info, "paths": {f"/{route}": {"get": method} for route in routes}}

    def get(self, api: str, route: str) -> httpx.Response:
        """Ask a route of stage `api`."""
        return httpx.get(f"{self.cloud.endpoint_url}/_aws/execute-api/{api}/api/{route}", timeout=60)


def _is_under_way(status: str) -> bool:
    return status.endswith("_IN_PROGRESS")


@pytest.fixture
def stack(cloud: Cloud) -> Iterator[Stack]:
    """Give a test its own stack."""
    made = Stack(cloud)
    yield made
    cloud.client("cloudformation").delete_stack(StackName=made.name)
