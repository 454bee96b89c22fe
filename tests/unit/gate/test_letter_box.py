"""Whoever is in a group gets no letters through the gate; the bar on this machine is asked, and nobody between."""

import asyncio
from dataclasses import replace
from typing import cast

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber
from local_cloud.free_port import free_port

from gate.network import letter_box
from gate.network.letter_box import LetterBox
from gate.network.upstream import Upstream
from gate.rules.refusal import Refused
from tests.support.rooms import BAR


def test_the_networks_proxy_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Universities have one, and it knows nothing of a laptop's own addresses."""
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    nobody = replace(BAR, endpoint=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Refused) as refusal:
        asyncio.run(LetterBox(cast("Upstream", None)).letters(nobody, ["ana@example.com"]))
    assert type(refusal.value.__cause__) is EndpointConnectionError


@pytest.fixture
def cognito(monkeypatch: pytest.MonkeyPatch) -> Stubber:
    """Cognito, which gives prepared answers."""
    client = boto3.Session("test", "test", region_name="us-east-1").client("cognito-idp")
    monkeypatch.setattr(letter_box, "_cognito", lambda *_: client)
    stubber = Stubber(client)
    stubber.activate()
    return stubber


@pytest.mark.parametrize(("groups", "wanted"), [([], False), ([{"GroupName": "admin"}], True)])
def test_who_is_in_a_group_is_cognitos_to_say(cognito: Stubber, groups: list[dict[str, str]], wanted: bool) -> None:
    cognito.add_response("admin_list_groups_for_user", {"Groups": groups})
    assert letter_box._has_group(BAR, "somebody@example.com") is wanted


def test_who_was_deleted_gets_no_letters_and_keeps_nobody_from_theirs(cognito: Stubber) -> None:
    cognito.add_client_error("admin_list_groups_for_user", "UserNotFoundException")
    assert letter_box._has_group(BAR, "gone@example.com") is True


def test_where_cognito_does_not_say_nobody_gets_letters(cognito: Stubber) -> None:
    cognito.add_client_error("admin_list_groups_for_user", "InternalErrorException", http_status_code=500)
    with pytest.raises(Refused):
        letter_box._has_group(BAR, "somebody@example.com")
