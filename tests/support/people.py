"""Who plays a part in the tests: a customer, a stranger who is a customer too, and two baristas."""

from chalicelib.identity.model import ADMIN_GROUP, Caller

OWNER = Caller("customer-1")
STRANGER = Caller("customer-2")
BARISTA = Caller("barista-1", frozenset({ADMIN_GROUP}))
OTHER_BARISTA = Caller("barista-2", frozenset({ADMIN_GROUP}))

PEOPLE = {"owner": OWNER, "stranger": STRANGER, "barista": BARISTA, "other": OTHER_BARISTA}
