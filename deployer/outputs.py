"""What others need to know of a deployment. Only found, never made up."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from chalicelib.identity.addresses import reaches_somebody
from deployer import desired
from deployer.aws import Aws
from deployer.chalice_project import ChaliceProject
from deployer.own_domain import NAME, OwnDomain, own_domain
from deployer.place import Place
from deployer.problem import Problem
from deployer.project import Project
from deployer.resources.distribution import find_distribution
from deployer.resources.pages import etags_in
from deployer.resources.rest_api import find_rest_api
from deployer.resources.user_pool import need_user_pool
from deployer.resources.user_pool_client import need_client
from deployer.resources.websocket_api import find_websocket_api, stage_url

INDEX = "/index.html"


def find_outputs(project: Project, place: Place, aws: Aws) -> dict[str, Any]:
    """The deployment's addresses and ids.

    `endpointUrl` is None on AWS, where each service has an endpoint of its own; `homeUrl` is the one address to begin
    at; `local` is there on a laptop only, and says where letters and text messages can be read; `textMessages` says
    whether anybody gets those; `dnsRecord` is there for a domain of one's own, and must stand in its DNS; `extensions`
    tells of the projects beside the bar, by their folders' names; `with` names the folder that stood instead of parts
    of it, where one did.

    Raises:
        Problem: the deployment lacks one of them.
    """
    pool_id = need_user_pool(aws, desired.USER_POOL)
    api_id = find_rest_api(aws, project.app, desired.api_function_arn(project, place))
    if api_id is None:
        raise Problem(f"there is no REST API {project.app} of stage {project.stage}", "Run `up` first.")
    realtime_url = _realtime_url(project, aws)
    if realtime_url is None:
        raise Problem(f"there is no WebSocket API {project.websocket_api_name}", "Run `up` first.")
    extensions = {one.name: _extension(one, place, aws) for one in project.extensions}
    pages = etags_in(aws, desired.pages_bucket(place)).keys()
    domain = own_domain(project, place)
    base = domain.url if domain else place.bucket_url(desired.pages_bucket(place))
    return {
        "endpointUrl": place.endpoint,
        "region": place.region,
        "apiUrl": place.api_url(api_id, project.api_stage),
        "realtimeUrl": realtime_url,
        "userPoolId": pool_id,
        "userPoolClientId": need_client(aws, pool_id, desired.CLIENT),
        "eventBusName": project.setting("EVENT_BUS_NAME"),
        "orderProcessorArn": place.state_machine_arn(desired.WORKFLOW),
        "textMessages": reaches_somebody(project.setting("TEXT_MESSAGES_TO")),
        "frontends": _frontends(base, pages),
        **({"homeUrl": _home(place, domain)} if desired.HOME in pages else {}),
        **({"dnsRecord": _record(domain, place, aws)} if domain else {}),
        **({"local": _post(place.endpoint, place)} if place.endpoint else {}),
        **({"extensions": extensions} if extensions else {}),
        **({"with": project.overlay.name} if project.overlay.name else {}),
    }


def _extension(extension: ChaliceProject, place: Place, aws: Aws) -> dict[str, str]:
    """Where an extension is; one without routes has no address of an API, one without a WebSocket none of that."""
    api_id = find_rest_api(aws, extension.app, desired.api_function_arn(extension, place))
    realtime_url = _realtime_url(extension, aws)
    return {
        **({"apiUrl": place.api_url(api_id, extension.api_stage)} if api_id else {}),
        **({"realtimeUrl": realtime_url} if realtime_url else {}),
    }


def _realtime_url(project: ChaliceProject, aws: Aws) -> str | None:
    """Where a project's WebSocket is, if there is one."""
    found = find_websocket_api(aws, project.websocket_api_name)
    return stage_url(found, project.api_stage) if found else None


def _frontends(base: str, pages: Collection[str]) -> dict[str, str]:
    """The pages that are there, by their folders' names."""
    return {path.removesuffix(INDEX): f"{base}/{path}" for path in pages if path.endswith(INDEX)}


def _home(place: Place, domain: OwnDomain | None) -> str:
    """The first page: an emulator has it at its own address, since the bucket is a website there (docs/adr/0020)."""
    address = place.endpoint or (domain.url if domain else None)
    return f"{address}/" if address else f"{place.bucket_url(desired.pages_bucket(place))}/{desired.HOME}"


def _record(domain: OwnDomain, place: Place, aws: Aws) -> dict[str, str]:
    """What must stand in DNS, by hand: only whoever owns the domain can write it."""
    found = find_distribution(aws, NAME, place.bucket_host(desired.pages_bucket(place)))
    if found is None:
        raise Problem(f"there is no distribution for {domain.name}", "Run `up` first.")
    return {"name": domain.name, "type": "CNAME", "value": found["DomainName"]}


def _post(endpoint: str, place: Place) -> dict[str, str]:
    """Where LocalStack keeps what it was asked to send; text messages by account and region."""
    sent_from = urlencode({"region": place.region, "accountId": place.account})
    return {"lettersUrl": f"{endpoint}/_aws/ses", "textMessagesUrl": f"{endpoint}/_aws/sns/sms-messages?{sent_from}"}
