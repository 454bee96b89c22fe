"""The lines that backstage gives for a terminal, run as they stand there, in the shell that they name."""

from playwright.sync_api import Locator, expect

from simulator.outputs import Outputs
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import Person
from tests.integration.look_inside import answer
from tests.integration.pages.backstage import Backstage, entry, state
from tests.integration.pages.windows import Window

SHOW = "Show me the command"
NEXT = "~~~ the next answer ~~~"
PATIENCE_S = 600  # each line starts a program of its own

# What tells that a section's panels are all there; and how many lines they give, beside those of other tests' rules.
SECTIONS = {
    "#/executions/{execution}": ("details", 3),
    "#/events?order={order}": ("rules", 8),
    "#/orders/{order}": ("rules", 9),
    "#/tables/serverlesspresso-orders": ("row", 2),
    "#/functions/serverlesspresso-local": ("log", 2),
    "#/dead-letters": ("heading", 1),
    "#/messages": ("letters", 2),
}


def test_each_line_of_a_panel_answers_in_a_terminal_and_tells_of_what_the_panel_shows(
    backstage: Backstage, bar: Outputs, shop: OwnShop, customer: Person
) -> None:
    order_id = shop.scan(customer)
    window = backstage("#/executions")
    execution = (entry(window, order_id).get_attribute("href") or "").rpartition("/")[2]
    customer.cancel(order_id)
    given: dict[str, list[str]] = {}
    for section, (kind, count) in SECTIONS.items():
        window = backstage(section.format(execution=execution, order=order_id))
        open_all(window, kind)
        given[section] = lines(window.page.get_by_role("main"))
        assert len(given[section]) >= count, section
    said = answers(bar, [line for section in given.values() for line in section])
    # There may be no dead letter, and then SQS says nothing.
    assert [line for line in said if not said[line].strip() and "receive-message" not in line] == []
    for section in (one for one in SECTIONS if "{" in one):
        assert any(order_id in said[line] for line in given[section]), section


def open_all(window: Window, kind: str) -> None:
    """Open what can be opened, and wait for it."""
    main = window.page.get_by_role("main")
    match kind:
        case "details":
            state(window, "Claim the order", "done").click()
            expect(main.get_by_role("complementary")).to_be_visible()
        case "rules":
            main.get_by_role("button", name="Validator.NewOrder", exact=True).click()
            rules = main.get_by_role("region", name="Rules of the bus").get_by_role("article")
            expect(rules.filter(has_text="serverlesspresso-")).to_have_count(5)
        case "row":
            main.locator("tbody").get_by_role("button").first.click()
        case "log":
            main.locator("details").first.wait_for()
        case "letters":
            main.get_by_role("button", name="Copy the code").first.wait_for()
        case _:
            main.get_by_role("button", name=SHOW).wait_for()


def lines(within: Locator) -> list[str]:
    """Every line that is to be had there."""
    hidden = within.locator("button[aria-expanded=false]").and_(within.get_by_role("button", name=SHOW))
    expect(hidden.first).to_be_visible()
    while hidden.count():
        hidden.first.click()
    return within.locator("code.command-line").all_inner_texts()


def answers(bar: Outputs, commands: list[str]) -> dict[str, str]:
    """What each of them answers; what stands in two panels is asked for once."""
    commands = list(dict.fromkeys(commands))
    script = f"\necho '{NEXT}'\n".join(commands)
    return dict(zip(commands, answer(bar, f"set -e\n{script}", PATIENCE_S).split(NEXT), strict=True))
