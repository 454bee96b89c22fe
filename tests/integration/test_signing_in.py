"""Signing in: only with the code that was sent for this very sign-in, and by no other way."""

import secrets
import time
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from simulator.entrance import Entrance, new_address
from simulator.outputs import Outputs
from simulator.probe.eventually import eventually
from simulator.probe.people import People, subject
from simulator.sign_in import Challenge, Tokens, wait_for_code

APP_LOGS = "/aws/lambda/serverlesspresso"


@pytest.fixture
def address(way_in: Entrance) -> str:
    """Of somebody who has signed up."""
    address = new_address()
    way_in.pool.sign_up(address)
    return address


def asked(way_in: Entrance, address: str) -> tuple[Challenge, str]:
    """A sign-in that waits for its code, and the code that came."""
    older = {message.message_id for message in way_in.mailbox.messages(address)}
    challenge = way_in.pool.ask_for_code(address)
    return challenge, wait_for_code(way_in.mailbox, address, older)


def other_than(code: str) -> str:
    """A wrong code."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def refused_answer(way_in: Entrance, challenge: Challenge, code: str) -> str:
    """The error's name."""
    with pytest.raises(ClientError) as refused:
        way_in.pool.answer(challenge, code)
    return refused.value.response["Error"]["Code"]


def test_the_code_in_the_letter_signs_in(way_in: Entrance, address: str) -> None:
    challenge, code = asked(way_in, address)
    assert isinstance(way_in.pool.answer(challenge, code), Tokens)


def test_two_wrong_answers_are_forgiven(way_in: Entrance, address: str) -> None:
    challenge, code = asked(way_in, address)
    for wrong in (other_than(code), ""):
        again = way_in.pool.answer(challenge, wrong or "x")
        assert isinstance(again, Challenge)
        challenge = again
    assert isinstance(way_in.pool.answer(challenge, code), Tokens)
    assert len(way_in.mailbox.messages(address)) == 1, "a wrong answer has no second code sent"


def test_q34_the_third_wrong_answer_ends_the_session(way_in: Entrance, address: str) -> None:
    challenge, code = asked(way_in, address)
    for _ in range(2):
        again = way_in.pool.answer(challenge, other_than(code))
        assert isinstance(again, Challenge)
        challenge = again
    assert refused_answer(way_in, challenge, other_than(code)) == "NotAuthorizedException"
    assert refused_answer(way_in, challenge, code) == "NotAuthorizedException"


def test_an_address_is_one_persons_in_small_and_capital_letters(way_in: Entrance, people: People) -> None:
    person = people.customer()
    shouted = person.address.upper()
    with pytest.raises(way_in.pool.client.exceptions.UsernameExistsException):
        way_in.pool.client.sign_up(ClientId=way_in.pool.client_id, Username=shouted, Password="aA1!aA1!")
    older = {message.message_id for message in way_in.mailbox.messages(person.address)}
    challenge = way_in.pool.ask_for_code(shouted)
    tokens = way_in.pool.answer(challenge, wait_for_code(way_in.mailbox, person.address, older))
    assert isinstance(tokens, Tokens)
    assert subject(tokens.access) == person.user_id


def test_a_code_is_good_for_its_own_session_only(way_in: Entrance, address: str) -> None:
    _, code_of_first = asked(way_in, address)
    second, code_of_second = asked(way_in, address)
    if code_of_first != code_of_second:
        again = way_in.pool.answer(second, code_of_first)
        assert isinstance(again, Challenge)
        second = again
    assert isinstance(way_in.pool.answer(second, code_of_second), Tokens)


def test_a_code_signs_in_once(way_in: Entrance, address: str) -> None:
    challenge, code = asked(way_in, address)
    way_in.pool.answer(challenge, code)
    assert refused_answer(way_in, challenge, code) == "NotAuthorizedException"


def test_two_sign_ins_of_one_person_do_not_disturb_each_other(way_in: Entrance, address: str) -> None:
    first, code_of_first = asked(way_in, address)
    second, code_of_second = asked(way_in, address)
    assert isinstance(way_in.pool.answer(first, code_of_first), Tokens)
    assert isinstance(way_in.pool.answer(second, code_of_second), Tokens)


def test_a_person_who_signs_up_again_stays_who_they_are(people: People) -> None:
    first = people.customer()
    again = people.customer(first.address)
    assert again.user_id == first.user_id
    assert again.my_orders()["orders"] == []


def test_somebody_signs_in_by_a_text_message(people: People, way_in: Entrance) -> None:
    number = f"+4930{secrets.randbelow(10**8):08}"
    assert people.customer(number).my_orders()["orders"] == []
    assert len(way_in.mailbox.messages(number)) == 1


def test_q34_the_eleventh_unanswered_code_is_not_sent_and_its_owner_is_let_in_by_the_tenth(
    way_in: Entrance, address: str
) -> None:
    for _ in range(9):
        way_in.pool.ask_for_code(address)  # a stranger
    _, newest = asked(way_in, address)
    owners = way_in.pool.ask_for_code(address)
    assert len(way_in.mailbox.messages(address)) == 10
    assert isinstance(way_in.pool.answer(owners, newest), Tokens)


def test_q34_the_code_is_in_no_answer_and_in_no_log(
    way_in: Entrance, address: str, aws: boto3.Session, bar: Outputs
) -> None:
    began = int(time.time() * 1000)
    answer = way_in.pool.client.initiate_auth(
        ClientId=way_in.pool.client_id, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": address}
    )
    code = wait_for_code(way_in.mailbox, address, set())
    assert code not in str({**answer, "ResponseMetadata": None, "Session": None})
    assert answer["ChallengeParameters"].get("medium") == "EMAIL"
    way_in.pool.answer(Challenge(address, answer["Session"]), code)

    lines = eventually(lambda: logged(aws, bar, began))
    assert [line for line in lines if code in line or address in line] == []


def logged(aws: boto3.Session, bar: Outputs, since: int) -> list[str]:
    """What the application's functions logged; at least one line of each of the two that meet the code."""
    logs = aws.client("logs", endpoint_url=bar.endpoint_url)
    groups = [group["logGroupName"] for group in logs.describe_log_groups(logGroupNamePrefix=APP_LOGS)["logGroups"]]
    lines = {
        name: [event["message"] for event in logs.filter_log_events(logGroupName=name, startTime=since)["events"]]
        for name in groups
    }
    for function in ("create_auth_challenge", "verify_auth_challenge"):
        assert any(lines[name] for name in groups if name.endswith(f"-{function}")), f"{function} has not logged yet"
    return [line for of_group in lines.values() for line in of_group]


PASSWORD = "Known-to-me-1!"
OTHER_FLOWS: list[tuple[str, dict[str, str]]] = [
    ("USER_PASSWORD_AUTH", {"PASSWORD": PASSWORD}),
    ("USER_SRP_AUTH", {"SRP_A": "ab" * 128}),
    ("USER_AUTH", {"PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD}),
    ("CUSTOM_AUTH", {"CHALLENGE_NAME": "SRP_A", "SRP_A": "ab" * 128}),
]


@pytest.mark.parametrize(("flow", "parameters"), OTHER_FLOWS)
def test_q33_who_signed_up_with_a_password_of_their_own_gets_no_tokens_by_it(
    way_in: Entrance, flow: Any, parameters: dict[str, str]
) -> None:
    address, pool = new_address(), way_in.pool
    pool.client.sign_up(ClientId=pool.client_id, Username=address, Password=PASSWORD)
    with pytest.raises(ClientError) as refused:
        pool.client.initiate_auth(
            ClientId=pool.client_id, AuthFlow=flow, AuthParameters={"USERNAME": address, **parameters}
        )
    assert refused.value.response["Error"]["Code"] in {"InvalidParameterException", "NotAuthorizedException"}
    assert way_in.mailbox.messages(address) == []


@pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\ufeff", "\xad", "\x00", "\u202e"])
def test_an_address_that_only_looks_like_somebodys_cannot_sign_up(way_in: Entrance, hidden: str) -> None:
    address = f"ba{hidden}{new_address()}"
    with pytest.raises(ClientError) as refused:
        way_in.pool.sign_up(address)
    assert refused.value.response["Error"]["Code"] in {"InvalidParameterException", "UserLambdaValidationException"}
    with pytest.raises(ClientError):
        way_in.pool.ask_for_code(address)


def test_nor_can_it_be_had_beside_a_name_of_ones_own(way_in: Entrance) -> None:
    address, pool = new_address(), way_in.pool
    attributes: Any = [{"Name": "phone_number", "Value": "+1555\u200b0101234"}]
    with pytest.raises(ClientError) as refused:
        pool.client.sign_up(ClientId=pool.client_id, Username=address, Password=PASSWORD, UserAttributes=attributes)
    assert refused.value.response["Error"]["Code"] in {"InvalidParameterException", "UserLambdaValidationException"}


def test_somebody_who_never_signed_up_is_sent_nothing(way_in: Entrance) -> None:
    address = new_address()
    with pytest.raises(ClientError) as refused:
        way_in.pool.ask_for_code(address)
    assert refused.value.response["Error"]["Code"] in {"UserNotFoundException", "NotAuthorizedException"}
    assert way_in.mailbox.messages(address) == []
