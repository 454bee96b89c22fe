"""Sending a sign-in code as a letter (SES) or a text message (SNS). The code is never logged."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import ClientError

from chalicelib import aws
from chalicelib.identity.addresses import check_reach
from chalicelib.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_ses import SESClient
    from mypy_boto3_sns import SNSClient

TEXT = "{code} is your Serverlesspresso code. It is good for 5 minutes. If you did not ask for it, ignore this message."


class NotPosted(Exception):
    """AWS did not take the message; only its error's name is told, since what it says may hold the address."""


class Post(Protocol):
    """Somebody who delivers codes."""

    def deliver(self, code: str, attributes: Mapping[str, str]) -> None:
        """Send the code to the user's e-mail address or phone."""


@dataclass(frozen=True)
class AwsPost:
    """Letters by SES, text messages by SNS.

    Attributes:
        reach: to whom text messages go (`addresses.check_reach`): somebody may have signed up with another number.
    """

    ses: "SESClient"
    sns: "SNSClient"
    sender: str
    reach: str

    def deliver(self, code: str, attributes: Mapping[str, str]) -> None:
        """Send the code to the address the user signed up with.

        Args:
            code: six digits.
            attributes: Cognito's attributes of the user, with `email` or `phone_number`.

        Raises:
            LookupError: the user has neither.
            Invalid: no text messages are sent to the number.
            NotPosted: AWS did not take the message.
        """
        try:
            self._send(code, attributes.get("email"), attributes.get("phone_number"))
        except ClientError as error:
            raise NotPosted(error.response["Error"]["Code"]) from None

    def _send(self, code: str, email: str | None, phone: str | None) -> None:
        if email:
            self._write(email, code)
        elif phone:
            check_reach(phone, self.reach)
            self.sns.publish(PhoneNumber=phone, Message=TEXT.format(code=code))
        else:
            raise LookupError("the user has no e-mail address and no phone number")

    def _write(self, address: str, code: str) -> None:
        self.ses.send_email(
            Source=self.sender,
            Destination={"ToAddresses": [address]},
            Message={
                "Subject": {"Data": "Your Serverlesspresso code", "Charset": "UTF-8"},
                "Body": {"Text": {"Data": TEXT.format(code=code), "Charset": "UTF-8"}},
            },
        )


@cache
def post() -> AwsPost:
    """The post of this process."""
    return AwsPost(aws.ses(), aws.sns(), settings().letter_sender, settings().text_messages_to)
