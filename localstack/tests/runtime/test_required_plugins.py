"""A plugin that cannot be loaded is not passed over."""

from local_cloud.testing import Cloud

LOAD_A_BROKEN_PLUGIN = """
from importlib.metadata import EntryPoint
from local_cloud.plugins.runtime.required_plugins import load
load(EntryPoint("gatekeeper", "local_cloud.no_such_module:open_the_gate", "localstack.hooks.on_infra_start"))
"""
PLUGINS_THAT_START = """
from localstack.runtime import hooks
print(hooks.on_infra_start.manager.load_all_sorted()[0].name)
"""


def test_a_broken_plugin_is_named_in_the_error(cloud: Cloud) -> None:
    failed = cloud.run_in_localstack_environment(LOAD_A_BROKEN_PLUGIN)
    assert failed.returncode != 0
    last_line = failed.stderr.splitlines()[-1]
    assert last_line.startswith("RuntimeError: the plugin gatekeeper cannot be loaded: ModuleNotFoundError")


def test_all_plugins_are_loaded_before_any_other_hook_runs(cloud: Cloud) -> None:
    assert cloud.run_in_localstack_environment(PLUGINS_THAT_START).stdout == "require_every_plugin\n"
