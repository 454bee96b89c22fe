"""A good request to each route but the scan, who may make it, and its body."""

from chalicelib.shop.model import menu_entries
from tests.support.orders import LATTE, MENU, ORDER
from tests.support.people import BARISTA, OWNER

DRINK = {"drink": LATTE.drink, "modifiers": list(LATTE.modifiers)}
GOOD_REQUESTS = [
    ("GET /config?eventId=ABC", None, None),
    ("GET /admin-config?eventId=ABC", BARISTA, None),
    ("PUT /store?eventId=ABC&state=closed", BARISTA, None),
    ("PUT /menu?eventId=ABC", BARISTA, {"menu": menu_entries(MENU)}),
    ("PUT /limits?eventId=ABC", BARISTA, {"maxOrdersInQueue": 3}),
    ("GET /qr-code?eventId=ABC", BARISTA, None),
    ("GET /orders?eventId=ABC&state=CREATED", BARISTA, None),
    ("GET /myOrders", OWNER, None),
    (f"GET /orders/{ORDER}", OWNER, None),
    (f"GET /queue?eventId=ABC&orderId={ORDER}", OWNER, None),
    (f"GET /journeys/{ORDER}", OWNER, None),
    ("GET /insights?eventId=ABC", BARISTA, None),
    (f"PUT /orders/{ORDER}", OWNER, DRINK),
    (f"PUT /orders/{ORDER}?action=cancel", OWNER, None),
]
