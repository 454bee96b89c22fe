"""What the learner's page does in a browser, before the running bar (module 4)."""

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from chalicelib.events import ConfigChanged, MakeOrder, OrderCompleted
from workshop.attempt import Attempt
from workshop.checks.drinks import new_id
from workshop.checks.first_half import is_deployed
from workshop.checks.page_complaints import goes_wrong, nothing_is_wrong
from workshop.checks.page_files import is_a_page, makes_no_markup, names_no_machine
from workshop.checks.screen import CHAI, DRINKS, FREE, MARKUP, READY, STAMPS, Screen
from workshop.checks.stage import PATIENCE_S
from workshop.finding import CannotBeTried, Check, DoesNotHold
from workshop.microservice import STAMPS as STAMP_CARD
from workshop.own_page import FOLDER, NAME, SCRIPT

_SCRIPT = f"{FOLDER}/{SCRIPT}"
_A_MENU, _LISTENS, _A_CARD = "function showMenu(", "function listen(", "function showStamps("
_SOLD_OUT, _TO_HAVE = "Mocha", ("Flat White", "Espresso")
_READY, _BEGUN, _ELSEWHERE, _BACK = 41, 42, 43, 44  # numbers of orders
_SEEN_WITHIN_S = 2  # of being told
_SOCKET = "open one: new WebSocket(`${bar.realtimeUrl}?${query}`), and in its query token and eventId"
_CARD_IS = "the card of whoever is signed in on the order page"


def opens(attempt: Attempt) -> str:
    """It opens without an error, and asks nobody but the bar; gives its address."""
    address = attempt.bar.outputs.frontends.get(NAME, "")
    if not address:
        seen = "the bar's pages were not built, so that yours lies beside none"
        raise CannotBeTried(seen, "they are there", attempt="make local builds them")
    try:
        nothing_is_wrong(attempt)
    except CannotBeTried as missing:
        raise CannotBeTried(missing.seen, missing.expected, attempt=f"{missing.attempt}: {address}") from None
    return address


def shows_the_menu(attempt: Attempt) -> None:
    """The drinks that can be had are in its list, and the one that is sold out is not."""
    page, where = attempt.screen.page, [attempt.place_of(_SCRIPT, _A_MENU)]
    for address in _asked(attempt, "/config?", "for the menu of its shop", _A_MENU):
        _check_shop(attempt, address, where)
    _wait(attempt, lambda: _has_all(page.text(DRINKS)), _SEEN_WITHIN_S)
    nothing_is_wrong(attempt)
    text = page.text(DRINKS) or ""
    missing = next((drink for drink in _TO_HAVE if drink not in text), None)
    if missing or _SOLD_OUT in text:
        seen = f"“{missing}” can be had, and is not on the page" if missing else _IS_SOLD_OUT
        expected = f"in the element with the id “{DRINKS}”: each drink that is available"
        raise DoesNotHold(seen, expected, where, "leave out what is not available, and nothing else")


_IS_SOLD_OUT = f"“{_SOLD_OUT}” is sold out, and on the page all the same"


def _has_all(text: str | None) -> bool:
    return all(drink in (text or "") for drink in _TO_HAVE)


def takes_names_for_text(attempt: Attempt) -> None:
    """A drink whose name looks like HTML is shown as it is called."""
    page = attempt.screen.page
    is_bold = page.count(f'#{DRINKS} b:text-is("{CHAI}")')
    if is_bold or MARKUP not in (page.text(DRINKS) or ""):
        how = "was shown bold: whoever writes the menu writes your page" if is_bold else "is not there as it is called"
        raise DoesNotHold(
            f"a drink that is called {MARKUP} {how}",
            "what others wrote is a text, whatever it looks like",
            [attempt.place_of(_SCRIPT, _A_MENU)],
            "use textContent",
        )


def listens(attempt: Attempt) -> None:
    """It holds a WebSocket open, as a barista of the page's own shop."""
    screen = attempt.screen
    page = screen.page
    where = [attempt.place_of(_SCRIPT, _LISTENS)]
    if not _wait(attempt, lambda: page.sockets):
        nothing_is_wrong(attempt)
        raise DoesNotHold("the page opens no WebSocket", "one, to realtimeUrl", where, _SOCKET)
    for address in page.sockets:
        _check_token(attempt, address)
        _check_shop(attempt, address, where)
    if not _wait(attempt, screen.connections):
        seen = "the page asked for a WebSocket, and the bar does not hold one open"
        raise DoesNotHold(seen, "one that stays", where, "the token is the accessToken of the barista's session")
    nothing_is_wrong(attempt)


def _check_token(attempt: Attempt, address: str) -> None:
    where, token = [attempt.place_of(_SCRIPT, "new WebSocket")], _in(address, "token")
    if not token:
        seen = "the bar refused the WebSocket (401): nothing in its address says who listens"
        advice = "add ?token= with the access token: from a browser, a WebSocket cannot carry an Authorization header"
        raise DoesNotHold(seen, "a token", where, advice)
    if token == attempt.screen.customer.token:
        seen = "the page listens as a customer, who hears of nobody's orders but their own"
        raise DoesNotHold(seen, "as a barista", where, "take the token of the session of “barista”")


def _check_shop(attempt: Attempt, address: str, where: list[str]) -> None:
    shop = _in(address, "eventId") or "no shop"
    if shop != attempt.screen.shop:
        seen = f"the page was opened for another shop, and asks the bar for {shop}"
        advice = "a page is about the shop of its own address: index.html?eventId=..., and ABC where it names none"
        raise DoesNotHold(seen, "its own shop, and no other", where, advice)


def _in(address: str, parameter: str) -> str:
    """What an address has for a parameter; empty where it has none."""
    return parse_qs(urlsplit(address).query).get(parameter, [""])[0]


def calls_out(attempt: Attempt) -> None:
    """The number of an order that is completed is shown without a reload."""
    _complete(attempt.screen, _READY)
    _is_called_out(attempt, _READY, f"order {_READY} was completed")


def leaves_the_rest_alone(attempt: Attempt) -> None:
    """What else happens in the shop, and what happens in another, leaves the number as it is."""
    screen, before = attempt.screen, attempt.screen.page.text(READY)
    screen.tell(OrderCompleted(screen.stage.shop(), new_id("order"), new_id("ana"), "COMPLETED", _ELSEWHERE))
    screen.tell(MakeOrder(screen.shop, new_id("order"), new_id("ana"), new_id("barista"), _BEGUN))
    screen.tell(ConfigChanged(screen.shop, storeOpen=True, changed=["menu"]))
    for kind, number in ((MakeOrder, _BEGUN), (ConfigChanged, None)):
        _is_told(attempt, kind.detail_type, number)
    called = screen.page.text(READY)
    if called != before:
        raise DoesNotHold(
            f"order {_BEGUN} was begun and the menu changed, and the page calls out “{called or ''}”",
            f"the number of the drink that is ready, which is still {_READY}",
            [attempt.place_of(_SCRIPT, "'message'")],
            f"look at the type of what comes: {OrderCompleted.detail_type} alone is about a drink that is ready",
        )


def comes_back(attempt: Attempt) -> None:
    """After the connection broke, the next order is called out, too."""
    screen = attempt.screen
    before, shown = screen.connections(), screen.page.text(READY)
    screen.cut_off()
    _wait(attempt, lambda: screen.connections() - before)
    nothing_is_wrong(attempt)
    is_back = screen.connections() - before
    _complete(screen, _BACK)
    if not is_back:
        raise DoesNotHold(
            f"after the connection broke, order {_BACK} was called out, and the page still says “{shown}”",
            "it listens again by itself: every connection ends, after two hours at the latest",
            [attempt.place_of(_SCRIPT, _LISTENS)],
            "where a WebSocket closes, call listen again, a moment later",
        )
    _is_called_out(attempt, _BACK, f"the connection broke and came back, order {_BACK} was completed")


def shows_the_own_card(attempt: Attempt) -> None:
    """The stamps on the page are those of the customer who looks at it."""
    screen = attempt.screen
    if "apiUrl" not in screen.outputs.extensions.get(STAMP_CARD.folder, {}):
        seen = f"your stamp card, {attempt.folder.name}/{STAMP_CARD.folder}, is not there"
        raise CannotBeTried(seen, "what module 3 built", attempt="make workshop MODULE=4 puts it there")
    _says_of_the_card(attempt, 0, "a customer without a drink has a card without a stamp", "0 is a number to be shown")
    for _ in range(2):
        screen.tell(OrderCompleted(screen.shop, new_id("order"), screen.customer.user_id, "COMPLETED", _BACK))
    if not screen.stage.wait(lambda: screen.stamps() == 2):
        seen = "your stamp card does not count two drinks, so that there is nothing to be shown"
        raise CannotBeTried(seen, "two stamps", attempt="make check MODULE=3 says what it lacks")
    screen.open_anew()
    _says_of_the_card(attempt, 2, f"{_CARD_IS} has 2 stamps", "take the token of the session of “order”")


def _says_of_the_card(attempt: Attempt, stamps: int, so: str, advice: str) -> None:
    page = attempt.screen.page
    _asked(attempt, "/stamps", "for the card of whoever looks at it", _A_CARD)
    _wait(attempt, lambda: (page.text(STAMPS), page.text(FREE)) == (str(stamps), "0"), _SEEN_WITHIN_S)
    nothing_is_wrong(attempt)
    told = {name: page.text(name) or "" for name in (STAMPS, FREE)}
    if told != {STAMPS: str(stamps), FREE: "0"}:
        seen = f"{so}, and the page says “{told[STAMPS]}”, and “{told[FREE]}” of free drinks"
        where = [attempt.place_of(_SCRIPT, _A_CARD)]
        raise DoesNotHold(seen, f"{stamps} in “{STAMPS}”, 0 in “{FREE}”", where, advice)


def _asked(attempt: Attempt, what: str, in_words: str, function: str) -> list[str]:
    """The addresses with this in them that the bar answered to the page.

    Raises:
        DoesNotHold: there is none.
    """
    page = attempt.screen.page
    if not _wait(attempt, lambda: any(what in one for one in page.answered)):
        nothing_is_wrong(attempt)
        where = [attempt.place_of(_SCRIPT, function)]
        raise DoesNotHold(f"the page does not ask {in_words}", f"a request to {what.rstrip('?')}", where, _READ)
    return [one for one in page.answered if what in one]


_READ = "read(address, token) asks, and gives what the bar answers: wait for that"


def _complete(screen: Screen, number: int) -> None:
    """The bar tells of an order in the page's shop that is completed."""
    screen.tell(OrderCompleted(screen.shop, new_id("order"), new_id("ana"), "COMPLETED", number))


def _is_called_out(attempt: Attempt, number: int, so: str) -> None:
    page = attempt.screen.page
    _is_told(attempt, OrderCompleted.detail_type, number)
    is_shown = _wait(attempt, lambda: _says(page.text(READY), number), _SEEN_WITHIN_S)
    nothing_is_wrong(attempt)
    if not is_shown:
        raise DoesNotHold(
            f"{so}, the page was told, and {_SEEN_WITHIN_S} seconds later it says “{page.text(READY) or ''}”",
            f"{number} in the element with the id “{READY}”",
            [attempt.place_of(_SCRIPT, _LISTENS)],
            "what comes is JSON, {type, detail}: write detail.orderNumber where the type is that of a completed order",
        )


def _is_told(attempt: Attempt, kind: str, number: int | None) -> None:
    """See that the bar has told the page, whatever that made of it."""
    page = attempt.screen.page
    if not _wait(attempt, lambda: any(_is_about(one, kind, number) for one in page.heard)):
        seen = f"the bar did not tell the page of {kind}"
        raise CannotBeTried(seen, "it does", attempt="make check MODULE=2: is the rule there that leads to publish?")


def _is_about(text: str, kind: str, number: int | None) -> bool:
    message = json.loads(text)
    return bool(message["type"] == kind and message["detail"].get("orderNumber") == number)


def _says(text: str | None, number: int) -> bool:
    return bool(re.search(rf"\b{number}\b", text or ""))


def _wait(attempt: Attempt, look: Callable[[], object], within_s: float = PATIENCE_S) -> bool:
    """Wait until it is so, or something went wrong in the page; gives whether it is."""
    page = attempt.screen.page
    attempt.screen.stage.wait(lambda: look() or goes_wrong(page), within_s)
    return bool(look())


STEPS = {
    "4-1": (
        Check("pages/mine is a page", is_a_page),
        Check("it names no machine, and reads where the bar is", names_no_machine),
        Check("it puts nobody's text in as HTML", makes_no_markup),
        Check("the running bar takes it", is_deployed),
        Check("it opens", opens),
        Check("it shows the drinks that can be had", shows_the_menu),
        Check("it takes a drink's name for a text", takes_names_for_text),
    ),
    "4-2": (
        Check("it listens to its shop", listens),
        Check("it calls out the drink that is ready", calls_out),
        Check("what else happens leaves the number alone", leaves_the_rest_alone),
    ),
    "4-3": (Check("it comes back when the connection broke", comes_back),),
    "4-4": (Check("it shows the customer's own card", shows_the_own_card),),
}
