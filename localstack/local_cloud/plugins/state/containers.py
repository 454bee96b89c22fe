"""The things in which a service keeps its state: what is in one, and how that comes into the same one of a new process.

Must not know files.
"""

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any

_UNVISITED = {"ses": ("localstack.services.ses.provider", "EMAILS")}
"""Mappings of LocalStack's that it shows no visitor, by service: their modules and names."""
_OF_SERVICES: dict[str, dict[str, MutableMapping[Any, Any]]] = {}


def remember(service: str, name: str, mapping: MutableMapping[Any, Any]) -> None:
    """Keep what is in a mapping of ours together with the state of `service`, which LocalStack does not know of."""
    _OF_SERVICES.setdefault(service, {})[name] = mapping


class _Collector:
    """LocalStack's visitor: notes what it is shown."""

    def __init__(self) -> None:
        self.found: list[Any] = []

    def visit(self, container: Any) -> None:
        """Note a container, which may be a folder of assets."""
        self.found.append(container)


def containers_of(service: Any) -> Iterator[tuple[str, Any]]:
    """Give what holds the state of a service of LocalStack's, each with a name that no other of the service has.

    Folders are left out: whoever writes there keeps them.
    """
    from localstack.state.core import AssetDirectory  # noqa: PLC0415

    collector = _Collector()
    service.accept_state_visitor(collector)
    for container in collector.found:
        if not isinstance(container, AssetDirectory):
            yield f"{type(container).__name__}:{container.service_name}", container
    if place := _UNVISITED.get(service.name()):
        yield place[1], getattr(import_module(place[0]), place[1])
    yield from _OF_SERVICES.get(service.name(), {}).items()


def contents(container: Any) -> Any:
    """Return what is in a container; shared with it, so that it has to be written at once."""
    if _is_of_moto(container):
        return {account: dict(regions) for account, regions in list(container.items())}
    if _is_of_localstack(container):
        return {
            account: {region: dict(vars(store)) for region, store in list(regions.items())}
            for account, regions in list(container.items())
        }
    return dict(container)


def refill(container: Any, found: Any) -> None:
    """Put into a container what was in that of an earlier process."""
    if _is_of_moto(container):
        for account, regions in found.items():
            for region, backend in regions.items():
                container[account][region] = backend
    elif _is_of_localstack(container):
        for account, regions in found.items():
            for region, attributes in regions.items():
                _refill_store(container[account][region], attributes)
    else:
        container.update(found)


def _refill_store(store: Any, attributes: dict[str, Any]) -> None:
    """Keep the two dictionaries that a store shares with those of other regions and accounts, and fill them."""
    for name, value in attributes.items():
        if name in ("_global", "_universal"):
            getattr(store, name).update(value)
        else:
            setattr(store, name, value)


def _is_of_moto(container: Any) -> bool:
    from moto.core.base_backend import BackendDict  # noqa: PLC0415

    return isinstance(container, BackendDict)


def _is_of_localstack(container: Any) -> bool:
    from localstack.services.stores import AccountRegionBundle  # noqa: PLC0415

    return isinstance(container, AccountRegionBundle)
