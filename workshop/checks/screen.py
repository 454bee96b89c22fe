"""A browser of this machine's before the running bar, in which the learner's page is opened: by a barista, who is a
customer, too. It sees, and has things happen; it judges nothing.

What drives the browser is imported when one is asked for: a bundle does not bring it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import boto3

from chalicelib.events import Event
from chalicelib.shop.model import MenuItem
from deployer import content_security
from simulator.entrance import browser as a_browser
from simulator.entrance import entrance
from simulator.outputs import Outputs
from simulator.own_shop import MENU
from simulator.probe.lines import Lines
from simulator.probe.people import People, Person
from workshop.checks.stage import Stage
from workshop.finding import CannotBeTried
from workshop.microservice import STAMPS as STAMP_CARD
from workshop.own_page import NAME

if TYPE_CHECKING:
    from simulator.screens.chromium import Chromium
    from simulator.screens.overseen import Overseen

type Browse = Callable[[], AbstractContextManager["Chromium"]]

CHAI = "Chai"
MARKUP = f"<b>{CHAI}</b>"  # the name of a drink
_MENU = (*MENU, MenuItem(MARKUP, "espresso", available=True))
READY, STAMPS, FREE, DRINKS = "ready", "stamps", "free", "menu"  # ids in the page


@contextmanager
def browser_of_this_machine() -> Iterator["Chromium"]:
    """A browser, gone afterwards.

    Raises:
        CannotBeTried: there is none, or nothing to drive it with.
    """
    try:
        from simulator.screens.chromium import NoChromium, chromium  # noqa: PLC0415
    except ImportError:
        raise CannotBeTried(
            "nothing is installed here that could open your page in a browser",
            "Playwright for Python",
            attempt="with a network: make shell, then env -u UV_OFFLINE -u UV_NO_INDEX uv pip install playwright; "
            "until then look at the page yourself",
        ) from None
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(chromium())
        except NoChromium as missing:
            raise CannotBeTried(
                "this machine has no browser in which your page could be opened",
                "Chromium, Chrome or Edge",
                attempt=f"{missing}; until then look at the page yourself",
            ) from None
        yield browser


@dataclass
class Screen:
    """The browser, and the shop whose page the learner's is."""

    outputs: Outputs
    stage: Stage
    people: People
    browser: "Chromium"
    _opened: "list[Overseen]" = field(default_factory=list)

    @cached_property
    def barista(self) -> Person:
        """Signed in on the barista page."""
        return self.people.barista()

    @cached_property
    def customer(self) -> Person:
        """Signed in on the order page; has had no drink before."""
        return self.people.customer()

    @cached_property
    def shop(self) -> str:
        """The shop that the page is opened for; another drink is sold out there."""
        return self.stage.shop(menu=_MENU)

    @property
    def page(self) -> "Overseen":
        """The learner's page, opened when it is looked at first."""
        if not self._opened:
            self.open_anew()
        return self._opened[-1]

    @property
    def address(self) -> str:
        """Where the learner's page is."""
        return self.outputs.frontends.get(NAME, "")

    def open_anew(self) -> None:
        """Open the page as if for the first time; the one that was open is closed."""
        from simulator.screens.overseen import Overseen  # noqa: PLC0415
        from simulator.screens.signed_in import signed_in_on  # noqa: PLC0415

        self.close()
        people = {"barista": self.barista, "order": self.customer}
        sessions = {page: (person.address, person.tokens) for page, person in people.items()}
        address = f"{self.address}?{urlencode({'eventId': self.shop})}"
        policy = content_security.policy(self._talks_to())
        self._opened.append(Overseen.open(self.browser, address, signed_in_on(sessions, address), policy))

    def stamps(self) -> int | None:
        """What the stamp card's own route says of the customer's; None where it does not."""
        url = f"{self.outputs.extensions[STAMP_CARD.folder]['apiUrl']}{STAMP_CARD.route}"
        answer = self.customer.http.get(url, headers={"Authorization": f"Bearer {self.customer.token}"})
        return answer.json().get("stamps") if answer.is_success else None

    def connections(self) -> set[str]:
        """The ids of the connections to the shop that are open."""
        return {line["connectionId"] for line in self._lines.open_at(self.shop)}

    def cut_off(self) -> None:
        """Close all connections to the shop from the bar's side, as API Gateway does after two hours."""
        for line in self._lines.open_at(self.shop):
            self._lines.close(line)

    def tell(self, event: Event) -> None:
        """Put an event on the bar's bus."""
        self.stage.orders.put(event.detail_type, event.detail)

    def close(self) -> None:
        """Close the page, if it is open."""
        while self._opened:
            self._opened.pop().close()

    @cached_property
    def _lines(self) -> Lines:
        return Lines(boto3.Session("test", "test", region_name=self.outputs.region), self.outputs)

    def _talks_to(self) -> set[str]:
        addresses = (self.outputs.api_url, self.outputs.realtime_url)
        return {f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, addresses)}


@contextmanager
def screen_before(outputs: Outputs, stage: Stage, client: Callable[[str], Any], browse: Browse) -> Iterator[Screen]:
    """A browser before a running bar; its pages are closed afterwards.

    Args:
        outputs: where the bar is.
        stage: where its shops are opened.
        client: gives a client of a service of AWS's there.
        browse: gives the browser.

    Raises:
        CannotBeTried: there is none.
    """
    with browse() as browser, a_browser() as http:
        screen = Screen(outputs, stage, People(entrance(http, outputs), client("cognito-idp")), browser)
        try:
            yield screen
        finally:
            screen.close()
