"""Settings come whole or not at all."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from chalicelib.settings import Settings, from_environment

CONFIG = json.loads((Path(__file__).parents[2] / ".chalice" / "config.json").read_text())


def test_q42_the_stages_configuration_holds_every_setting_and_nothing_else() -> None:
    assert set(CONFIG["environment_variables"]) == {field.name.upper() for field in fields(Settings)}


def test_settings_are_read_by_name() -> None:
    settings = from_environment(CONFIG["environment_variables"])
    assert settings.event_bus_name == "Serverlesspresso"


def test_q42_every_missing_name_is_told_at_once() -> None:
    environment = {**CONFIG["environment_variables"], "ORDERS_TABLE": ""}
    del environment["SHOPS_TABLE"]
    with pytest.raises(LookupError) as missing:
        from_environment(environment)
    assert str(missing.value) == "environment variables not set: SHOPS_TABLE, ORDERS_TABLE (see .chalice/config.json)"


def test_without_any_setting_all_are_told() -> None:
    with pytest.raises(LookupError) as missing:
        from_environment({})
    assert all(field.name.upper() in str(missing.value) for field in fields(Settings))
