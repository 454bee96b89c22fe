"""Letters and text messages that the local cloud has delivered, as their receiver reads them."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

LETTERS = "/_aws/ses"
TEXT_MESSAGES = "/_aws/sns/sms-messages"

_CODE = re.compile(r"\b\d{6}\b")


@dataclass(frozen=True)
class Message:
    """A letter or a text message."""

    message_id: str
    text: str

    @property
    def code(self) -> str | None:
        """The six digits in it, if there are any."""
        found = _CODE.search(self.text)
        return found[0] if found else None


@dataclass(frozen=True)
class Mailbox:
    """All mailboxes and phones of the local cloud at `endpoint_url`."""

    http: httpx.Client
    endpoint_url: str

    def messages(self, address: str) -> list[Message]:
        """What came to an e-mail address or a phone number (`+` and digits), oldest first."""
        return self._letters(address) if "@" in address else self._text_messages(address)

    def _letters(self, address: str) -> list[Message]:
        letters = self._get(LETTERS).get("messages", [])
        return [
            Message(letter["Id"], letter["Body"]["text_part"])
            for letter in letters
            if address in letter["Destination"]["ToAddresses"]
        ]

    def _text_messages(self, number: str) -> list[Message]:
        received = self._get(TEXT_MESSAGES, phoneNumber=number).get("sms_messages", {})
        return [Message(message["MessageId"], message["Message"]) for message in received.get(number, [])]

    def _get(self, path: str, **query: str) -> dict[str, Any]:
        answer = self.http.get(self.endpoint_url + path, params=query)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return {}  # LocalStack offers these pages from the first message on
        answer.raise_for_status()
        read: dict[str, Any] = answer.json()
        return read
