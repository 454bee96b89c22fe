"""Letters and text messages: where each goes, and what it says."""

import traceback
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from chalicelib.errors import Invalid
from chalicelib.identity.post import AwsPost, NotPosted

KEYS = {"region_name": "us-east-1", "aws_access_key_id": "test", "aws_secret_access_key": "test"}
SOMEBODY = "somebody@example.com"
TEXT = "123456 is your Serverlesspresso code. It is good for 5 minutes. If you did not ask for it, ignore this message."


@pytest.fixture
def ses() -> Any:
    return boto3.client("ses", **KEYS)  # type: ignore[call-overload]


@pytest.fixture
def sns() -> Any:
    return boto3.client("sns", **KEYS)  # type: ignore[call-overload]


def test_a_mail_address_gets_a_letter(ses: Any, sns: Any) -> None:
    letter = {
        "Source": "bar@example.com",
        "Destination": {"ToAddresses": ["somebody@example.com"]},
        "Message": {"Subject": ANY, "Body": {"Text": {"Data": TEXT, "Charset": "UTF-8"}}},
    }
    with Stubber(ses) as letters, Stubber(sns):
        letters.add_response("send_email", {"MessageId": "1"}, letter)
        AwsPost(ses, sns, "bar@example.com", "+1555").deliver("123456", {"email": "somebody@example.com"})
        letters.assert_no_pending_responses()


def test_a_phone_number_gets_a_text_message(ses: Any, sns: Any) -> None:
    with Stubber(ses), Stubber(sns) as messages:
        messages.add_response("publish", {"MessageId": "1"}, {"PhoneNumber": "+15550100", "Message": TEXT})
        AwsPost(ses, sns, "bar@example.com", "+1555").deliver("123456", {"phone_number": "+15550100"})
        messages.assert_no_pending_responses()


def test_a_number_that_no_text_message_may_go_to_gets_none(ses: Any, sns: Any) -> None:
    with Stubber(ses), Stubber(sns), pytest.raises(Invalid):
        AwsPost(ses, sns, "bar@example.com", "+1555").deliver("123456", {"phone_number": "+2250700000000"})


@pytest.mark.parametrize("attributes", [{}, {"email": "", "phone_number": ""}, {"sub": "only"}])
def test_somebody_without_an_address_is_a_fault_and_the_code_is_not_in_it(
    ses: Any, sns: Any, attributes: dict[str, str]
) -> None:
    with Stubber(ses), Stubber(sns), pytest.raises(LookupError) as fault:
        AwsPost(ses, sns, "bar@example.com", "+1555").deliver("123456", attributes)
    assert "123456" not in str(fault.value)


def test_a_message_that_aws_does_not_take_is_a_fault_and_no_address_is_in_it(ses: Any, sns: Any) -> None:
    """SES says whose address it is that is not verified; a function's log is no place for it."""
    with Stubber(ses) as letters:
        letters.add_client_error("send_email", "MessageRejected", f"not verified: {SOMEBODY}")
        with pytest.raises(NotPosted) as fault:
            AwsPost(ses, sns, "bar@example.com", "+1555").deliver("123456", {"email": SOMEBODY})
    assert SOMEBODY not in "".join(traceback.format_exception(fault.value))
    assert str(fault.value) == "MessageRejected"
