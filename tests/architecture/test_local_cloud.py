"""The local cloud stands alone: it knows nothing of what runs on it, and does not stand in LocalStack's own way."""

import re
from pathlib import Path

from tests.architecture.source import ROOT, Module, files, offenders, programs

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


def test_it_imports_nothing_of_the_bar() -> None:
    bar = {"app", *programs()}

    def known(module: Module) -> set[str]:
        return bar & {name.partition(".")[0] for name in module.imports}

    assert offenders(known, "localstack") == {}


def spoken(words: re.Pattern[str], folder: Path) -> dict[str, list[str]]:
    texts = {path: path.read_text(encoding="utf-8", errors="ignore") for path in files() if folder in path.parents}
    found = {str(path): [word.group() for word in words.finditer(text)] for path, text in texts.items()}
    return {name: said for name, said in found.items() if said}


def test_it_does_not_talk_of_coffee() -> None:
    assert spoken(COFFEE, FOLDER) == {}


def test_the_package_does_not_talk_of_orders_either() -> None:
    assert spoken(ORDERS, FOLDER / "local_cloud") == {}
