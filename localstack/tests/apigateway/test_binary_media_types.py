"""Bytes go through an API as they are where its binary media types say so, and as base64 where they do not."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.apigateway.conftest import ProxyApi

BYTES = bytes(range(256))
ENCODED = b64encode(BYTES).decode()
RESPONSE = {"statusCode": 200, "body": ENCODED, "isBase64Encoded": True}
ORIGIN = "https://site.example"
# With a status in it alone, MOCK answers.
MOCK = {"type": "MOCK", "requestTemplates": {"application/json": '{"statusCode": 200}'}}


@pytest.fixture(scope="module")
def any_type(make_proxy_api: Callable[..., ProxyApi]) -> ProxyApi:
    return make_proxy_api(binaryMediaTypes=["*/*"])


@pytest.fixture(scope="module")
def images(make_proxy_api: Callable[..., ProxyApi]) -> ProxyApi:
    return make_proxy_api(binaryMediaTypes=["image/*"])


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/json"}, {"Content-Type": "image/png"}])
def test_with_every_type_binary_a_function_gets_base64(any_type: ProxyApi, headers: dict[str, str]) -> None:
    told = any_type.call(b"{}", headers).told
    assert (b64decode(told["body"]), told["isBase64Encoded"]) == (b"{}", True)


@pytest.mark.parametrize("accept", [{}, {"Accept": "*/*"}, {"Accept": "application/json"}, {"Accept": "image/png"}])
def test_with_every_type_binary_a_functions_base64_is_decoded(any_type: ProxyApi, accept: dict[str, str]) -> None:
    assert any_type.answer(RESPONSE, **accept).body == BYTES


def test_what_a_function_does_not_say_to_be_base64_is_not_decoded(any_type: ProxyApi) -> None:
    assert any_type.answer({"statusCode": 200, "body": ENCODED}, Accept="*/*").body.decode() == ENCODED


@pytest.mark.parametrize("accept", ["image/png", "image/webp, */*;q=0.5", "IMAGE/PNG"])
def test_base64_is_decoded_where_the_first_type_of_accept_is_binary(images: ProxyApi, accept: str) -> None:
    assert images.answer(RESPONSE, Accept=accept).body == BYTES


@pytest.mark.parametrize("accept", [{}, {"Accept": "*/*"}, {"Accept": "text/html, image/png"}])
def test_base64_stays_what_it_is_where_it_is_not(images: ProxyApi, accept: dict[str, str]) -> None:
    assert images.answer(RESPONSE, **accept).body.decode() == ENCODED


def test_only_a_body_of_a_binary_type_comes_in_base64(images: ProxyApi) -> None:
    assert images.call(BYTES, {"Content-Type": "image/png"}).told["body"] == ENCODED
    assert images.call(b"a\xff", {"Content-Type": "text/plain"}).told["body"] == "a\ufffd"
    assert images.call(b"text", {"Content-Type": "image/png"}).told["isBase64Encoded"]


def test_the_types_can_be_changed_one_by_one(make_proxy_api: Callable[..., ProxyApi]) -> None:
    api = make_proxy_api(binaryMediaTypes=["image/png"])
    api.update(op="add", path="/binaryMediaTypes/audio~1*")
    api.update(op="replace", path="/binaryMediaTypes/image~1png", value="image/webp")
    api.deploy()
    decoded = [accept for accept in ("audio/ogg", "image/webp", "image/png") if _decodes(api, accept)]
    assert decoded == ["audio/ogg", "image/webp"]
    api.update(op="remove", path="/binaryMediaTypes/audio~1*")
    api.deploy()
    assert not _decodes(api, "audio/ogg")


def test_the_types_can_be_imported(make_proxy_api: Callable[..., ProxyApi]) -> None:
    api = make_proxy_api()
    document = {
        "swagger": "2.0",
        "info": {"title": "imported", "version": "1"},
        "x-amazon-apigateway-binary-media-types": ["*/*"],
        "paths": {"/": {"x-amazon-apigateway-any-method": {"x-amazon-apigateway-integration": _proxy_to(api)}}},
    }
    api.gateway.put_rest_api(restApiId=api.id, mode="overwrite", body=json.dumps(document))
    api.deploy()
    assert _decodes(api, "text/html")


def _proxy_to(api: ProxyApi) -> dict[str, str]:
    return {"type": "aws_proxy", "httpMethod": "POST", "uri": api.function_uri}


def _decodes(api: ProxyApi, accept: str) -> bool:
    return api.answer(RESPONSE, Accept=accept).body == BYTES


@pytest.mark.parametrize("handling", [{}, {"contentHandling": "CONVERT_TO_TEXT"}], ids=["none", "text"])
@pytest.mark.parametrize("templates", [{}, {"application/json": '{"stage": "$context.stage"}'}], ids=["none", "json"])
def test_with_every_type_binary_a_preflight_is_answered(
    make_proxy_api: Callable[..., ProxyApi], handling: dict[str, str], templates: dict[str, str]
) -> None:
    api = make_proxy_api(binaryMediaTypes=["*/*"])
    api.add_method("OPTIONS", {"responseTemplates": templates}, **MOCK, **handling)
    api.deploy()
    answer = api.call(method="OPTIONS", headers={"Accept": "*/*", "Origin": ORIGIN})
    assert (answer.status, answer.body) == (200, b'{"stage": "local"}' if templates else b"")


def test_with_every_type_binary_the_gateways_own_errors_are_text(make_proxy_api: Callable[..., ProxyApi]) -> None:
    api = make_proxy_api(binaryMediaTypes=["*/*"])
    api.respond_with("DEFAULT_4XX", Access_Control_Allow_Origin=ORIGIN)
    refused = api.call(query="nowhere", headers={"Accept": "*/*"})
    assert refused.headers["access-control-allow-origin"] == ORIGIN
    assert "message" in refused.told


def test_an_integration_may_ask_for_text_where_every_type_is_binary(make_proxy_api: Callable[..., ProxyApi]) -> None:
    api = make_proxy_api(binaryMediaTypes=["*/*"])
    api.add_method(
        "PUT",
        {"contentHandling": "CONVERT_TO_TEXT"},
        type="AWS",
        integrationHttpMethod="POST",
        uri=api.function_uri,
        contentHandling="CONVERT_TO_TEXT",
        requestTemplates={"text/plain": '{"body": "$input.body", "isBase64Encoded": true, "headers": {}}'},
    )
    api.deploy()
    answer = api.call(b"text", {"Content-Type": "text/plain"}, "PUT")
    told = json.loads(json.loads(b64decode(answer.body))["body"])
    assert b64decode(told["body"]) == b"text"
