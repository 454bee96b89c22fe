"""What a saved file belongs to, and that only what stands in the bar counts."""

from pathlib import Path

import pytest

from deployer.desired import STAGES
from deployer.overlay import RULES, WORKFLOW, Overlay, overlay_of
from deployer.place import Place
from deployer.project import LOCAL, read_project
from deployer.resources.chalice_app import ChaliceApp
from deployer.watching.parts import KINDS, Layout, Part
from tests.architecture.source import ROOT

FINISHED = Layout(ROOT, Overlay(), [ROOT])


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("statemachine/order_processor.asl.json", Part.WORKFLOW),
        ("statemachine/rules.json", Part.RULES),
        ("app.py", Part.CODE),
        ("chalicelib/orders/model.py", Part.CODE),
        ("chalicelib/journeys/page.html.jinja", Part.CODE),
        (".chalice/config.json", Part.CODE),
        (".chalice/policy-ask_customer.json", Part.CODE),
        ("requirements.txt", Part.CODE),
        ("frontend/src/order/main.ts", Part.PAGE_SOURCES),
        (".local/pages-built", Part.PAGES),
        (".local/outputs.json", None),
        (".chalice/deployed/local.json", None),
        ("frontend/dist/index.html", None),
        ("chalicelib/orders/.model.py.swp", None),
        ("deployer/cli.py", None),
        ("README.md", None),
    ],
)
def test_a_file_belongs_to_one_part_of_the_bar_or_to_none(name: str, part: Part | None) -> None:
    assert FINISHED.part_of(ROOT / name) is part


def test_what_another_file_stands_instead_of_does_not_count(tmp_path: Path) -> None:
    overlay = overlay_of(tmp_path)
    (tmp_path / WORKFLOW).touch()
    layout = Layout(ROOT, overlay, [ROOT])
    assert layout.part_of(ROOT / "statemachine" / "order_processor.asl.json") is None
    assert layout.part_of(tmp_path.resolve() / WORKFLOW) is Part.WORKFLOW
    assert layout.part_of(ROOT / "statemachine" / "rules.json") is Part.RULES
    (tmp_path / RULES).touch()  # from now on it stands instead
    assert layout.part_of(ROOT / "statemachine" / "rules.json") is None
    (tmp_path / RULES).unlink()  # and makes way again
    assert layout.part_of(tmp_path.resolve() / RULES) is Part.RULES


def test_files_beside_the_pages_are_pages(tmp_path: Path) -> None:
    layout = Layout(ROOT, overlay_of(tmp_path), [ROOT])
    assert layout.part_of(tmp_path.resolve() / "pages" / "mine" / "index.html") is Part.PAGES
    assert layout.part_of(tmp_path.resolve() / "notes.html") is None


def test_each_project_of_chalices_counts(tmp_path: Path) -> None:
    layout = Layout(ROOT, Overlay(), [ROOT, tmp_path])
    assert layout.part_of(tmp_path / "chalicelib" / "card.py") is Part.CODE
    assert layout.part_of(tmp_path / "README.md") is None


def test_every_kind_that_a_file_decides_is_one_that_the_bar_has() -> None:
    project = read_project(ROOT, LOCAL)
    wanted = {type(one) for stage in STAGES.values() for one in stage(project, Place("0" * 12, "us-east-1"), "")}
    kinds = frozenset().union(*(of_part for part, of_part in KINDS.items() if part is not Part.PAGES))
    assert kinds <= wanted
    assert ChaliceApp not in kinds  # what takes long is not done for a workflow
