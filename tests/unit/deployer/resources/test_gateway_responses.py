"""Gateway responses count only once they are published, and a publication that was missed is made up for."""

from typing import Any

import pytest

from deployer.planner import Verb, plan
from deployer.resources import gateway_responses
from deployer.resources.gateway_responses import PUBLISHED, Answer, GatewayResponses, GatewayResponsesAdapter
from deployer.resources.resource import Found
from tests.unit.deployer.samples import offline_aws, quiet, script

HEADERS = {"Access-Control-Allow-Origin": "*"}
ANSWERS = {"UNAUTHORIZED": Answer("401", HEADERS, "{}"), "DEFAULT_4XX": Answer(None, HEADERS, "{}")}
WANTED = GatewayResponses("bar", "arn", "api", ANSWERS)
PARAMETERS = {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"}
TEMPLATES = {"application/json": "{}"}


@pytest.fixture(autouse=True)
def one_api(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway_responses, "find_rest_api", lambda *_: "api1")


def item(name: str, status: str | None, **changes: Any) -> dict[str, Any]:
    answer = {"responseType": name, "responseParameters": PARAMETERS, "responseTemplates": TEMPLATES}
    return {**answer, **({"statusCode": status} if status else {}), **changes}


def verb(items: list[dict[str, Any]], published: str) -> tuple[Verb, frozenset[str]]:
    aws = offline_aws()
    with script(aws.apigateway) as gateway:
        gateway.add_response("get_gateway_responses", {"items": items})
        gateway.add_response("get_stage", {"deploymentId": "d1"}, {"restApiId": "api1", "stageName": "api"})
        gateway.add_response("get_deployment", {"description": published})
        (step,) = plan([Found(WANTED, GatewayResponsesAdapter(aws, quiet).read(WANTED))])
    return step.verb, step.differing


def test_published_answers_are_left_alone() -> None:
    items = [item("UNAUTHORIZED", "401"), item("DEFAULT_4XX", None), item("THROTTLED", "429")]
    assert verb(items, WANTED.label) == (Verb.LEAVE, frozenset())


def test_answers_that_were_put_but_not_published_are_published() -> None:
    assert verb([item("UNAUTHORIZED", "401"), item("DEFAULT_4XX", None)], "") == (Verb.UPDATE, frozenset({PUBLISHED}))


def test_chalices_own_deployment_of_the_stage_is_noticed() -> None:
    defaults = [item("UNAUTHORIZED", "401", responseParameters={}), item("DEFAULT_4XX", None)]
    assert verb(defaults, "something else") == (Verb.UPDATE, frozenset({"UNAUTHORIZED", PUBLISHED}))


def test_only_what_differs_is_put_and_the_publication_comes_last() -> None:
    aws = offline_aws()
    with script(aws.apigateway) as gateway:
        put = {"restApiId": "api1", "responseType": "UNAUTHORIZED", "statusCode": "401"}
        filled = {"responseParameters": PARAMETERS, "responseTemplates": TEMPLATES}
        gateway.add_response("put_gateway_response", {}, {**put, **filled})
        publication = {"restApiId": "api1", "stageName": "api", "description": WANTED.label}
        gateway.add_response("create_deployment", {}, publication)
        GatewayResponsesAdapter(aws, quiet).update(WANTED, frozenset({"UNAUTHORIZED", PUBLISHED}))
        gateway.assert_no_pending_responses()
