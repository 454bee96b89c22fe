"""The bar's HTTP API as one person uses it. Knows its routes and shapes, decides nothing."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypedDict, cast
from urllib.parse import quote

import httpx


class Refused(Exception):
    """The API answered 4xx or 5xx.

    Args:
        status: the HTTP status.
        code: the stable name of the refusal, such as `NoTokensRemaining`.
        message: what is wrong, in the API's words.
        retry_after: seconds after which to try again, if the API says so.
    """

    def __init__(self, status: int, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after


class Drink(TypedDict):
    """A drink as an order holds it."""

    drink: str
    modifiers: list[str]
    icon: str


class Order(TypedDict):
    """An order; times are ms since 1970."""

    orderId: str
    eventId: str
    userId: str
    orderState: str
    drinkOrder: Drink | None
    orderNumber: int | None
    baristaUserId: str | None
    reason: str | None
    createdTs: int
    updatedTs: int


class Page(TypedDict):
    """Some orders, and the token for those that follow."""

    orders: list[Order]
    nextToken: str | None


class Bucket(TypedDict):
    """A QR code; times are ms since 1970."""

    eventId: str
    code: str
    availableTokens: int
    startTs: int
    endTs: int


@dataclass(frozen=True)
class BarClient:
    """One person at the bar; without a token, a passer-by."""

    http: httpx.Client
    api_url: str
    token: str | None = None

    def config(self, shop: str) -> dict[str, Any]:
        """What anybody may know of the shop."""
        return cast("dict[str, Any]", self.call("GET", "/config", eventId=shop))

    def admin_config(self, shop: str) -> dict[str, Any]:
        """The same and the limits."""
        return cast("dict[str, Any]", self.call("GET", "/admin-config", eventId=shop))

    def set_store(self, shop: str, *, is_open: bool) -> dict[str, Any]:
        """Open or close the shop."""
        state = "open" if is_open else "closed"
        return cast("dict[str, Any]", self.call("PUT", "/store", eventId=shop, state=state))

    def qr_code(self, shop: str) -> Bucket:
        """The code on the display now."""
        return cast("Bucket", self.call("GET", "/qr-code", eventId=shop)["bucket"])

    def redeem(self, shop: str, code: str) -> str:
        """Turn a scanned code into an order; gives its id."""
        return cast("str", self.call("POST", "/qr-code", eventId=shop, token=code)["orderId"])

    def submit(self, order_id: str, drink: str, *modifiers: str) -> Order:
        """Choose the drink."""
        return self._act(order_id, "submit", {"drink": drink, "modifiers": list(modifiers)})

    def make(self, order_id: str) -> Order:
        """Claim the order."""
        return self._act(order_id, "make")

    def unmake(self, order_id: str) -> Order:
        """Put it back."""
        return self._act(order_id, "unmake")

    def complete(self, order_id: str) -> Order:
        """The drink is ready."""
        return self._act(order_id, "complete")

    def recall(self, order_id: str) -> Order:
        """The drink was called ready by mistake."""
        return self._act(order_id, "recall")

    def cancel(self, order_id: str) -> Order:
        """Call it off."""
        return self._act(order_id, "cancel")

    def order(self, order_id: str) -> Order:
        """One order."""
        return cast("Order", self.call("GET", f"/orders/{quote(order_id, safe='')}"))

    def orders(self, shop: str, state: str, **page: str | int) -> Page:
        """The shop's orders in one state, oldest first; `page` takes `maxItems` and `nextToken`."""
        return cast("Page", self.call("GET", "/orders", eventId=shop, state=state, **page))

    def my_orders(self, **page: str | int) -> Page:
        """The caller's own orders, newest first; `page` takes `maxItems` and `nextToken`."""
        return cast("Page", self.call("GET", "/myOrders", **page))

    def journey(self, order_id: str) -> str:
        """Where the order's story can be read for an hour."""
        return cast("str", self.call("GET", f"/journeys/{quote(order_id, safe='')}")["url"])

    def insights(self, shop: str) -> dict[str, Any]:
        """The shop's day in numbers."""
        return cast("dict[str, Any]", self.call("GET", "/insights", eventId=shop))

    def call(self, method: str, path: str, body: Any = None, **query: str | int) -> Any:
        """Any request to the API; gives the answer's JSON.

        Raises:
            Refused: the answer is 4xx or 5xx.
        """
        answer = self.send(method, path, body, **query)
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            raise _refused(answer)
        return answer.json()

    def send(self, method: str, path: str, body: Any = None, **query: str | int) -> httpx.Response:
        """Any request to the API; gives the answer as it came."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.http.request(method, self.api_url + path, params=query or None, json=body, headers=headers)

    def _act(self, order_id: str, action: str, body: Any = None) -> Order:
        return cast("Order", self.call("PUT", f"/orders/{quote(order_id, safe='')}", body, action=action))


def _refused(answer: httpx.Response) -> Refused:
    """The refusal, also where something in between answered that has another shape than the API."""
    try:
        said = answer.json()
        code, message = said["Code"], said["Message"]
    except (ValueError, KeyError, TypeError):
        code, message = "", answer.text[:200]
    wait = answer.headers.get("Retry-After", "")
    return Refused(answer.status_code, code, message, int(wait) if wait.isdecimal() else None)
