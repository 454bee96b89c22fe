"""Backstage shows what happens in the bar while it happens, and what went wrong."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import boto3
import pytest
from playwright.sync_api import expect

from deployer.dead_letters import QUEUE
from simulator.entrance import Entrance
from simulator.outputs import Outputs
from simulator.probe.eventually import eventually
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import People, Person
from simulator.sign_in import wait_for_code
from simulator.waiting import submit_when_ready
from tests.integration.pages.backstage import edges_taken, entry, state
from tests.integration.pages.counter import new_number
from tests.integration.pages.windows import DESKTOP, Window, Windows
from tests.support.recorded import envelope

ASK_CUSTOMER = "serverlesspresso-local-ask_customer"
RECORD_JOURNEY = "arn:aws:lambda:us-east-1:000000000000:function:serverlesspresso-local-record_journey"

type Backstage = Callable[[str], Window]
type GivenUp = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def backstage(windows: Windows) -> Backstage:
    """Opens the page at a section, which is an address from the `#` on."""
    return lambda screen: windows.open("backstage", DESKTOP, screen=screen)


@pytest.fixture
def given_up(aws: boto3.Session, bar: Outputs) -> GivenUp:
    """Puts the letter that Lambda writes when `record_journey` has failed into the queue, and takes it out again."""
    sqs = aws.client("sqs", endpoint_url=bar.endpoint_url)
    url = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]

    def take_out(message_id: str) -> None:
        # Nobody else is kept from the letters meanwhile.
        found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0).get("Messages", [])
        ours = [one["ReceiptHandle"] for one in found if one["MessageId"] == message_id]
        assert ours, "somebody else looks at the letter just now"
        sqs.delete_message(QueueUrl=url, ReceiptHandle=ours[0])

    @contextmanager
    def in_the_queue(order_id: str) -> Iterator[None]:
        letter = {
            "requestContext": {"functionArn": f"{RECORD_JOURNEY}:$LATEST", "condition": "RetriesExhausted"},
            "requestPayload": envelope("Test.Sneezed", {"orderId": order_id, "Message": "Somebody sneezed."}),
            "responsePayload": {"errorMessage": "the table was away", "errorType": "Error"},
        }
        message_id = sqs.send_message(QueueUrl=url, MessageBody=json.dumps(letter))["MessageId"]
        try:
            yield
        finally:
            eventually(lambda: take_out(message_id))

    return in_the_queue


def test_the_way_of_an_order_is_lit_while_the_order_goes_it(
    backstage: Backstage, shop: OwnShop, customer: Person
) -> None:
    window = backstage("#/executions")
    order_id = shop.scan(customer)
    entry(window, order_id).click()
    expect(state(window, "Wait for the customer", "running")).to_be_visible()
    expect(state(window, "Wait for the barista", "done")).to_have_count(0)

    submit_when_ready(customer, order_id, "Flat White")
    expect(state(window, "Wait for the customer", "done")).to_be_visible()
    expect(state(window, "Wait for the barista", "running")).to_be_visible()
    expect(entry(window, order_id)).to_contain_text("RUNNING")
    lit = edges_taken(window).count()

    shop.barista.complete(order_id)
    for name in ("Wait for the barista", "Finish the order"):
        expect(state(window, name, "done")).to_be_visible()
    expect(entry(window, order_id)).to_contain_text("SUCCEEDED")
    expect(state(window, "Something broke", "done")).to_have_count(0)
    assert edges_taken(window).count() > lit > 0


def test_an_event_comes_into_an_open_stream_and_the_filters_narrow_it(
    backstage: Backstage, shop: OwnShop, people: People
) -> None:
    window = backstage("#/events")
    one, other = people.customer(), people.customer()
    order_id, others_id = shop.scan(one), shop.scan(other)
    rows = window.page.get_by_role("main").locator("tbody").get_by_role("row")
    for scanned in (order_id, others_id):
        expect(rows.filter(has_text=scanned).filter(has_text="Validator.NewOrder")).to_be_visible()

    window.page.get_by_role("textbox", name="Order", exact=True).fill(order_id)
    expect(rows.filter(has_text=others_id)).to_have_count(0)
    expect(rows.filter(has_text="OrderManager.OrderCancelled")).to_have_count(0)
    other.cancel(others_id)
    one.cancel(order_id)
    cancelled = rows.filter(has_text="OrderManager.OrderCancelled")
    expect(cancelled).to_have_count(1)
    expect(cancelled).to_contain_text(order_id)

    window.page.get_by_role("combobox", name="Detail type", exact=True).click()
    window.page.get_by_role("option", name="OrderManager.OrderCancelled", exact=True).click()
    expect(rows).to_have_count(1)
    expect(cancelled).to_be_visible()
    window.page.get_by_role("textbox", name="Text", exact=True).fill("no event says this")
    window.says("No such event in the last hour")


def test_a_failed_invocation_is_among_only_errors_with_what_it_said(
    backstage: Backstage, shop: OwnShop, customer: Person, aws: boto3.Session, bar: Outputs
) -> None:
    ended = shop.scan(customer)
    customer.cancel(ended)
    window = backstage(f"#/functions/{ASK_CUSTOMER}")
    # Only the workflow calls it so, and only for an order that goes on.
    call = json.dumps({"orderId": ended, "taskToken": "nobody's"})
    answer = aws.client("lambda", endpoint_url=bar.endpoint_url).invoke(FunctionName=ASK_CUSTOMER, Payload=call)
    assert answer["FunctionError"] == "Unhandled"

    invocations = window.page.get_by_role("main").locator("details")
    # The workflow's own call may have come after the customer's, and has then failed the same way.
    failed = invocations.filter(has_text=ended).filter(has_text="OrderEnded: Cancelled by customer").first
    expect(failed).to_be_visible()
    window.page.get_by_role("checkbox", name="Only errors").check()
    expect(failed).to_contain_text("[ERROR]")
    expect(invocations.filter(has_not_text="Error")).to_have_count(0)


def test_a_code_that_went_out_as_a_text_message_can_be_read_under_messages(
    backstage: Backstage, way_in: Entrance
) -> None:
    window, number = backstage("#/messages"), new_number()
    window.shows("Messages")
    way_in.pool.sign_up(number)
    way_in.pool.ask_for_code(number)
    message = window.page.get_by_role("listitem").filter(has_text=number)
    expect(message).to_contain_text(wait_for_code(way_in.mailbox, number, set()))
    expect(message.get_by_role("button", name="Copy the code")).to_be_visible()


def test_a_dead_letter_is_shown_until_it_is_taken_out(
    backstage: Backstage, shop: OwnShop, customer: Person, given_up: GivenUp
) -> None:
    window, order_id = backstage("#/dead-letters"), shop.scan(customer)
    window.shows("Dead letters")
    letter = window.page.get_by_role("article").filter(has_text=order_id)
    with given_up(order_id):
        expect(letter).to_contain_text("Test.Sneezed")
        expect(letter).to_contain_text("record_journey gave up at")
        expect(letter).to_contain_text("the table was away")
        window.says("make dlq REPLAY=1")
    expect(letter).to_have_count(0)
