"""Changes one of LocalStack's services right before LocalStack loads it, which is when it is first called.

At start-up it would be too early: importing a service takes up to seconds.
"""

from collections.abc import Callable
from typing import Any

from localstack.services.plugins import SERVICE_PLUGINS
from plux import PluginLifecycleListener


class _Installer(PluginLifecycleListener):  # type: ignore[misc]  # plux has no types
    def __init__(self, service: str, install: Callable[[], None]) -> None:
        self._service = service
        self._install = install

    def on_load_before(self, plugin_spec: Any, plugin: Any, load_args: Any, load_kwargs: Any) -> None:
        if plugin_spec.name.startswith(f"{self._service}:"):
            self._install()


def before_loading(service: str, install: Callable[[], None]) -> None:
    """Have `install` called once LocalStack is about to load `service`, such as `lambda`."""
    SERVICE_PLUGINS.plugin_manager.add_listener(_Installer(service, install))
