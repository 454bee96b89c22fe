"""The text as pages: whole, in each language, and reading it asks nobody for anything."""

import re
import subprocess
from pathlib import Path

import pytest

from deployer.overlay import WORKFLOW
from tests.support.built_text import LANGUAGES, ROOT, built_text
from workshop.listings import PAGES
from workshop.modules import Module, modules

FROM_ELSEWHERE = r"(?:https?:)?//"
ASSETS = re.compile(
    rf"<(?:script|img|iframe|source|link)\b[^>]*\b(?:src|href)=[\"']{FROM_ELSEWHERE}[^>]*>", re.IGNORECASE
)
HEADING = re.compile(r"<h[12]>(.*?)<a ")
STYLE = re.compile(rf"(?:url\(|@import)\s*[\"']?{FROM_ELSEWHERE}[^)\s]*")


@pytest.fixture(scope="module")
def text() -> Path:
    return built_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_there_in_each_language(text: Path, language: str) -> None:
    names = {path.stem for path in PAGES.glob("*.md")}
    assert names <= {path.stem for path in (text / language).glob("*.html")}


def test_no_page_takes_anything_from_the_network(text: Path) -> None:
    pages, styles = list(text.rglob("*.html")), list(text.rglob("*.css"))
    assert pages
    assert styles
    assert [found for page in pages for found in ASSETS.findall(page.read_text())] == []
    assert [found for style in styles for found in STYLE.findall(style.read_text())] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("one", modules(), ids=lambda one: one.name)
def test_each_step_can_be_found_by_its_name_in_each_language(text: Path, language: str, one: Module) -> None:
    page = (text / language / f"{one.name}.html").read_text()
    marks = [f'class="step-{step.name}"' for step in one.steps]
    assert [mark for mark in marks if page.count(mark) != 1] == []


@pytest.mark.parametrize("name", ["README", "0", "1a", "1b", "2", "3", "4", "5a", "5b", "5c", "6", "sphinx"])
def test_the_modules_and_the_first_page_are_in_spanish(name: str) -> None:
    assert (ROOT / f"workshop/text/locale/es/LC_MESSAGES/{name}.po").exists()


@pytest.mark.parametrize("page", ["README", "0", "1a", "1b", "2", "3", "4", "5a", "5b", "5c", "6"])
def test_a_translated_page_has_translated_headings(text: Path, page: str) -> None:
    """One that begins with a number and a full stop is taken for a list, unless the full stop is escaped."""
    english, spanish = (set(HEADING.findall((text / one / f"{page}.html").read_text())) for one in LANGUAGES)
    assert english & spanish == set()


def test_of_what_is_translated_no_message_is_left_out_or_guessed(text: Path) -> None:
    assert text.exists()
    done = subprocess.run([ROOT / "tools" / "text", "untranslated"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "Every message is translated\n"), "make translations, then translate"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_of_a_workflow_is_drawn_in_the_colour_of_the_page(text: Path, language: str) -> None:
    for one in modules():
        page = (text / language / f"{one.name}.html").read_text()
        steps = len(one.steps) if one.file == WORKFLOW else 0
        assert page.count('<svg class="drawing" role="img" aria-label="') == steps
        assert "<style>svg" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_itself_in_the_other_language(text: Path, language: str) -> None:
    (other,) = set(LANGUAGES) - {language}
    for page in (text / language).glob("*.html"):
        assert f'<a href="../{other}/{page.name}" lang="{other}"' in page.read_text()
