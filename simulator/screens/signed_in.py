"""What a browser keeps for a page whose visitor is signed in: as the pages write it (frontend/src/shared/auth)."""

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from playwright.sync_api import StorageState

from simulator.sign_in import Tokens


def signed_in(page: str, address: str, tokens: Tokens, url: str) -> StorageState:
    """Cookies and storage of somebody who is signed in.

    Args:
        page: the page's folder, such as `barista`.
        address: the e-mail address that was signed in with.
        tokens: what came of it.
        url: any address of the pages.
    """
    return signed_in_on({page: (address, tokens)}, url)


def signed_in_on(sessions: Mapping[str, tuple[str, Tokens]], url: str) -> StorageState:
    """The same where somebody is signed in on several pages.

    Args:
        sessions: for each page's folder, the e-mail address and what came of it.
        url: any address of the pages.
    """
    parts = urlsplit(url)
    stored = (
        (f"serverlesspresso.{page}.session", _session(address, tokens)) for page, (address, tokens) in sessions.items()
    )
    return {
        "origins": [
            {
                "origin": f"{parts.scheme}://{parts.netloc}",
                "localStorage": [{"name": name, "value": value} for name, value in stored],
            }
        ]
    }


def _session(address: str, tokens: Tokens) -> str:
    return json.dumps({"address": address, "accessToken": tokens.access, "refreshToken": tokens.refresh})
