"""How many requests a REST API takes; more are answered with 429, before anything is called that costs.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployer.problem import Problem
from deployer.resources.limits import Limits
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.rest_api import find_rest_api

EVERY_ROUTE = "*/*"  # that has no limits of its own
RATE, BURST = "throttlingRateLimit", "throttlingBurstLimit"
PATCHED = {RATE: "rateLimit", BURST: "burstLimit"}  # what UpdateStage's paths call them


def method_key(method: str, path: str) -> str:
    """What a stage's settings call a route, such as `~1journeys~1{order_id}/GET` of `/journeys/{order_id}`.

    https://docs.aws.amazon.com/apigateway/latest/api/API_PatchOperation.html: "Any slash ("/") character appearing in
    path names must be escaped with "~1"". GetStage gives the key back so, too (hashicorp/terraform-provider-aws#9738).
    """
    return f"{path.replace('/', '~1')}/{method}"


@dataclass(frozen=True)
class ApiThrottling(Resource):
    """The limits of the REST API of this name.

    Attributes:
        function_arn: the function that the API's methods call.
        api_stage: the API's stage.
        limits: by `method_key`, or `EVERY_ROUTE`.
    """

    kind = "throttling of API"
    part = True

    function_arn: str
    api_stage: str
    limits: Mapping[str, Limits]

    def state(self) -> State:
        """Both limits of each."""
        return {key: {RATE: limits.a_second, BURST: limits.at_once} for key, limits in self.limits.items()}


class ApiThrottlingAdapter(Adapter[ApiThrottling]):
    """Method settings of stages in API Gateway."""

    def read(self, wanted: ApiThrottling) -> State | None:
        """The stage's limits, for each route that has its own."""
        api_id = find_rest_api(self.aws, wanted.name, wanted.function_arn)
        if api_id is None:
            return None
        with passing("NotFoundException"):
            stage = self.aws.apigateway.get_stage(restApiId=api_id, stageName=wanted.api_stage)
            settings: Mapping[str, Mapping[str, Any]] = stage.get("methodSettings", {})
            return {key: {name: one.get(name) for name in PATCHED} for key, one in settings.items()}
        return None

    def create(self, wanted: ApiThrottling) -> None:
        """Fails: an API is Chalice's to make."""
        raise Problem(f"there is no REST API {wanted.name}", "Run `up` again: it deploys the application first.")

    def update(self, wanted: ApiThrottling, differing: frozenset[str]) -> None:
        """Set both limits of the routes that differ."""
        api_id = find_rest_api(self.aws, wanted.name, wanted.function_arn)
        if api_id is None:
            return self.create(wanted)
        self.aws.apigateway.update_stage(
            restApiId=api_id,
            stageName=wanted.api_stage,
            patchOperations=[
                {"op": "replace", "path": f"/{key}/throttling/{PATCHED[name]}", "value": str(value)}
                for key, limits in wanted.state().items()
                if key in differing
                for name, value in limits.items()
            ],
        )
        return None
