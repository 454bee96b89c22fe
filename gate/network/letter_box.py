"""The letters and text messages of a local bar, for who owns the address they went to.

Nobody who is in a group of the pool gets theirs here, whoever signed the address up: a barista's code opens the bar.
"""

import asyncio
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from gate.bar import Bar
from gate.network.upstream import Upstream, away
from simulator.mailbox import LETTERS, TEXT_MESSAGES

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

# What a page reads of a letter and of a text message.
LETTER_FIELDS = ("Id", "Source", "Destination", "Subject", "Body", "Timestamp")
TEXT_FIELDS = ("MessageId", "PhoneNumber", "Message")


class LetterBox:
    """What the local cloud has delivered.

    Args:
        upstream: the way to it.
    """

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def letters(self, bar: Bar, addresses: Sequence[str]) -> dict[str, Any]:
        """The newest letter to each of the addresses, in the local cloud's own shape."""
        mail = [address for address in await self._of_no_barista(bar, addresses) if "@" in address]
        delivered = (await self._upstream.read(bar, LETTERS)).get("messages", []) if mail else []
        newest = [_last(delivered, address) for address in mail]
        return {"messages": [_only(LETTER_FIELDS, one) for one in newest if one]}

    async def text_messages(self, bar: Bar, addresses: Sequence[str]) -> dict[str, Any]:
        """The newest text message to each of the numbers, in the local cloud's own shape."""
        numbers = [address for address in await self._of_no_barista(bar, addresses) if "@" not in address]
        found = {number: await self._text_messages(bar, number) for number in numbers}
        return {"region": bar.region, "sms_messages": found}

    async def _text_messages(self, bar: Bar, number: str) -> list[dict[str, Any]]:
        query = urlencode({"region": bar.region, "phoneNumber": number})
        received = (await self._upstream.read(bar, f"{TEXT_MESSAGES}?{query}")).get("sms_messages", {})
        return [_only(TEXT_FIELDS, one) for one in received.get(number, [])[-1:]]

    async def _of_no_barista(self, bar: Bar, addresses: Sequence[str]) -> list[str]:
        return [address for address in addresses if not await asyncio.to_thread(_has_group, bar, address)]


def _has_group(bar: Bar, address: str) -> bool:
    """Whether somebody is in a group, by Cognito's own word; or nobody any more, who gets no letters either.

    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListGroupsForUser.html

    Raises:
        Refused: it gives none.
    """
    try:
        found = _cognito(bar.endpoint, bar.region).admin_list_groups_for_user(UserPoolId=bar.pool_id, Username=address)
    except (ClientError, BotoCoreError) as error:
        if isinstance(error, ClientError) and error.response["Error"]["Code"] == "UserNotFoundException":
            return True
        raise away() from error
    return bool(found["Groups"])


@cache
def _cognito(endpoint: str, region: str) -> "CognitoIdentityProviderClient":
    session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=region)  # noqa: S106
    directly = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 1}, proxies={})
    return session.client("cognito-idp", endpoint_url=endpoint, config=directly)


def _last(delivered: Sequence[dict[str, Any]], address: str) -> dict[str, Any] | None:
    to_it = (one for one in reversed(delivered) if one["Destination"].get("ToAddresses") == [address])
    return next(to_it, None)


def _only(fields: Sequence[str], message: Mapping[str, Any]) -> dict[str, Any]:
    return {name: message[name] for name in fields if name in message}
