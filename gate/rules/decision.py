"""From a request to what the gate does for it: the first part of the path says which rule judges it. Pure."""

from collections.abc import Callable, Mapping

from gate.bar import Bar
from gate.room import Room
from gate.rules.api import api_call, socket
from gate.rules.asked import Asked
from gate.rules.head import check_head
from gate.rules.letters import letters
from gate.rules.pages import configuration, journey, page_file
from gate.rules.passages import Passage
from gate.rules.people import people_call

# None of these is the name of a page.
OWN: Mapping[str, Callable[[Asked, Bar], Passage]] = {
    "api": api_call,
    "config.json": configuration,
    "journeys": journey,
    "letters": letters,
    "people": people_call,
    "realtime": socket,
    "text-messages": letters,
}


def decide(asked: Asked, bar: Bar, room: Room) -> Passage:
    """What the gate does for a request.

    Raises:
        Refused: nothing.
    """
    check_head(asked, room)
    return OWN.get(asked.segments[0], page_file)(asked, bar)
