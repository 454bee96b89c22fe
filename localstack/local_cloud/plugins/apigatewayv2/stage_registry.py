"""Which deployments and stages there are. Only keeps them, for use by any thread: must not know connections.

The refusals' messages are AWS's own.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from local_cloud.plugins.apigatewayv2.errors import BadRequestError, ConflictError, NotFoundError
from local_cloud.plugins.apigatewayv2.routing import Routing
from local_cloud.plugins.apigatewayv2.stages import ApiIdentity, Deployment, Stage


@dataclass
class _Api:
    deployments: dict[str, Deployment] = field(default_factory=dict)
    stages: dict[str, Stage] = field(default_factory=dict)


class StageRegistry:
    """The deployments and stages of all APIs, whose ids are unique. For use by any thread."""

    def __init__(self, apis: MutableMapping[str, _Api]) -> None:
        """`apis` is what is kept, by the API's id: empty at first, or what an earlier process kept."""
        self._apis = apis
        self._lock = RLock()

    def deploy(self, api: ApiIdentity, routing: Routing, description: str | None, stage: str | None) -> Deployment:
        """Keep a snapshot, and put it on the stage of that name, if one is given.

        Raises:
            BadRequestError: the stage cannot take it.
            NotFoundError: there is no such stage.
        """
        if not routing.routes:
            raise BadRequestError("Unable to deploy API because no routes exist in this API")
        with self._lock:
            if stage:
                self.stage(api.id, stage)
            deployment = Deployment(routing, description)
            self._to_change(api.id).deployments[deployment.id] = deployment
            if stage:
                self.update_stage(api.id, stage, {"DeploymentId": deployment.id})
        return deployment

    def deployments(self, api_id: str) -> list[Deployment]:
        """All snapshots of an API."""
        with self._lock:
            return list(self._of(api_id).deployments.values())

    def deployment(self, api_id: str, deployment_id: str) -> Deployment:
        """One snapshot.

        Raises:
            NotFoundError: the API has none of that id.
        """
        with self._lock:
            if found := self._of(api_id).deployments.get(deployment_id):
                return found
        raise NotFoundError("Invalid deployment identifier specified")

    def delete_deployment(self, api_id: str, deployment_id: str) -> None:
        """Forget a snapshot.

        Raises:
            NotFoundError: the API has none of that id.
            BadRequestError: a stage shows it.
        """
        with self._lock:
            deployment = self.deployment(api_id, deployment_id)
            if any(stage.deployment is deployment for stage in self.stages(api_id)):
                raise BadRequestError("Active stages pointing to this deployment must be moved or deleted")
            del self._of(api_id).deployments[deployment_id]

    def create_stage(self, api: ApiIdentity, name: str, request: Mapping[str, Any]) -> Stage:
        """Make a stage as the request says.

        Raises:
            ConflictError: the API has one of that name.
            NotFoundError: the deployment is unknown.
        """
        with self._lock:
            if name in self._of(api.id).stages:
                raise ConflictError("Stage already exists")
            stage = Stage(api, name, request, self._named_deployment(api.id, request))
            self._to_change(api.id).stages[name] = stage
        return stage

    def update_stage(self, api_id: str, name: str, request: Mapping[str, Any]) -> Stage:
        """Change a stage's deployment or settings.

        Raises:
            NotFoundError: the stage or the deployment is unknown; then nothing is changed.
        """
        with self._lock:
            stage = self.stage(api_id, name)
            stage.deployment = self._named_deployment(api_id, request) or stage.deployment
            stage.update(request)
        return stage

    def stages(self, api_id: str) -> list[Stage]:
        """All stages of an API."""
        with self._lock:
            return list(self._of(api_id).stages.values())

    def stage(self, api_id: str, name: str) -> Stage:
        """One stage.

        Raises:
            NotFoundError: the API has none of that name.
        """
        with self._lock:
            if found := self._of(api_id).stages.get(name):
                return found
        raise NotFoundError("Invalid stage identifier specified")

    def delete_stage(self, api_id: str, name: str) -> None:
        """Forget a stage.

        Raises:
            NotFoundError: the API has none of that name.
        """
        with self._lock:
            self.stage(api_id, name)
            del self._of(api_id).stages[name]

    def delete_api(self, api_id: str) -> None:
        """Forget all of an API, if anything is known of it."""
        with self._lock:
            self._apis.pop(api_id, None)

    def live(self, api_id: str, name: str) -> Stage | None:
        """The stage that clients may connect to, if there is one: that of a WebSocket API, and deployed."""
        with self._lock:
            stage = self._of(api_id).stages.get(name)
        return stage if stage and stage.deployment and stage.api.protocol == "WEBSOCKET" else None

    def _of(self, api_id: str) -> _Api:
        return self._apis.get(api_id) or _Api()

    def _to_change(self, api_id: str) -> _Api:
        return self._apis.setdefault(api_id, _Api())

    def _named_deployment(self, api_id: str, request: Mapping[str, Any]) -> Deployment | None:
        deployment_id = request.get("DeploymentId")
        return self.deployment(api_id, deployment_id) if deployment_id else None
