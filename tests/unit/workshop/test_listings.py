"""What the workshop's pages show is what its solutions say, and they name what there is."""

import re
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


def test_what_a_teacher_is_told_that_machines_say_is_what_they_say() -> None:
    page = (PAGES / "teaching.md").read_text()
    table = page.partition("| `make local` or `make doctor` says |")[2].partition("\n\n")[0]
    quotes = [quote for row in table.splitlines()[2:] for quote in re.findall("`(.+?)`", row.split("|")[1])]
    speakers = (ROOT / name for name in ("tools/environment", "tools/port", "workshop/doctor.py"))
    said = "".join(speaker.read_text() for speaker in speakers)
    assert quotes
    assert [quote for quote in quotes if quote not in said] == []


@pytest.mark.parametrize(
    "listing",
    ["<!-- rule: 2-1 nobody -->\n```json\n```\n", "<!-- javascript: 4-1 pages/mine/mine.js nobody -->\n```js\n```\n"],
)
def test_a_listing_that_no_step_has_is_no_listing(listing: str) -> None:
    with pytest.raises(LookupError):
        filled(listing)
