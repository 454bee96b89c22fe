"""Letters and text messages, as a test reads them."""

from email.message import EmailMessage
from uuid import uuid4

import pytest
from local_cloud.errors import LocalCloudError
from local_cloud.letters import Letter, Mailbox
from local_cloud.testing import Cloud

SENDER = "desk@example.com"


@pytest.fixture
def mailbox(cloud: Cloud) -> Mailbox:
    cloud.client("ses").verify_email_identity(EmailAddress=SENDER)
    return Mailbox(cloud.endpoint_url)


@pytest.fixture
def address() -> str:
    return f"ann-{uuid4()}@example.com"


def send(cloud: Cloud, to: str, text: str) -> None:
    message = {"Subject": {"Data": "Your code"}, "Body": {"Text": {"Data": text}}}
    cloud.client("ses").send_email(Source=SENDER, Destination={"ToAddresses": [to]}, Message=message)


def told(letter: Letter) -> tuple[str, str]:
    return letter.subject, letter.text.strip()


def test_each_letter_is_given_once_in_the_order_of_their_coming(cloud: Cloud, mailbox: Mailbox, address: str) -> None:
    send(cloud, address, "first")
    send(cloud, f"Ann <{address.upper()}>", "second")
    assert told(mailbox.wait_for(address)) == ("Your code", "first")
    assert told(mailbox.wait_for(address)) == ("Your code", "second")
    with pytest.raises(LocalCloudError, match="2 had come before"):
        mailbox.wait_for(address, within_s=0)
    assert len(mailbox.to(address)) == 2


def test_a_letter_to_somebody_else_is_not_given(cloud: Cloud, mailbox: Mailbox, address: str) -> None:
    send(cloud, "x" + address, "not for Ann")
    assert mailbox.to(address) == []


def test_a_letter_that_its_sender_composed_is_read_too(cloud: Cloud, mailbox: Mailbox, address: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = SENDER, f"Ann Ünal <{address}>", "Grüße"
    message.set_content("Plain.")
    message.add_alternative("<p>Rich.</p>", subtype="html")
    cloud.client("ses").send_raw_email(RawMessage={"Data": message.as_bytes()})
    assert told(mailbox.wait_for(address)) == ("Grüße", "Plain.")


def test_a_text_message_comes_to_its_number(cloud: Cloud, mailbox: Mailbox) -> None:
    number = f"+4915{uuid4().int % 10**9:09}"
    cloud.client("sns").publish(PhoneNumber=number, Message="Your code is 123456.")
    assert told(mailbox.wait_for(number)) == ("", "Your code is 123456.")
