"""What the workshop's pages show is what its solutions say, and they name what there is."""

from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from workshop.listings import PAGES, filled
from workshop.modules import Module, modules


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.name)
def test_the_listings_of_a_page_are_up_to_date(page: Path) -> None:
    text = page.read_text()
    assert filled(text) == text, "write them anew: python -m workshop.listings"


@pytest.mark.parametrize("one", modules(), ids=lambda one: one.name)
def test_each_module_has_a_page_with_its_steps_and_its_time(one: Module) -> None:
    text = (ROOT / one.page).read_text()
    assert f"# {one.name}. {one.title}" in text
    assert text.count("\n## Step ") == len(one.steps)
    assert f"| [{one.name}]({one.name}.md) |" in (PAGES / "README.md").read_text()
    assert f"| {one.minutes} |" in (PAGES / "README.md").read_text()


def test_a_listing_that_no_step_has_is_no_listing() -> None:
    with pytest.raises(LookupError):
        filled("<!-- rule: 2-1 nobody -->\n```json\n```\n")
