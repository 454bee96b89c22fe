"""The one seam through which plugins replace attributes of LocalStack and moto: by name, loudly, and on a list.

A name that upstream has renamed or removed stops the start (or the service, where that is loaded later) with the
patch's name, since a cloud without its patches would let callers in, lose events, or be slow, and say nothing. The list
is what `local-cloud status`, the table in the README and the tests know of patches. It must not decide what to replace:
each plugin does that.
"""

import hashlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

type Why = Literal["capability", "parity", "safety", "speed"]
"""What a patch is for: something LocalStack lacks, answers as AWS gives them, harm kept out, or time and memory."""

PLUGINS = f"{__package__}."


class PatchError(Exception):
    """A patch cannot be applied; the text names it, its target, and what is wrong."""


@dataclass(eq=False)
class Replacement:
    """One attribute that is, or once its service is loaded will be, another than upstream wrote it.

    Attributes:
        owner: where it is, as `package.module` or `package.module:Class`.
        attribute: its name there.
        wrap: makes the new value of the present one.
        why: see `Why`.
        upstream: the fingerprint of the source that `wrap` was written against.
        before: the service before whose loading it is replaced; None for the start.
    """

    owner: str
    attribute: str
    wrap: Callable[[Any], Any]
    why: Why
    upstream: str
    before: str | None
    original: Any = None
    is_applied: bool = False

    @property
    def plugin(self) -> str:
        """The module that replaces it, below this package: `lambda_.request_size_limit`."""
        return self.wrap.__module__.removeprefix(PLUGINS)

    @property
    def target(self) -> str:
        """What is replaced: `package.module:Class.attribute`."""
        return f"{self.owner}{'.' if ':' in self.owner else ':'}{self.attribute}"

    def apply(self) -> None:
        """Put the new value in place.

        Raises:
            PatchError: that cannot be done.
        """
        from localstack.utils.patch import Patch  # noqa: PLC0415  # the launcher's process has no LocalStack

        try:
            owner = located(self.owner)
            self.original = getattr(owner, self.attribute)
            new = _bound_alike(owner, self.attribute, self.wrap(self.original))
            if self.original:
                Patch(owner, self.attribute, new).apply()
            else:  # Patch would take an empty list for a name that is missing
                setattr(owner, self.attribute, new)
        except Exception as error:
            raise PatchError(f"the patch {self.plugin} of {self.target} cannot be applied: {error!r}") from error
        self.is_applied = True


def _bound_alike(owner: Any, attribute: str, new: Any) -> Any:
    """Let a static method stay one."""
    is_static = inspect.isclass(owner) and isinstance(inspect.getattr_static(owner, attribute), staticmethod)
    return staticmethod(new) if is_static else new


def located(owner: str) -> Any:
    """Return the module or class that `package.module:Class` names.

    Raises:
        ImportError: there is no such module.
        AttributeError: the module has no such class.
    """
    module, _, path = owner.partition(":")
    found: Any = import_module(module)
    for name in filter(None, path.split(".")):
        found = getattr(found, name)
    return found


def fingerprint(original: Any) -> str:
    """Return a short hash of what there is: the source of a function or class, beneath whatever wraps it, of an
    object's class, or a constant's repr.
    """
    if isinstance(original, (str, int, float, tuple)):
        text = repr(original)
    elif isinstance(original, list):  # its members come and go
        text = "list"
    elif callable(unwrapped := inspect.unwrap(original)) and hasattr(unwrapped, "__qualname__"):
        text = inspect.getsource(unwrapped)
    else:
        text = inspect.getsource(type(original))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


REPLACEMENTS: list[Replacement] = []


def replace(  # each says something else about the patch, and all but one by name
    owner: str, attribute: str, wrap: Callable[[Any], Any], *, why: Why, upstream: str, before: str | None = None
) -> None:
    """Replace an attribute of LocalStack's or moto's, and list it; the parameters are those of `Replacement`.

    A service `before` which it is to be applied, and cannot be, is not served.

    Raises:
        PatchError: it is to be applied now, and cannot be.
    """
    replacement = Replacement(owner, attribute, wrap, why, upstream, before)
    REPLACEMENTS.append(replacement)
    if before is None:
        replacement.apply()
        return
    from local_cloud.plugins.before_loading import before_loading  # noqa: PLC0415  # which imports LocalStack

    before_loading(before, replacement.apply)
