"""Backstage says why: what became of an order, who heard an event, what was asked of the API, and what was not done."""

import re

import boto3
import pytest
from playwright.sync_api import Locator, expect

from simulator.outputs import Outputs
from simulator.probe.eventually import eventually, see
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import People, Person
from tests.integration.dead_letters import Letters
from tests.integration.pages.backstage import Backstage, entry, entry_among_found, look_for
from tests.integration.pages.windows import Window

API = "serverlesspresso-local"


def main(window: Window) -> Locator:
    return window.page.get_by_role("main")


def test_an_order_that_timed_out_does_not_look_like_success_and_says_where_and_why(
    backstage: Backstage, open_shop: OpenShop, customer: Person
) -> None:
    order_id = open_shop(customer_wait_seconds=1).scan(customer)
    window = backstage("#/executions")
    expect(entry(window, order_id)).to_contain_text("Timed out: customer")
    expect(entry(window, order_id).locator(".chip.ready")).to_have_count(0)
    entry(window, order_id).click()
    head = main(window).locator("header").filter(has_text=order_id)
    for words in ("SUCCEEDED", "Timed out: customer", "States.Timeout"):
        expect(head).to_contain_text(words)
    expect(head.locator(".chip.ready")).to_have_count(0)

    head.get_by_role("button", name="Wait for the customer").click()
    details = window.page.get_by_role("complementary", name="Wait for the customer")
    for words in (order_id, "States.Timeout", "TimeoutSecondsPath", "MaxAttempts"):
        expect(details).to_contain_text(words)


def test_executions_are_found_by_order_person_and_number_with_the_failed_first(
    backstage: Backstage, shop: OwnShop, people: People
) -> None:
    one = people.customer()
    made = shop.ordered(one, "Espresso")
    shop.barista.complete(made["orderId"])
    one.cancel(shop.scan(one))
    other = shop.scan(people.customer())
    window = backstage("#/executions")

    found = window.page.get_by_role("list", name="Matching executions").get_by_role("link")
    for person in (one.address, one.user_id):
        look_for(window, person)
        expect(entry_among_found(window, made["orderId"])).to_be_visible()
        expect(found).to_have_count(2)
        expect(found.first).to_contain_text("Cancelled by customer")
        expect(found.last).to_contain_text("Completed")
    look_for(window, other)
    expect(entry_among_found(window, other)).to_contain_text("Customer chooses")
    expect(found).to_have_count(1)
    look_for(window, "Espresso")
    window.page.get_by_role("combobox", name="How the order stands").click()
    window.page.get_by_role("option", name="Completed", exact=True).click()
    expect(entry_among_found(window, made["orderId"])).to_be_visible()
    expect(found.filter(has_text="Cancelled")).to_have_count(0)
    entry_among_found(window, made["orderId"]).click()
    expect(main(window).locator("header").filter(has_text=made["orderId"])).to_contain_text("Completed")


def test_an_event_says_which_rules_matched_who_took_it_and_what_came_of_it(
    backstage: Backstage, shop: OwnShop, customer: Person
) -> None:
    order_id = shop.scan(customer)
    window = backstage(f"#/events?order={order_id}")
    main(window).get_by_role("button", name="Validator.NewOrder", exact=True).click()
    rules = main(window).get_by_role("region", name="Rules of the bus").get_by_role("article")
    started = rules.filter(has_text="serverlesspresso-new-order")
    expect(started).to_contain_text("taken")
    expect(rules.filter(has_text="serverlesspresso-log-everything")).to_contain_text("written")
    journey = rules.filter(has_text="serverlesspresso-record-journey")
    expect(journey).to_contain_text("taken")
    journey.get_by_text("Every event of an order belongs to its journey").click()
    expect(journey.get_by_role("group", name="Pattern")).to_contain_text('"exists": true')

    main(window).get_by_role("button", name="OrderProcessor.WorkflowStarted", exact=True).click()
    expect(started).to_contain_text("Its pattern did not match.")
    expect(started.get_by_role("link")).to_have_count(0)
    expect(journey).to_contain_text("taken")

    journey.get_by_role("link", name="serverlesspresso-local-record_journey").click()
    window.shows("Functions")
    wanted = main(window).locator("details.wanted")
    expect(wanted).to_be_visible()
    expect(wanted).to_contain_text("busEventId")
    window.page.go_back()
    main(window).get_by_role("button", name="Validator.NewOrder", exact=True).click()
    started.get_by_role("link", name="OrderProcessorWorkflow").click()
    expect(main(window).locator("header").filter(has_text=order_id)).to_contain_text("RUNNING")


def test_each_request_of_the_api_shows_its_method_path_status_and_order(
    backstage: Backstage, shop: OwnShop, customer: Person
) -> None:
    window = backstage(f"#/functions/{API}")
    order_id = shop.scan(customer)
    customer.cancel(order_id)
    requests = main(window).locator("details").filter(has_text=order_id)
    for request, status in (("POST /qr-code", "201"), ("PUT /orders/{order_id} cancel", "200")):
        line = requests.filter(has_text=request).first.locator("summary")
        expect(line).to_contain_text(status)
    requests.first.locator("summary").click()
    requests.first.get_by_role("link", name=order_id).click()
    window.shows("Orders")


@pytest.fixture
def letters(aws: boto3.Session, bar: Outputs) -> Letters:
    return Letters.of(aws, bar)


def test_a_dead_letter_is_counted_and_replayed_after_a_question_and_stays_where_that_fails(
    backstage: Backstage, shop: OwnShop, customer: Person, letters: Letters
) -> None:
    window, order_id = backstage("#/dead-letters"), shop.scan(customer)
    window.shows("Dead letters")
    about = main(window).get_by_role("article").filter(has_text=order_id)
    letters.write(order_id)
    expect(about).to_contain_text("Test.Sneezed")
    expect(about).to_contain_text("record_journey gave up at")
    expect(about).to_contain_text("the table was away")
    window.says("make dlq REPLAY=1")
    expect(window.page.get_by_role("navigation").get_by_role("status")).to_contain_text(
        re.compile(r"[1-9]\d* dead letters?")
    )

    again = about.get_by_role("button", name="Do it again", exact=True)
    again.click()
    window.press("Not now")
    expect(about).to_be_visible()
    again.click()
    window.page.get_by_role("alertdialog").get_by_role("button", name="Do it again", exact=True).click()
    window.says("Test.Sneezed: handed over to serverlesspresso-local-record_journey again.")
    expect(about).to_have_count(0)
    eventually(lambda: see("Somebody sneezed." in journey_of(shop, customer, order_id), "the journey does not say so"))

    lost = letters.write(order_id, "serverlesspresso-local-nobody")
    try:
        again.click()
        window.page.get_by_role("alertdialog").get_by_role("button", name="Do it again", exact=True).click()
        window.says("It stays here.")
        expect(about).to_contain_text("nobody gave up at")
    finally:
        eventually(lambda: letters.take_out(lost))
    expect(about).to_have_count(0)


def journey_of(shop: OwnShop, customer: Person, order_id: str) -> str:
    return shop.barista.http.get(customer.journey(order_id)).text
