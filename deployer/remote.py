"""Reads what exists, many resources at a time. Changes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from deployer.aws_problems import explained
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Found, Resource

type Adapters = Mapping[type[Resource], Adapter[Any]]

AT_ONCE = 32  # a service that is slow to wake up must not keep the others waiting


def read(adapters: Adapters, wanted: Sequence[Resource]) -> list[Found]:
    """Each wanted resource as it is.

    Raises:
        Problem: AWS refuses to tell, or cannot be reached.
    """
    return _of_each(wanted, lambda one: Found(one, adapters[type(one)].read(one)))


def remains(adapters: Adapters, unwanted: Sequence[Resource]) -> list[tuple[Resource, Sequence[str]]]:
    """Each resource with what is left of it, in words.

    Raises:
        Problem: AWS refuses to tell, or cannot be reached.
    """
    return _of_each(unwanted, lambda one: (one, adapters[type(one)].remains(one)))


def left_over(adapters: Adapters, once: Sequence[Resource]) -> list[Resource]:
    """Those of which something is left; nothing is where we may not even look, since then we made none.

    Args:
        adapters: who asks AWS.
        once: what nobody wants, and somebody may have wanted once.

    Raises:
        Problem: AWS cannot be reached.
    """

    def is_left(one: Resource) -> bool:
        with passing("AccessDenied"):
            return bool(adapters[type(one)].remains(one))
        return False

    return [one for one, left in zip(once, _of_each(once, is_left), strict=True) if left]


def strays(adapters: Adapters, wanted: Iterable[Resource]) -> list[Resource]:
    """What is ours and not wanted any more, in the order of the kinds that are wanted.

    Raises:
        Problem: AWS refuses to tell, or cannot be reached.
    """
    by_kind: dict[type[Resource], list[Resource]] = {}
    for one in wanted:
        by_kind.setdefault(type(one), []).append(one)
    found = _of_each(list(by_kind.values()), lambda of_kind: adapters[type(of_kind[0])].strays(of_kind))
    return [stray for of_kind in found for stray in of_kind]


def _of_each[T, Answer](things: Sequence[T], ask: Callable[[T], Answer]) -> list[Answer]:
    def answer(thing: T) -> Answer:
        try:
            return ask(thing)
        except Exception as error:
            raise explained(error, "looking at what exists") from error

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(answer, things))
