"""A phone in the room: it knows the gate's address and nothing else of the bar."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from websockets.sync.client import connect

from gate.rules.people import CONTENT_TYPE, TARGET
from simulator.bar_client import BarClient
from simulator.probe.eventually import DEADLINE_S
from simulator.probe.listening import Ear, Ears
from tests.integration.room.gate_process import OpenGate

CODE_DIGITS = 6


@dataclass(frozen=True)
class Phone:
    """One browser, with cookies of its own, that trusts the gate's certificate."""

    http: httpx.Client
    origin: str
    tls: ssl.SSLContext | None

    def told(self) -> dict[str, Any]:
        """Where its pages find the bar."""
        told: dict[str, Any] = self.http.get("/config.json").raise_for_status().json()
        return told

    def ask_people(self, operation: str, **parameters: Any) -> httpx.Response:
        """Call Cognito as the pages do."""
        told = self.told()
        return self.http.post(
            told["endpointUrl"],
            headers={"X-Amz-Target": TARGET + operation, "Content-Type": CONTENT_TYPE, "Origin": self.origin},
            json={"ClientId": told["userPoolClientId"], **parameters},
        )

    def sign_up(self, address: str) -> httpx.Response:
        """Make an address known."""
        return self.ask_people("SignUp", Username=address, Password="0b5a-unused-aA1!")

    def ask_for_code(self, address: str) -> str:
        """Begin to sign in; gives the session."""
        asked = self.ask_people("InitiateAuth", AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": address})
        return str(asked.raise_for_status().json()["Session"])

    def letters(self) -> list[Mapping[str, Any]]:
        """Letters to this browser's own addresses."""
        messages: list[Mapping[str, Any]] = self.http.get(self.told()["local"]["lettersUrl"]).json()["messages"]
        return messages

    def answer(self, address: str, session: str, code: str) -> BarClient:
        """Sign in with a code."""
        given = {"USERNAME": address, "ANSWER": code}
        asked = self.ask_people(
            "RespondToAuthChallenge", ChallengeName="CUSTOM_CHALLENGE", Session=session, ChallengeResponses=given
        )
        token = asked.raise_for_status().json()["AuthenticationResult"]["AccessToken"]
        return BarClient(self.http, self.told()["apiUrl"], token)

    def sign_in(self, address: str) -> BarClient:
        """Sign up and in with the code that comes to this phone."""
        self.sign_up(address).raise_for_status()
        session = self.ask_for_code(address)
        (letter,) = self.letters()
        words = letter["Body"]["text_part"].split()
        code = next(
            word.strip(".") for word in words if word.strip(".").isdigit() and len(word.strip(".")) == CODE_DIGITS
        )
        return self.answer(address, session, code)

    @contextmanager
    def listening(self, token: str, shop: str) -> Iterator[Ear]:
        """Hear of a shop."""
        url = Ears(self.told()["realtimeUrl"]).url(token, shop)
        with connect(url, ssl=self.tls, open_timeout=DEADLINE_S, close_timeout=1, compression=None) as socket:
            yield Ear(socket)


@contextmanager
def phone(gate: OpenGate) -> Iterator[Phone]:
    """A new phone, in whose namespace the caller is."""
    tls = None if gate.room.is_plain else ssl.create_default_context(cafile=gate.folder / "certificate.pem")
    with httpx.Client(base_url=gate.room.origin, verify=tls or True, trust_env=False, timeout=35) as http:
        yield Phone(http, gate.room.origin, tls)
