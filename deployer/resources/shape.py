"""Settings of which AWS gives back more than it was told. Pure.

CloudFront fills in what was left out, and wants all of it back when a part is changed ("UpdateDistribution").
"""

from collections.abc import Mapping, Sequence
from typing import Any


def like(actual: Any, wanted: Any) -> Any:
    """The actual settings, as far as something is wanted of them."""
    match wanted, actual:
        case Mapping(), Mapping():
            return {name: like(actual.get(name), value) for name, value in wanted.items()}
        case list(), list() if len(wanted) == len(actual):
            return [like(one, other) for one, other in zip(actual, wanted, strict=True)]
    return actual


def merged(actual: Any, wanted: Any) -> Any:
    """The wanted settings, with all that nobody wants otherwise as it is."""
    match wanted, actual:
        case Mapping(), Mapping():
            return {**actual, **{name: merged(actual.get(name), value) for name, value in wanted.items()}}
        case list(), list() if len(wanted) == len(actual):
            return [merged(one, other) for one, other in zip(actual, wanted, strict=True)]
    return wanted


def counted(items: Sequence[Any]) -> dict[str, Any]:
    """A list as CloudFront wants it."""
    return {"Quantity": len(items), "Items": list(items)}
