"""LocalStack holds AWS's fourteen hundred managed policies twice, and their text; here once they are asked for.
Since 0.2.

LocalStack's IAM makes them all at its start, for whoever attaches or lists one. moto's, which LocalStack has for other
services to look into, makes them as well, of a text that is a module of its own; nobody gets to see those.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import ModuleType
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

MOTOS, TEXT = "moto.iam.aws_managed_policies", "aws_managed_policies_data"


class BuiltWhenAsked(Mapping[str, Any]):
    """A mapping that is built when it is first looked into."""

    def __init__(self, build: Callable[[], Mapping[str, Any]]) -> None:
        self._build = build

    @cached_property
    def _built(self) -> Mapping[str, Any]:
        return self._build()

    def __getitem__(self, key: str) -> Any:
        return self._built[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._built)

    def __len__(self) -> int:
        return len(self._built)


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def build_managed_policies_when_asked() -> None:
    """LocalStack's hook: for its own IAM and moto's, whichever service brings that along."""
    provider = "localstack.services.iam.provider:IamProvider"
    replace(provider, "_build_aws_managed_policy_cache", _later, why="speed", upstream="05be2cb4ec26", before="iam")
    if MOTOS not in sys.modules:
        none = ModuleType(MOTOS)
        setattr(none, TEXT, "{}")
        sys.modules[MOTOS] = none


def _later(build: Callable[[Any], dict[str, Any]]) -> Callable[[Any], BuiltWhenAsked]:
    return lambda provider: BuiltWhenAsked(lambda: build(provider))
