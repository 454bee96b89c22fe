"""What a browser keeps for a page whose visitor is signed in: as the pages write it (frontend/src/shared/auth)."""

import json
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
    session = {"address": address, "accessToken": tokens.access, "refreshToken": tokens.refresh}
    parts = urlsplit(url)
    return {
        "origins": [
            {
                "origin": f"{parts.scheme}://{parts.netloc}",
                "localStorage": [{"name": f"serverlesspresso.{page}.session", "value": json.dumps(session)}],
            }
        ]
    }
