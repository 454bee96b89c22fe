"""A gate from its opening to Ctrl-C: what it says, what it keeps, and what it does while the bar is away."""

import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import takewhile
from pathlib import Path

import httpx
import pytest
from local_cloud.free_port import free_port

from chalicelib.identity.sign_in import MOST_ANSWERS
from gate.network.rates import CONNECTIONS, PER_DAY, PER_MINUTE
from gate.network.server import TLS_HANDSHAKE
from gate.presence import ANEW, BACK, GONE
from gate.room import Room
from simulator.entrance import new_address
from simulator.outputs import Outputs
from simulator.probe.eventually import DEADLINE_S, eventually
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import Person
from tests.integration.room.another_network import Network
from tests.integration.room.gate_process import OpenGate, command, open_gate, write_outputs
from tests.integration.room.phone import Phone, phone


@pytest.fixture
def room(network: Network) -> Room:
    return Room(network.here, free_port())


def test_ctrl_c_hangs_up_on_everybody_and_ends_well(
    network: Network, room: Room, bar: Outputs, tmp_path: Path, shop: OwnShop, customer: Person
) -> None:
    with open_gate(room, bar, tmp_path / "room") as gate:

        def listening() -> None:
            with phone(gate) as one, one.listening(customer.tokens.access, shop.event_id) as ear:
                ear.say('{"action":"ping"}')
                ear.wait_for("pong")
                assert gate.close() == 0
                eventually(lambda: hung_up(ear.socket))

        network.from_there(listening)
        assert "1 person signed in" in gate.said()
        assert gate.said().endswith("The gate is closed.\n")
    with socket.create_server((room.address, room.port)):
        pass  # nothing is left there


def hung_up(connection: object) -> None:
    assert connection.protocol.close_code == 1001  # type: ignore[attr-defined]


def test_what_it_keeps_is_for_its_user_alone(room: Room, bar: Outputs, tmp_path: Path) -> None:
    with open_gate(room, bar, tmp_path / "room") as gate:
        kept = {name: (gate.folder / name).stat().st_mode & 0o777 for name in ("certificate.pem", "secret", "gate.log")}
        assert kept == dict.fromkeys(kept, 0o600)
        assert gate.folder.stat().st_mode & 0o777 == 0o700


def test_a_port_that_is_taken_is_told(room: Room, bar: Outputs, tmp_path: Path) -> None:
    write_outputs(tmp_path / "outputs.json", bar)
    with socket.create_server((room.address, room.port)):
        ran = subprocess.run(
            command(room, tmp_path / "room", tmp_path / "outputs.json"), capture_output=True, text=True, check=False
        )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert f"nothing can listen on {room.authority}: " in ran.stderr


def test_it_listens_on_the_rooms_address_alone(network: Network, room: Room, bar: Outputs, tmp_path: Path) -> None:
    with open_gate(room, bar, tmp_path / "room"):
        network.from_there(lambda: socket.create_connection((room.address, room.port), DEADLINE_S).close())
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", room.port), DEADLINE_S)


def test_a_bar_that_goes_away_is_waited_for(network: Network, room: Room, bar: Outputs, tmp_path: Path) -> None:
    with open_gate(room, bar, tmp_path / "room") as gate:

        def answers(status: int) -> None:
            def look() -> None:
                with phone(gate) as one:
                    assert one.http.get("/config.json").status_code == status

            network.from_there(lambda: eventually(look))

        answers(200)
        nowhere = f"http://127.0.0.1:{free_port()}"
        parts = {
            "api_url": f"{nowhere}/api",
            "realtime_url": nowhere,
            "frontends": {"order": f"{nowhere}/p/order/index.html"},
        }
        write_outputs(gate.outputs, replace(bar, endpoint_url=nowhere, **parts))  # type: ignore[arg-type]
        answers(503)
        write_outputs(gate.outputs, bar)
        answers(200)
        write_outputs(gate.outputs, replace(bar, user_pool_client_id="another"))
        eventually(lambda: said(gate, GONE, BACK, ANEW))


def said(gate: OpenGate, *sentences: str) -> None:
    assert [sentence for sentence in sentences if sentence not in gate.said()] == []


def test_a_program_that_asks_too_fast_is_slowed_down(
    network: Network, room: Room, bar: Outputs, tmp_path: Path
) -> None:
    with open_gate(room, bar, tmp_path / "room") as gate:

        def hurry() -> list[int]:
            with phone(gate) as one:
                return [one.http.get("/letters").status_code for _ in range(2 * PER_MINUTE["letters"] + 1)]

        answered = network.from_there(hurry)
    assert (answered[0], set(answered)) == (200, {200, 429})


def test_one_phone_cannot_guess_so_often_that_somebody_elses_address_is_closed(
    network: Network, room: Room, bar: Outputs, tmp_path: Path, customer: Person
) -> None:
    with open_gate(room, bar, tmp_path / "room") as gate:

        def guess() -> Iterator[int]:
            with phone(gate) as one:
                while True:
                    session = one.ask_for_code(customer.address)
                    for _ in range(MOST_ANSWERS):
                        answered = one.ask_people(
                            "RespondToAuthChallenge",
                            ChallengeName="CUSTOM_CHALLENGE",
                            Session=session,
                            ChallengeResponses={"USERNAME": customer.address, "ANSWER": "no"},
                        )
                        yield answered.status_code
                        session = answered.json().get("Session")

        def until_refused() -> list[int]:
            return list(takewhile(lambda status: status != 429, guess()))

        assert len(network.from_there(until_refused)) == PER_DAY["answer"]


@pytest.mark.parametrize("is_plain", [True, False], ids=["plain", "with TLS"])
def test_connections_that_say_nothing_are_few_and_end(
    network: Network, room: Room, bar: Outputs, tmp_path: Path, is_plain: bool
) -> None:
    """Or a room could be kept out by holding the gate's places, or its handshakes."""
    with open_gate(replace(room, is_plain=is_plain), bar, tmp_path / "room") as gate:

        def hold() -> None:
            with ExitStack() as all_of_them:
                silent = [
                    all_of_them.enter_context(socket.create_connection((room.address, room.port), DEADLINE_S))
                    for _ in range(CONNECTIONS + 5)
                ]
                for one in silent[::2]:
                    one.sendall(b"GET /order/ HTTP/1.1\r\nHo" if is_plain else TLS_HANDSHAKE)  # and no more
                assert [ended(one) for one in silent] == [True] * len(silent)
            with phone(gate) as later:  # whose places are free again
                assert later.http.get("/order/").status_code == 200

        network.from_there(hold)


def test_an_address_that_is_typed_without_its_scheme_leads_to_the_room(
    network: Network, room: Room, bar: Outputs, tmp_path: Path
) -> None:
    with open_gate(room, bar, tmp_path / "room"):

        def type_it(path: str) -> httpx.Response:
            return httpx.get(f"http://{room.authority}{path}", trust_env=False)

        for path in ("/", "/_aws/ses", "/order/?eventId=ABC"):
            answer = network.from_there(partial(type_it, path))
            assert (answer.status_code, answer.headers["location"]) == (307, f"{room.origin}/")
        assert network.from_there(partial(answers_to_many, room)) == 1


def answers_to_many(room: Room) -> int:
    """How often the way is told on one connection."""
    request = f"GET / HTTP/1.1\r\nHost: {room.authority}\r\n\r\n".encode()
    with socket.create_connection((room.address, room.port), DEADLINE_S) as connection:
        connection.sendall(3 * request)
        return b"".join(iter(lambda: connection.recv(65536), b"")).count(b"HTTP/1.1 307")


def ended(connection: socket.socket) -> bool:
    """Whether the gate hangs up, before its patience or ours is over."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_without_tls_an_order_begins_as_well(
    network: Network, room: Room, bar: Outputs, tmp_path: Path, shop: OwnShop
) -> None:
    code = shop.bucket()["code"]
    with open_gate(replace(room, is_plain=True), bar, tmp_path / "room") as gate:

        def story() -> None:
            with phone(gate) as one:
                begin(one)

        def begin(one: Phone) -> None:
            customer = one.sign_in(new_address())
            with one.listening(customer.token or "", shop.event_id) as ear:
                order_id = customer.redeem(shop.event_id, code)
                ear.wait_for("OrderProcessor.WorkflowStarted", orderId=order_id)

        network.from_there(story)
        assert not (gate.folder / "certificate.pem").exists()


def test_a_phone_that_does_not_trust_the_certificate_gets_nothing(
    network: Network, room: Room, bar: Outputs, tmp_path: Path
) -> None:
    with open_gate(room, bar, tmp_path / "room") as gate:

        def trust_authorities_only() -> None:
            with httpx.Client(trust_env=False, verify=ssl.create_default_context()) as http:
                http.get(f"{gate.room.origin}/order/")

        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            network.from_there(trust_authorities_only)
