"""What a REST API answers where no function is asked: to those without a token, or where there is no route."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from deployer.problem import Problem
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.rest_api import find_rest_api

PUBLISHED = "published"


@dataclass(frozen=True)
class Answer:
    """One answer of the gateway.

    Attributes:
        status: the HTTP status, as text; None keeps the one that API Gateway has for the occasion.
        headers: by name.
        body: a mapping template, in which `$context.error` tells what happened.
    """

    status: str | None
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True)
class GatewayResponses(Resource):
    """The gateway's own answers of the REST API of this name.

    Attributes:
        function_arn: the function that the API's methods call.
        api_stage: the API's stage, which serves what was last published to it.
        answers: by the type of the gateway response, such as UNAUTHORIZED.
    """

    kind = "gateway responses of API"
    part = True

    function_arn: str
    api_stage: str
    answers: Mapping[str, Answer]

    @property
    def label(self) -> str:
        """Describes the deployment that publishes these very answers."""
        text = json.dumps({name: asdict(answer) for name, answer in self.answers.items()}, sort_keys=True)
        return f"gateway responses {hashlib.sha256(text.encode()).hexdigest()[:16]}"

    def state(self) -> State:
        """The answers, and that the stage serves them."""
        return {**{name: asdict(answer) for name, answer in self.answers.items()}, PUBLISHED: self.label}


class GatewayResponsesAdapter(Adapter[GatewayResponses]):
    """Gateway responses in API Gateway."""

    def read(self, wanted: GatewayResponses) -> State | None:
        """The answers that are wanted, as they are, and how the stage's deployment is described."""
        api_id = find_rest_api(self.aws, wanted.name, wanted.function_arn)
        if api_id is None:
            return None
        found = self.aws.apigateway.get_gateway_responses(restApiId=api_id, limit=500)["items"]
        actual: dict[str, Any] = {
            one["responseType"]: _answer(one.get("statusCode"), one["responseParameters"], one["responseTemplates"])
            for one in found
            if one["responseType"] in wanted.answers
        }
        return {**actual, PUBLISHED: self._published(api_id, wanted.api_stage)}

    def create(self, wanted: GatewayResponses) -> None:
        """Fails: an API is Chalice's to make."""
        raise Problem(f"there is no REST API {wanted.name}", "Run `up` again: it deploys the application first.")

    def update(self, wanted: GatewayResponses, differing: frozenset[str]) -> None:
        """Put the answers that differ and publish them: the stage serves a snapshot of the API."""
        api_id = find_rest_api(self.aws, wanted.name, wanted.function_arn)
        if api_id is None:
            return self.create(wanted)
        for name in differing - {PUBLISHED}:
            self._put(api_id, name, wanted.answers[name])
        self.aws.apigateway.create_deployment(restApiId=api_id, stageName=wanted.api_stage, description=wanted.label)
        return None

    def _put(self, api_id: str, name: str, answer: Answer) -> None:
        headers = {f"gatewayresponse.header.{header}": f"'{value}'" for header, value in answer.headers.items()}
        request: dict[str, Any] = {"statusCode": answer.status} if answer.status else {}
        self.aws.apigateway.put_gateway_response(
            restApiId=api_id,
            responseType=name,  # type: ignore[arg-type]
            responseParameters=headers,
            responseTemplates={"application/json": answer.body},
            **request,
        )

    def _published(self, api_id: str, stage: str) -> str | None:
        client = self.aws.apigateway
        with passing("NotFoundException"):
            deployment_id = client.get_stage(restApiId=api_id, stageName=stage)["deploymentId"]
            return client.get_deployment(restApiId=api_id, deploymentId=deployment_id).get("description")
        return None


def _answer(status: str | None, parameters: Mapping[str, str], templates: Mapping[str, str]) -> dict[str, object]:
    headers = {name.removeprefix("gatewayresponse.header."): value.strip("'") for name, value in parameters.items()}
    return asdict(Answer(status, headers, templates.get("application/json", "")))
