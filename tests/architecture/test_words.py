"""Words that belong to one place only."""

import re

from tests.architecture.source import Module, files, offenders, programs

DETAIL_TYPE = re.compile(r"(Validator|OrderProcessor|OrderManager|ConfigService|ProducerRobot|OrderRobot)\.\w*")
SOURCE = "awsserverlessda"
EVENTS = "chalicelib/events.py"
CODE = ("app.py", *programs())
BESIDE = "workshop/microservices/"  # projects that share no code with the bar: each spells what it hears


def test_only_events_spells_the_source_and_the_detail_types() -> None:
    def spelled(module: Module) -> list[str]:
        return [text for text in module.texts if SOURCE in text or DETAIL_TYPE.fullmatch(text)]

    assert {path for path in offenders(spelled, *CODE) if not path.startswith(BESIDE)} == {EVENTS}


# In pieces, so that this file does not name them itself.
HOSTS = ("registry." + "npmjs", "pypi." + "org", "files.python" + "hosted")


def test_no_file_names_a_package_registrys_host() -> None:
    texts = {path: path.read_text(encoding="utf-8", errors="ignore") for path in files()}
    assert [str(path) for path, text in texts.items() if any(host in text for host in HOSTS)] == []


def test_nothing_is_left_for_later() -> None:
    def notes(module: Module) -> list[str]:
        return re.findall(r"\b(?:TODO|FIXME|XXX|HACK)\b", module.text)

    assert offenders(notes, *CODE, "localstack") == {}
