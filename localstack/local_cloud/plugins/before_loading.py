"""Does something right before LocalStack loads one of its services, which is when the service is first called.

At start-up it would be too early: importing a service takes up to seconds. What fails here keeps the service from
loading: LocalStack's plugin loader would otherwise log it and serve the service unchanged.
"""

from collections.abc import Callable
from typing import Any

from localstack.services.plugins import SERVICE_PLUGINS
from plux import PluginException, PluginLifecycleListener


class _Listener(PluginLifecycleListener):  # type: ignore[misc]  # plux has no types
    def __init__(self, service: str, act: Callable[[], None]) -> None:
        self._service = service
        self._act = act

    def on_load_before(self, plugin_spec: Any, plugin: Any, load_args: Any, load_kwargs: Any) -> None:
        if not plugin_spec.name.startswith(f"{self._service}:"):
            return
        try:
            self._act()
        except Exception as error:  # plux passes on its own exception only
            message = f"{self._service} cannot be served: {error}"
            raise PluginException(message, plugin_spec.namespace, plugin_spec.name) from error


def before_loading(service: str, act: Callable[[], None]) -> None:
    """Have `act` called once LocalStack is about to load `service`, such as `lambda`; if it raises, it does not."""
    SERVICE_PLUGINS.plugin_manager.add_listener(_Listener(service, act))
