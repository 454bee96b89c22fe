"""How many requests a REST API takes; more are answered with 429, before anything is called that costs.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
"""

from dataclasses import dataclass

from deployer.problem import Problem
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.rest_api import find_rest_api

EVERY_ROUTE = "*/*"
RATE, BURST = "throttlingRateLimit", "throttlingBurstLimit"


@dataclass(frozen=True)
class ApiThrottling(Resource):
    """The limits of each route of the REST API of this name.

    Attributes:
        function_arn: the function that the API's methods call.
        api_stage: the API's stage.
        rate: requests a second.
        burst: requests at once.
    """

    kind = "throttling of API"
    part = True

    function_arn: str
    api_stage: str
    rate: float
    burst: int

    def state(self) -> State:
        """Both limits."""
        return {RATE: self.rate, BURST: self.burst}


class ApiThrottlingAdapter(Adapter[ApiThrottling]):
    """Method settings of stages in API Gateway."""

    def read(self, wanted: ApiThrottling) -> State | None:
        """The stage's settings for every route."""
        api_id = find_rest_api(self.aws, wanted.name, wanted.function_arn)
        if api_id is None:
            return None
        with passing("NotFoundException"):
            stage = self.aws.apigateway.get_stage(restApiId=api_id, stageName=wanted.api_stage)
            return {**stage.get("methodSettings", {}).get(EVERY_ROUTE, {})}
        return None

    def create(self, wanted: ApiThrottling) -> None:
        """Fails: an API is Chalice's to make."""
        raise Problem(f"there is no REST API {wanted.name}", "Run `up` again: it deploys the application first.")

    def update(self, wanted: ApiThrottling, differing: frozenset[str]) -> None:
        """Set both limits, for every route that has none of its own."""
        api_id = find_rest_api(self.aws, wanted.name, wanted.function_arn)
        if api_id is None:
            return self.create(wanted)
        limits = {"rateLimit": str(wanted.rate), "burstLimit": str(wanted.burst)}
        self.aws.apigateway.update_stage(
            restApiId=api_id,
            stageName=wanted.api_stage,
            patchOperations=[
                {"op": "replace", "path": f"/{EVERY_ROUTE}/throttling/{name}", "value": value}
                for name, value in limits.items()
            ],
        )
        return None
