"""LocalStack loads a service at the first call to it; here those that LOCAL_CLOUD_SERVICES names at the start.
Since 0.1.

Where a tool begins by asking many services at once, their
imports fight for Python's lock, and take longer than one after the other.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from localstack.runtime import hooks

VARIABLE = "LOCAL_CLOUD_SERVICES"


@hooks.on_infra_start(priority=-100)  # type: ignore[untyped-decorator]  # after all who change a service before it loads
def load_named_services() -> None:
    """LocalStack's hook: have them ready before the first call."""
    from localstack.services.plugins import SERVICE_PLUGINS  # noqa: PLC0415  # takes seconds

    names = list(named(os.environ.get(VARIABLE, "")))
    if unknown := [name for name in names if not SERVICE_PLUGINS.exists(name)]:
        raise RuntimeError(f"{VARIABLE} names what LocalStack does not have: {', '.join(unknown)}")
    with ThreadPoolExecutor() as starting:  # whoever waits for a process of its own keeps nobody from being imported
        begun = []
        for name in names:
            SERVICE_PLUGINS.get_service_container(name)
            begun.append(starting.submit(SERVICE_PLUGINS.require, name))
    for service in begun:
        service.result()


def named(services: str) -> Iterator[str]:
    """The names in a comma-separated list."""
    return filter(None, map(str.strip, services.split(",")))
