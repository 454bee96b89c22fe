"""Where LocalStack finds this plugin. Imports no more than it must, because it runs at every start."""

from typing import Any

from localstack.runtime import hooks
from localstack.services.plugins import SERVICE_PLUGINS
from plux import PluginException, PluginLifecycleListener


class ExtendApiGateway(PluginLifecycleListener):  # type: ignore[misc]  # plux has no types
    """Puts authorizers into API Gateway right before LocalStack loads it: when it is first called."""

    def on_load_before(self, plugin_spec: Any, plugin: Any, load_args: Any, load_kwargs: Any) -> None:
        """Install, or keep API Gateway from loading: without authorizers its routes are open to anybody."""
        if not plugin_spec.name.startswith("apigateway:"):
            return
        try:
            from local_cloud.plugins.apigateway.authorizers import gateway  # noqa: PLC0415  # takes seconds

            gateway.install()
        except Exception as error:
            raise PluginException(f"API Gateway would not enforce its authorizers: {error}") from error


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def enforce_authorizers() -> None:
    """LocalStack's hook: make API Gateway enforce the authorizers of REST APIs."""
    SERVICE_PLUGINS.plugin_manager.add_listener(ExtendApiGateway())
