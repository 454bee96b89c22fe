"""LocalStack's environment gets this package's code and its plugins."""

import subprocess
import sys
from pathlib import Path

from local_cloud import own_package


def test_a_linked_environment_finds_the_plugins_as_declared(tmp_path: Path) -> None:
    own_package.link_into(tmp_path)
    ask = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from importlib.metadata import distribution\n"
        "print(*(f'{p.group} {p.name} {p.value}' for p in distribution('local-cloud').entry_points), sep='\\n')"
    )
    found = subprocess.run([sys.executable, "-I", "-c", ask], capture_output=True, text=True, check=True)
    declared = {
        f"{g} {name} {value}" for g, plugins in own_package.entry_points().items() for name, value in plugins.items()
    }
    assert set(found.stdout.splitlines()) == declared


def test_the_module_of_every_plugin_exists() -> None:
    for plugins in own_package.entry_points().values():
        for value in plugins.values():
            module = value.partition(":")[0].replace(".", "/")
            assert (own_package.FOLDER.parent / f"{module}.py").exists(), value
