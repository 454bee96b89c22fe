"""What others need to know of a deployment. Only found, never made up."""

from typing import Any

from deployer import desired
from deployer.aws import Aws
from deployer.place import Place
from deployer.problem import Problem
from deployer.project import Project
from deployer.resources.pages import etags_in
from deployer.resources.rest_api import find_rest_api
from deployer.resources.user_pool import need_user_pool
from deployer.resources.user_pool_client import need_client
from deployer.resources.websocket_api import find_websocket_api, stage_url

INDEX = "/index.html"


def find_outputs(project: Project, place: Place, aws: Aws) -> dict[str, Any]:
    """The deployment's addresses and ids. `endpointUrl` is None on AWS, where each service has an endpoint of its own;
    `with` names the folder that stood instead of parts of it, where one did.

    Raises:
        Problem: the deployment lacks one of them.
    """
    pool_id = need_user_pool(aws, desired.USER_POOL)
    api_id = find_rest_api(aws, project.app, desired.api_function_arn(project, place))
    if api_id is None:
        raise Problem(f"there is no REST API {project.app} of stage {project.stage}", "Run `up` first.")
    websockets = find_websocket_api(aws, project.websocket_api_name)
    if websockets is None:
        raise Problem(f"there is no WebSocket API {project.websocket_api_name}", "Run `up` first.")
    return {
        "endpointUrl": place.endpoint,
        "region": place.region,
        "apiUrl": place.api_url(api_id, project.api_stage),
        "realtimeUrl": stage_url(websockets, project.api_stage),
        "userPoolId": pool_id,
        "userPoolClientId": need_client(aws, pool_id, desired.CLIENT),
        "eventBusName": project.setting("EVENT_BUS_NAME"),
        "orderProcessorArn": place.state_machine_arn(desired.WORKFLOW),
        "frontends": _frontends(place, aws),
        **({"with": project.overlay.name} if project.overlay.name else {}),
    }


def _frontends(place: Place, aws: Aws) -> dict[str, str]:
    """The pages that are there, by their folders' names."""
    bucket = desired.pages_bucket(place)
    pages = [path for path in etags_in(aws, bucket) if path.endswith(INDEX)]
    return {path.removesuffix(INDEX): f"{place.bucket_url(bucket)}/{path}" for path in pages}
