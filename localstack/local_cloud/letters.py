"""Letters and text messages that a local cloud was asked to send: it sends none, and keeps them to be read."""

import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from http import HTTPStatus
from typing import Any

import httpx
from tenacity import RetryError, Retrying, retry_if_result, stop_after_delay, wait_fixed

from local_cloud.client_environment import DEFAULT_REGION
from local_cloud.errors import LocalCloudError

_LETTERS = "/_aws/ses"
_TEXT_MESSAGES = "/_aws/sns/sms-messages"
_POLL_INTERVAL_S = 0.05


@dataclass(frozen=True)
class Letter:
    """An e-mail, or a text message, which has no subject; `text` is its plain text, or its HTML if it has no other."""

    id: str
    text: str
    subject: str = ""


@dataclass(frozen=True)
class Mailbox:
    """All mailboxes and telephones of the cloud at `endpoint_url`. An address with an @ is an e-mail's.

    Text messages are those that were sent from `region`.
    """

    endpoint_url: str
    region: str = DEFAULT_REGION
    _read: set[str] = field(default_factory=set)

    def to(self, address: str) -> list[Letter]:
        """Return all that came to an e-mail address or a telephone number (`+` and digits), oldest first."""
        return list(self._letters(address) if "@" in address else self._text_messages(address))

    def wait_for(self, address: str, within_s: float = 30) -> Letter:
        """Return the oldest letter to the address that this has not yet returned, once there is one.

        Raises:
            LocalCloudError: none comes within that many seconds.
        """
        attempts = Retrying(
            retry=retry_if_result(operator.not_),
            wait=wait_fixed(_POLL_INTERVAL_S),
            stop=stop_after_delay(within_s),
        )
        try:
            letter = attempts(self._unread, address)[0]
        except RetryError:
            came = len(self.to(address))
            raise LocalCloudError(f"No letter came to {address} within {within_s} s; {came} had come before.") from None
        self._read.add(letter.id)
        return letter

    def _unread(self, address: str) -> list[Letter]:
        return [letter for letter in self.to(address) if letter.id not in self._read]

    def _letters(self, address: str) -> Iterator[Letter]:
        for sent in self._ask(_LETTERS).get("messages", []):
            receivers, letter = _raw(sent) if "RawData" in sent else _composed(sent)
            if address.lower() in {receiver.lower() for _, receiver in getaddresses(receivers)}:
                yield letter

    def _text_messages(self, number: str) -> Iterator[Letter]:
        received = self._ask(_TEXT_MESSAGES, phoneNumber=number, region=self.region).get("sms_messages", {})
        for message in received.get(number, []):
            yield Letter(message["MessageId"], message["Message"])

    def _ask(self, path: str, **query: str) -> dict[str, Any]:
        answer = httpx.get(f"{self.endpoint_url}{path}", params=query, trust_env=False)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return {}  # LocalStack offers these pages from the first message on
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found


def _composed(sent: Mapping[str, Any]) -> tuple[list[str], Letter]:
    """Read what SendEmail or SendTemplatedEmail was given; of a template the text is its data, as JSON."""
    receivers = [receiver for kind in sent["Destination"].values() for receiver in kind]
    body = sent.get("Body") or {}
    text = body.get("text_part") or body.get("html_part") or sent.get("TemplateData") or ""
    return receivers, Letter(sent["Id"], text, sent.get("Subject") or "")


def _raw(sent: Mapping[str, Any]) -> tuple[list[str], Letter]:
    """Read what SendRawEmail was given; its receivers are those that its headers name."""
    message: EmailMessage = message_from_string(sent["RawData"], policy=default)
    receivers = [str(value) for name in ("To", "Cc", "Bcc") for value in message.get_all(name, [])]
    body = message.get_body(("plain", "html"))
    return receivers, Letter(sent["Id"], body.get_content() if body else "", str(message["Subject"] or ""))
