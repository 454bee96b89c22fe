"""Every event on the bus, as a value. Nothing else spells a source or a detail-type.

No event holds a task token, a QR code's text or an address: whatever is on the bus may leave the backend.
Fields are spelled as they are on the wire. A consumer leaves alone what it does not know.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

SOURCE = "awsserverlessda.serverlesspresso"


@dataclass(frozen=True)
class Event:
    """Something that happened at the bar of shop `eventId`.

    Attributes:
        at: when, in ms since 1970; None for what happens as it is told. Told again it has the same moment.
    """

    detail_type: ClassVar[str]

    eventId: str  # noqa: N815
    at: int | None = field(default=None, kw_only=True, compare=False)

    @property
    def detail(self) -> dict[str, Any]:
        """The event's detail as JSON-ready values."""
        values = asdict(self)
        return values if self.at is not None else {name: values[name] for name in values if name != "at"}


@dataclass(frozen=True)
class OrderEvent(Event):
    """Something that happened to one customer's order."""

    orderId: str  # noqa: N815
    userId: str  # noqa: N815


@dataclass(frozen=True)
class NewOrder(OrderEvent):
    """A customer redeemed a QR code for a drink; `bucket` says what is left of it, never its code."""

    detail_type = "Validator.NewOrder"

    bucket: dict[str, Any]
    Message: str = "A QR code was scanned and a new order began."


@dataclass(frozen=True)
class WorkflowStarted(OrderEvent):
    """The workflow holds a place at the bar and waits for the customer's drink."""

    detail_type = "OrderProcessor.WorkflowStarted"

    waitSeconds: int  # noqa: N815
    Message: str = "The bar has a place for the order and waits for the customer to choose."


@dataclass(frozen=True)
class WorkflowWaitsForBarista(OrderEvent):
    """The order has its number and the workflow waits for a barista."""

    detail_type = "OrderProcessor.WaitingCompletion"

    orderNumber: int  # noqa: N815
    waitSeconds: int  # noqa: N815
    Message: str = "The order has its number and waits for a barista."


@dataclass(frozen=True)
class OrderWaitsForBarista(OrderEvent):
    """What a barista has to make."""

    detail_type = "OrderManager.WaitingCompletion"

    orderNumber: int  # noqa: N815
    orderState: str  # noqa: N815
    drinkOrder: dict[str, Any]  # noqa: N815
    Message: str = "The customer chose a drink; the barista sees it."


@dataclass(frozen=True)
class MakeOrder(OrderEvent):
    """A barista claimed the order, or put it back (`baristaUserId` is then empty, as in the original)."""

    detail_type = "OrderManager.MakeOrder"

    baristaUserId: str  # noqa: N815
    orderNumber: int | None  # noqa: N815
    Message: str = "A barista claimed the order or put it back."


@dataclass(frozen=True)
class OrderCompleted(OrderEvent):
    """The drink is ready. It says which, for who has not heard `OrderWaitsForBarista`: a barista may be faster."""

    detail_type = "OrderManager.OrderCompleted"

    orderState: str  # noqa: N815
    orderNumber: int | None  # noqa: N815
    drinkOrder: dict[str, Any] | None = None  # noqa: N815
    Message: str = "The drink is ready for collection."


@dataclass(frozen=True)
class OrderRecalled(OrderEvent):
    """A drink that was called ready by mistake is being made again; a workflow of its own starts by this."""

    detail_type = "OrderManager.OrderRecalled"

    orderState: str  # noqa: N815
    orderNumber: int | None  # noqa: N815
    Message: str = "The drink was called back; a barista is making it."


@dataclass(frozen=True)
class OrderCancelled(OrderEvent):
    """A customer or a barista cancelled the order."""

    detail_type = "OrderManager.OrderCancelled"

    orderState: str  # noqa: N815
    orderNumber: int | None  # noqa: N815
    reason: str
    Message: str = "The order was cancelled."


@dataclass(frozen=True)
class OrderFailed(OrderEvent):
    """The order ended by a fault of ours."""

    detail_type = "OrderManager.OrderFailed"

    orderState: str  # noqa: N815
    reason: str
    Message: str = "Something broke; the order could not be finished."


@dataclass(frozen=True)
class OrderTimeOut(OrderEvent):
    """The customer or the barista was too slow; `cause` is spelled as in the original."""

    detail_type = "OrderProcessor.OrderTimeOut"

    cause: str
    Message: str = "The order waited too long and was cancelled."


@dataclass(frozen=True)
class ShopUnavailable(OrderEvent):
    """The bar turned the order away: it is closed or full."""

    detail_type = "OrderProcessor.ShopUnavailable"

    reason: str
    Message: str = "The bar could not take the order."


@dataclass(frozen=True)
class ConfigChanged(Event):
    """A shop opened, closed, or changed its menu or limits; `changed` names what. Read /config for the rest."""

    detail_type = "ConfigService.ConfigChanged"

    storeOpen: bool  # noqa: N815
    changed: list[str]
    Message: str = "The shop's configuration changed."


@dataclass(frozen=True)
class DrinkAverageTime(Event):
    """How long the last ten of a drink took from submit to ready, on average."""

    detail_type = "OrderManager.DrinkAverageTime"

    drink: str
    duration: float  # seconds, as the original's extension names it
    orders: int
    Message: str = "A drink was completed; this is how long the last ones of its kind took."


@dataclass(frozen=True)
class OrderFinished(OrderEvent):
    """The workflow came to its end after a completed order (lower-case o, as in the original)."""

    detail_type = "OrderProcessor.orderFinished"

    Message: str = "The order's workflow is finished."


_OF_ORDERS = {event.detail_type: event for event in OrderEvent.__subclasses__()}


def of_order(detail_type: str, detail: Mapping[str, Any]) -> OrderEvent:
    """The event of an order that has this type and detail."""
    return _OF_ORDERS[detail_type](**detail)
