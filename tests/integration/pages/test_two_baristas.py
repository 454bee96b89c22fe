"""Two baristas at one bar: each sees what the other does, and the bar decides."""

from playwright.sync_api import Route, expect

from simulator.probe.people import People
from tests.integration.pages.counter import Counter, card, column, move


def test_what_one_barista_makes_the_other_sees_and_can_complete_after_a_question(
    counter: Counter, people: People
) -> None:
    counter.shop.ordered(counter.customer)
    one, other = counter.tablet(), counter.tablet(whose=people.barista())
    move(one, 1, "Make")
    expect(card(one, 1)).to_contain_text("You are making it")
    expect(card(other, 1)).to_contain_text("Another barista is making it")
    expect(card(other, 1).get_by_role("button", name="Put back")).to_have_count(0)
    move(other, 1, "Complete")
    other.page.get_by_role("alertdialog").get_by_role("button", name="Complete").click()
    for tablet in (one, other):
        expect(column(tablet, "Pick-up")).to_contain_text("Flat White")


def test_an_order_that_is_put_back_can_be_made_by_the_other(counter: Counter, people: People) -> None:
    counter.shop.ordered(counter.customer)
    one, other = counter.tablet(), counter.tablet(whose=people.barista())
    move(one, 1, "Make")
    move(one, 1, "Put back")
    move(other, 1, "Make")
    expect(card(one, 1)).to_contain_text("Another barista is making it")


def test_q49_a_card_goes_back_when_another_barista_was_faster(counter: Counter, people: People) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    faster, slower = people.barista(), counter.tablet()

    def overtake(route: Route) -> None:
        faster.make(order_id)
        route.continue_()

    expect(column(slower, "Waiting")).to_contain_text("Flat White")
    slower.page.route("**/orders/*action=make*", overtake)
    move(slower, 1, "Make")
    slower.says("Order 1 was not moved.")
    expect(card(slower, 1)).to_contain_text("Another barista is making it")
    assert counter.customer.order(order_id)["baristaUserId"] == faster.user_id


def test_q49_a_card_goes_back_when_the_bar_does_not_answer(counter: Counter) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    tablet = counter.tablet()
    expect(column(tablet, "Waiting")).to_contain_text("Flat White")
    tablet.page.route("**/orders/*action=make*", lambda route: route.abort())
    move(tablet, 1, "Make")
    tablet.says("It is not known whether order 1 was moved.")
    expect(column(tablet, "Waiting")).to_contain_text("Flat White")
    assert counter.customer.order(order_id)["orderState"] == "SUBMITTED"
