"""Backstage's map is of the bar that runs, and lit by what passes; an order is replayed as it went."""

import pytest
from playwright.sync_api import expect

from simulator.probe.eventually import eventually
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import Person
from tests.integration.pages.backstage import lit, part, state
from tests.integration.pages.windows import Device, Windows

PROJECTOR = Device((1280, 720))
WORKFLOW = "State machine: OrderProcessorWorkflow"
PARTS = (
    "HTTP API: serverlesspresso",
    "Function: serverlesspresso-local",
    "Event bus: Serverlesspresso",
    "Rule: serverlesspresso-new-order",
    WORKFLOW,
    "Function: serverlesspresso-local-ask_customer",
    "Function: serverlesspresso-local-websocket_connect",
    "Table: serverlesspresso-orders",
    "Log group: /aws/events/serverlesspresso",
)


@pytest.mark.parametrize("screen", ["#/map", "#/executions"])
def test_a_picture_is_whole_on_a_projector(windows: Windows, shop: OwnShop, customer: Person, screen: str) -> None:
    customer.cancel(shop.scan(customer))
    window = windows.open("backstage", PROJECTOR, screen=screen)
    boxes = window.page.locator(".vue-flow__node")
    expect(boxes.first).to_be_visible()

    def all_are_within() -> None:
        frame = window.page.locator(".vue-flow").bounding_box()
        assert frame
        for box in boxes.all():
            found = box.bounding_box()
            assert found
            assert found["x"] >= frame["x"]
            assert found["y"] >= frame["y"]
            assert found["x"] + found["width"] <= frame["x"] + frame["width"]
            assert found["y"] + found["height"] <= frame["y"] + frame["height"]

    eventually(all_are_within)


def test_the_map_has_what_runs_and_is_lit_where_an_order_passes(
    windows: Windows, shop: OwnShop, customer: Person
) -> None:
    window = windows.open("backstage", PROJECTOR, screen="#/map")
    for title in PARTS:
        expect(part(window, title)).to_be_visible()
    order_id = shop.scan(customer)
    expect(lit(window, WORKFLOW)).to_be_visible()
    customer.cancel(order_id)
    expect(lit(window, "Rule: serverlesspresso-record-journey")).to_be_visible()
    part(window, "Table: serverlesspresso-orders").click()
    window.shows("Tables")


def test_an_order_is_replayed_from_the_scan_to_its_end_by_the_keyboard(
    windows: Windows, shop: OwnShop, customer: Person
) -> None:
    order_id = shop.scan(customer)
    customer.cancel(order_id)
    window = windows.open("backstage", PROJECTOR, screen=f"#/orders/{order_id}/steps")
    window.says("A QR code was scanned; the API wrote the order down and told the bus.")
    timeline = window.page.get_by_role("slider", name="Time line")

    def goes_to_the_end() -> None:
        timeline.press("End")
        assert window.page.get_by_text("The workflow ends: Order ended.").is_visible()

    eventually(goes_to_the_end)
    window.page.get_by_text("Event and row", exact=True).click()
    window.says("The whole row: nothing was written since.")
    window.page.get_by_text("Workflow", exact=True).click()
    expect(state(window, "Order ended", "done")).to_be_visible()
    window.press("Previous")
    expect(state(window, "Order ended", "done")).to_have_count(0)
