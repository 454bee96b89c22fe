"""LocalStack leaves out a plugin that cannot be loaded, and says nothing; here it does not start.
Since 0.1.

It would then serve an API whose authorizers let everybody in.
"""

from importlib.metadata import EntryPoint, distribution

from localstack.runtime import hooks


@hooks.on_infra_start(priority=100)  # type: ignore[untyped-decorator]  # LocalStack has no types
def require_every_plugin() -> None:
    """Load each plugin that this package declares, before any of them is used."""
    for entry_point in distribution("local-cloud").entry_points:
        if entry_point.group.startswith("localstack."):
            load(entry_point)


def load(entry_point: EntryPoint) -> None:
    """Import what it names.

    Raises:
        RuntimeError: that fails; with the plugin's name.
    """
    try:
        entry_point.load()
    except Exception as error:
        raise RuntimeError(f"the plugin {entry_point.name} cannot be loaded: {error!r}") from error
