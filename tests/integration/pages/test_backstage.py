"""Backstage shows what happens in the bar while it happens, and what went wrong."""

import json

import boto3
from playwright.sync_api import expect

from simulator.entrance import Entrance
from simulator.outputs import Outputs
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import People, Person
from simulator.sign_in import wait_for_code
from simulator.waiting import submit_when_ready
from tests.integration.pages.backstage import Backstage, edges_taken, entry, state
from tests.integration.pages.counter import new_number

ASK_CUSTOMER = "serverlesspresso-local-ask_customer"


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
