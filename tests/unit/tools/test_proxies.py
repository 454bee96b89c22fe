"""A proxy that the machine has for the world is not asked for what runs on the machine."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("verb", ["order", "local", "check", "test-bar"])
@pytest.mark.parametrize(("given", "wanted"), [({}, ""), ({"NO_PROXY": "example.org,.lan"}, ",example.org,.lan")])
def test_a_verb_of_the_local_cloud_asks_no_proxy_for_it(verb: str, given: dict[str, str], wanted: str) -> None:
    others = {name: value for name, value in os.environ.items() if name.lower() != "no_proxy"}
    shown = subprocess.run(
        ["make", "--dry-run", verb], cwd=ROOT, env=others | given, capture_output=True, text=True, check=True
    ).stdout
    for name in ("NO_PROXY", "no_proxy"):
        assert f'{name}="127.0.0.1,localhost{wanted}"' in shown
