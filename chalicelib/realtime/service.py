"""Letting people listen, and telling them what happened."""

import json

from chalicelib.envelope import Delivered
from chalicelib.errors import Invalid
from chalicelib.realtime.model import Connection, audiences, message
from chalicelib.realtime.sockets import Outcome, Sockets
from chalicelib.realtime.store import ConnectionStore
from chalicelib.shop.store import ShopStore
from chalicelib.texts import fault_in_name


class NobodyHeard(Exception):
    """There was somebody to tell, and not one of them could be told: try the whole event again."""


def listen(connections: ConnectionStore, shops: ShopStore, connection: Connection) -> None:
    """Let a connection hear of its shop from now on.

    Raises:
        Invalid, NotFound: no shop is named; there is none of that name.
    """
    if fault := fault_in_name(connection.event_id):
        raise Invalid(f"the query parameter eventId {fault}")
    shops.get(connection.event_id)
    connections.add(connection)


def publish(connections: ConnectionStore, sockets: Sockets, event: Delivered, now: int) -> Outcome:
    """Tell everybody who may hear of it what happened, and forget who has gone.

    An event comes again only where nobody heard it, so that nobody hears it twice by our doing: who cannot be told
    although others can is left out, after the client's retries.

    Raises:
        NobodyHeard: it had better come again.
    """
    if event.shop is None:
        return Outcome(0, (), ())
    listening = [one for audience in audiences(event) for one in connections.listening(event.shop, audience, now)]
    outcome = sockets.tell(listening, json.dumps(message(event))) if listening else Outcome(0, (), ())
    connections.forget(one for one in outcome.gone if not one.may_be_opening(now))
    if outcome.failed and not outcome.heard:
        raise NobodyHeard(f"{len(outcome.failed)} connections could not be told") from outcome.failed[0]
    return outcome
