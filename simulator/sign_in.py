"""Signing up and signing in with a code that really arrives, through Cognito's public API.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
"""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from tenacity import RetryError, Retrying, retry_if_result, stop_after_delay, wait_fixed

from simulator.mailbox import Mailbox, Message
from simulator.outputs import Outputs

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

PATIENCE_S = 60
ANOTHER_FOLLOWS_S = 20  # a trigger is called three times, for five seconds each, and a letter takes its time, too
LOOK_EVERY_S = 0.05


class NoCode(Exception):
    """No letter or text message with a code arrived in time."""


class WrongCode(Exception):
    """The answer was not the code; another try may be left."""


@dataclass(frozen=True)
class Tokens:
    """What a signed-in person holds; the API takes the access token."""

    access: str
    id: str
    refresh: str


@dataclass(frozen=True)
class Challenge:
    """Cognito waits for the code of this sign-in."""

    address: str
    session: str


@dataclass(frozen=True)
class Cognito:
    """The user pool's client, as a browser has it: no credentials, everything unsigned."""

    client: "CognitoIdentityProviderClient"
    client_id: str

    def sign_up(self, address: str) -> None:
        """Make the address (e-mail or phone number) known; one that is known already stays as it is."""
        # Cognito wants a password of every user. Nobody knows this one, and the client allows no flow that asks for it.
        password = f"{secrets.token_urlsafe(24)}aA1!"
        try:
            self.client.sign_up(ClientId=self.client_id, Username=address, Password=password)
        except self.client.exceptions.UsernameExistsException:
            return

    def ask_for_code(self, address: str) -> Challenge:
        """Begin to sign in: Cognito has a code sent to the address."""
        answer = self.client.initiate_auth(
            ClientId=self.client_id, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": address}
        )
        return Challenge(address, answer["Session"])

    def answer(self, challenge: Challenge, code: str) -> Tokens | Challenge:
        """Answer with the code: tokens if it is right, the next challenge if it is wrong.

        Raises:
            NotAuthorizedException (botocore): it was wrong and no try is left.
        """
        answer = self.client.respond_to_auth_challenge(
            ClientId=self.client_id,
            ChallengeName="CUSTOM_CHALLENGE",
            Session=challenge.session,
            ChallengeResponses={"USERNAME": challenge.address, "ANSWER": code},
        )
        result = answer.get("AuthenticationResult")
        if not result:
            return Challenge(challenge.address, answer["Session"])
        return Tokens(result["AccessToken"], result["IdToken"], result["RefreshToken"])


def cognito(outputs: Outputs) -> Cognito:
    """The bar's user pool, for anybody."""
    client = boto3.client(
        "cognito-idp",
        endpoint_url=outputs.endpoint_url,
        region_name=outputs.region,
        config=Config(signature_version=UNSIGNED, max_pool_connections=50),
    )
    return Cognito(client, outputs.user_pool_client_id)


def sign_in(pool: Cognito, mailbox: Mailbox, address: str) -> Tokens:
    """Sign in with the code that arrives for this very sign-in.

    Cognito calls a trigger that takes more than five seconds again, and then another letter follows, with the code that
    counts ("Customizing user pool workflows with Lambda triggers" in its developer guide).

    Raises:
        NoCode: none arrived.
        WrongCode: none of those that arrived was accepted.
        NotAuthorizedException (botocore): nor was the last that was let try.
    """
    older = {message.message_id for message in mailbox.messages(address)}
    challenge = pool.ask_for_code(address)
    for code in codes_that_come(mailbox, address, older):
        answered = pool.answer(challenge, code)
        if isinstance(answered, Tokens):
            return answered
        challenge = answered
    raise WrongCode(f"the code that came to {address} was not accepted")


def codes_that_come(mailbox: Mailbox, address: str, older: set[str]) -> Iterator[str]:
    """The code in the first message that is not among the `older` ones (message ids), and those that soon follow it.

    Raises:
        NoCode: not even the first arrived.
    """
    message = wait_for_message(mailbox, address, older)
    with suppress(NoCode):
        while True:
            yield message.code or ""
            older = older | {message.message_id}
            message = wait_for_message(mailbox, address, older, ANOTHER_FOLLOWS_S)


def wait_for_code(mailbox: Mailbox, address: str, older: set[str]) -> str:
    """The code in the first message that is not among the `older` ones (message ids).

    Raises:
        NoCode: none arrived.
    """
    return next(codes_that_come(mailbox, address, older))


def wait_for_message(mailbox: Mailbox, address: str, older: set[str], patience_s: float | None = None) -> Message:
    """The first message with a code that is not among the `older` ones (message ids).

    Raises:
        NoCode: none arrived in `patience_s` seconds, `PATIENCE_S` unless given.
    """
    patience_s = PATIENCE_S if patience_s is None else patience_s

    def look() -> Message | None:
        fresh = (message for message in mailbox.messages(address) if message.message_id not in older)
        return next((message for message in fresh if message.code), None)

    looking = Retrying(
        retry=retry_if_result(lambda message: message is None),
        wait=wait_fixed(LOOK_EVERY_S),
        stop=stop_after_delay(patience_s),
    )
    try:
        return looking(look)  # type: ignore[return-value]  # which is asked for again while it is None
    except RetryError as error:
        raise NoCode(f"no code came to {address} in {patience_s} s") from error
