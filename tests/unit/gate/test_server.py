"""The door between many who come at once: whoever is in already has their turn."""

import asyncio
import socket
from contextlib import ExitStack
from typing import cast

from gate.network.bounded_server import BoundedServer
from gate.network.rates import Rates
from gate.network.server import Door

AT_ONCE = 20


class Full:
    """Has no place left, and counts who asked for one."""

    asked = 0

    def lets_in(self, _: str) -> bool:
        self.asked += 1
        return False


async def asked_in_at_each_turn() -> list[int]:
    """How many of those that wait at the door were asked in while everybody else had one turn."""
    rates = Full()
    nobody = cast("BoundedServer", None)
    door = Door(nobody, nobody, cast("Rates", rates), None)
    with ExitStack() as all_of_them:
        listener = all_of_them.enter_context(socket.create_server(("127.0.0.1", 0), backlog=AT_ONCE))
        listener.setblocking(False)
        for _ in range(AT_ONCE):
            all_of_them.enter_context(socket.create_connection(listener.getsockname()))
        taking_in = asyncio.create_task(door.take_in(listener))
        turns = [await turn(rates) for _ in range(10 * AT_ONCE)]
        taking_in.cancel()
        await asyncio.gather(taking_in, return_exceptions=True)
    return turns


async def turn(rates: Full) -> int:
    before = rates.asked
    await asyncio.sleep(0)
    return rates.asked - before


def test_those_who_wait_at_the_door_are_taken_in_one_by_one() -> None:
    """Or a program that connects faster than it is refused would keep everybody waiting."""
    turns = asyncio.run(asked_in_at_each_turn())
    assert (sum(turns), max(turns)) == (AT_ONCE, 1)
