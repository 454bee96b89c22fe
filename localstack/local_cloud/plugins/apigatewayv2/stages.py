"""A deployment and a stage of an API Gateway v2 API, in AWS's shapes. Must not know connections.

"Each stage is a snapshot of the API [...]. Every time you update an API, which includes modification of routes,
methods, integrations, authorizers, and anything else other than stage settings, you must redeploy the API" (API
Gateway Developer Guide, apigateway-set-up-websocket-deployment.html).
"""

import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from local_cloud.plugins.apigatewayv2.routing import Routing

Shape = dict[str, Any]

_DEFAULT_ROUTE_SETTINGS: Mapping[str, Mapping[str, bool | str]] = {
    "WEBSOCKET": {"DataTraceEnabled": False, "DetailedMetricsEnabled": False, "LoggingLevel": "OFF"},
    "HTTP": {"DetailedMetricsEnabled": False},
}
_SETTINGS = frozenset(
    (
        "AccessLogSettings",
        "AutoDeploy",
        "ClientCertificateId",
        "DefaultRouteSettings",
        "Description",
        "RouteSettings",
        "StageVariables",
        "Tags",
    )
)


def _random_id() -> str:
    return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(6))


@dataclass(frozen=True)
class ApiIdentity:
    """Which API; `protocol` is WEBSOCKET or HTTP."""

    id: str
    protocol: str
    account_id: str
    region: str


@dataclass
class Deployment:
    """A snapshot of an API's routes."""

    routing: Routing
    description: str | None
    id: str = field(default_factory=_random_id)
    created: datetime = field(default_factory=lambda: datetime.now(UTC))

    def shape(self) -> Shape:
        """As the API answers it."""
        shape: Shape = {
            "AutoDeployed": False,
            "CreatedDate": self.created,
            "DeploymentId": self.id,
            "DeploymentStatus": "DEPLOYED",
        }
        return shape | ({"Description": self.description} if self.description else {})


class Stage:
    """A deployment that clients can call, and the settings that apply to it. Outlives its deletion for who holds it."""

    def __init__(self, api: ApiIdentity, name: str, request: Mapping[str, Any], deployment: Deployment | None) -> None:
        self.api = api
        self.name = name
        self.deployment = deployment
        self._settings: Shape = {
            "DefaultRouteSettings": dict(_DEFAULT_ROUTE_SETTINGS[api.protocol]),
            "RouteSettings": {},
            "StageVariables": {},
            "Tags": {},
        }
        self._created = datetime.now(UTC)
        self.update(request)

    @property
    def variables(self) -> Mapping[str, str]:
        """The stage variables."""
        variables: Mapping[str, str] = self._settings["StageVariables"]
        return variables

    @property
    def arn(self) -> str:
        """The stage's part of the ARNs of what is called there; a route's key follows."""
        api = self.api
        return f"arn:aws:execute-api:{api.region}:{api.account_id}:{api.id}/{self.name}"

    def update(self, request: Mapping[str, Any]) -> None:
        """Apply what a request says of settings; what it does not name stays."""
        self._settings |= {name: value for name, value in request.items() if name in _SETTINGS}
        self._updated = datetime.now(UTC)

    def forget(self, setting: str, key: str | None = None) -> None:
        """Drop a setting, or one key of it, if it is there."""
        if key is None:
            self._settings.pop(setting, None)
        else:
            self._settings[setting] = {name: value for name, value in self._settings[setting].items() if name != key}
        self._updated = datetime.now(UTC)

    def shape(self) -> Shape:
        """As the API answers it."""
        shape = {
            "StageName": self.name,
            "CreatedDate": self._created,
            "LastUpdatedDate": self._updated,
            **self._settings,
        }
        return shape | ({"DeploymentId": self.deployment.id} if self.deployment else {})
