"""Pages that come with a Content-Security-Policy, as they do at a domain of one's own, where CloudFront adds it."""

import re
from contextlib import suppress

from playwright.sync_api import BrowserContext, Error, Route


def hold_to(context: BrowserContext, pages: re.Pattern[str], policy: str) -> None:
    """Have the pages at these addresses come with a policy.

    Args:
        context: in which they are opened.
        pages: their addresses, and no other requests': those would wait while nobody looks at the windows.
        policy: its text.
    """

    def secured(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    context.route(pages, secured)
    with suppress(Error):  # an older Chromium knows no such permission, and asks for none
        # A page that is answered here comes from no address: to Chromium it is the world's, and this machine is not.
        context.grant_permissions(["local-network-access"])
