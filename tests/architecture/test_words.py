"""Words that belong to one place only."""

import re

import pytest

from tests.architecture.source import Module, files, modules

DETAIL_TYPE = re.compile(r"(Validator|OrderProcessor|OrderManager|ConfigService|ProducerRobot|OrderRobot)\.\w*")
SOURCE = "awsserverlessda"


@pytest.mark.parametrize("module", modules("app.py", "chalicelib", "deployer", "simulator"), ids=str)
def test_only_events_spells_the_source_and_the_detail_types(module: Module) -> None:
    if module.name != "chalicelib.events":
        spelled = [text for text in module.texts if SOURCE in text or DETAIL_TYPE.fullmatch(text)]
        assert spelled == []


def test_events_spells_them() -> None:
    (events,) = [module for module in modules("chalicelib") if module.name == "chalicelib.events"]
    assert any(SOURCE in text for text in events.texts)
    assert any(DETAIL_TYPE.fullmatch(text) for text in events.texts)


# In pieces, so that this file does not name them itself.
REGISTRIES = re.compile(
    "|".join(re.escape(name) for name in ("registry." + "npmjs", "pypi." + "org", "files.python" + "hosted"))
)


def test_no_file_names_a_package_registrys_host() -> None:
    named = [str(path) for path in files() if REGISTRIES.search(path.read_text(encoding="utf-8", errors="ignore"))]
    assert named == []


@pytest.mark.parametrize("module", modules("app.py", "chalicelib", "deployer", "simulator", "localstack"), ids=str)
def test_nothing_is_left_for_later(module: Module) -> None:
    assert re.findall(r"\b(?:TODO|FIXME|XXX|HACK)\b", module.text) == []
