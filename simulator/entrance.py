"""The way into the bar: everybody who comes by it gets a client of their own."""

import secrets
from dataclasses import dataclass

import httpx

from simulator.bar_client import BarClient
from simulator.mailbox import Mailbox
from simulator.outputs import Outputs
from simulator.sign_in import Cognito, cognito, sign_in

BARISTA = "barista@example.com"  # seeded, in the group admin


def new_address() -> str:
    """An e-mail address that nobody has yet."""
    return f"customer-{secrets.token_hex(6)}@example.com"


def browser() -> httpx.Client:
    """What people look at the bar with; it waits longer than a Lambda function may take (29 s)."""
    return httpx.Client(timeout=35, trust_env=False, limits=httpx.Limits(max_connections=100))


@dataclass(frozen=True)
class Entrance:
    """The entrance of one running bar."""

    http: httpx.Client
    outputs: Outputs
    pool: Cognito
    mailbox: Mailbox

    def enter(self, address: str) -> BarClient:
        """Sign in with the code that is sent to the address, which signed up before."""
        return BarClient(self.http, self.outputs.api_url, sign_in(self.pool, self.mailbox, address).access)

    def enter_as_new_customer(self) -> BarClient:
        """Sign up and in as somebody who was never here."""
        address = new_address()
        self.pool.sign_up(address)
        return self.enter(address)


def entrance(http: httpx.Client, outputs: Outputs) -> Entrance:
    """The entrance of the bar that the outputs tell of."""
    return Entrance(http, outputs, cognito(outputs), Mailbox(http, outputs.endpoint_url))
