"""The local cloud stands alone: it knows nothing of what runs on it, and does not stand in LocalStack's own way."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, Module, files, modules

FOLDER = ROOT / "localstack"

# localstack-core is a namespace package: a root folder of that name merges into it, and whatever has one of these names
# in it shadows LocalStack's own (measured with 2026.3.0).
LOCALSTACKS_OWN = {
    *("aws", "cli", "config", "constants", "deprecations", "dev", "dns", "extensions", "http", "logging", "packages"),
    *("plugins", "runtime", "services", "state", "testing", "utils", "version"),
}
COFFEE = re.compile(
    r"\b(serverlesspresso|baristas?|coffees?|espressos?|lattes?|cappuccinos?|americanos?)\b", re.IGNORECASE
)
# In the package itself not even what any shop has; "in order to" and "the order of" are just English.
ORDERS = re.compile(r"\b(drinks?|QR|order[ _]?(id|number|state|manager|processor)s?)\b|orders?[/_]", re.IGNORECASE)


def test_the_folder_is_no_package() -> None:
    assert not (FOLDER / "__init__.py").exists()


def test_nothing_in_the_folder_has_a_name_of_localstacks_own() -> None:
    entries = {path.name.partition(".")[0] for path in FOLDER.iterdir()}
    assert entries & LOCALSTACKS_OWN == set()


@pytest.mark.parametrize("module", modules("localstack"), ids=str)
def test_it_imports_nothing_of_the_bar(module: Module) -> None:
    roots = {name.partition(".")[0] for name in module.imports}
    assert roots.isdisjoint({"app", "chalicelib", "deployer", "simulator", "workshop"})


def names(folder: Path) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in files() if path.is_relative_to(folder)]


@pytest.mark.parametrize("name", names(FOLDER))
def test_it_does_not_talk_of_coffee(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8", errors="ignore")
    assert [found.group() for found in COFFEE.finditer(text)] == []


@pytest.mark.parametrize("name", names(FOLDER / "local_cloud"))
def test_it_does_not_talk_of_orders(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8", errors="ignore")
    assert [found.group() for found in ORDERS.finditer(text)] == []
