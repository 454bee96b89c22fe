"""The windows themselves: a page that asks another machine for something, or that breaks, is found out."""

from tests.integration.pages.windows import PHONE, Windows


def test_what_a_page_asks_of_another_machine_is_noticed_and_does_not_get_there(windows: Windows) -> None:
    window = windows.open("order", PHONE)
    answered = window.page.evaluate("fetch('https://example.com/').then(() => true, () => false)")
    assert not answered
    assert windows.faults == ["leaves the bar: https://example.com/"]
    windows.faults.clear()


def test_a_page_that_breaks_is_noticed(windows: Windows) -> None:
    window = windows.open("order", PHONE)
    with window.page.expect_event("pageerror"):
        window.page.evaluate("setTimeout(() => { throw new Error('broken') })")
    assert windows.faults == ["error: broken"]
    windows.faults.clear()
