"""Whether somebody is a barista is asked of the bar on this machine, and of nobody between."""

import asyncio
from dataclasses import replace
from typing import cast

import pytest
from botocore.exceptions import EndpointConnectionError
from local_cloud.free_port import free_port

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
