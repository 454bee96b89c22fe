"""Packages that are loaded before there are forks: hidden until a fork imports one, if a new Python found the same.

A function may bring other versions, in its folder or in one that it puts on the search path itself. So what was loaded
together is taken together, at the first import of any of it, if all would be found with the same content. If not, none
is taken.
"""

import filecmp
import os
import site
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from types import ModuleType
from typing import Any


class KeptPackages:
    """Finds modules that were loaded together. `lost_finders` were needed to load them, and would be again."""

    def __init__(self, modules: dict[str, ModuleType], lost_finders: list[Any]) -> None:
        self._modules = modules
        self._lost_finders = lost_finders
        self._files = loaded_files(modules)

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """Return how to get a package, if all are to be taken; or leave them all to Python's own finders, for good."""
        if name not in self._files:
            return None
        if all(self._would_be_found(package) for package in self._files):
            folders = list(getattr(self._modules[name], "__path__", ())) or None
            own = self._files[name][0][0]
            return spec_from_file_location(name, own, loader=self, submodule_search_locations=folders)  # type: ignore[arg-type]
        self._stand_back(self._lost_finders)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the package that was loaded."""
        module = self._modules[spec.name]
        self._known = module.__spec__  # Python is about to put the other one in its place
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Bring back all of them instead of loading anything."""
        module.__spec__ = self._known
        sys.modules.update(self._modules)
        self._stand_back([])

    def _would_be_found(self, package: str) -> bool:
        spec = PathFinder.find_spec(package)
        origin = (spec and spec.origin) or ""
        folder = _search_folder(origin)
        return all(is_same(file, os.path.join(folder, place)) for file, place in self._files[package])

    def _stand_back(self, successors: list[Any]) -> None:
        if self in sys.meta_path:
            index = sys.meta_path.index(self)
            sys.meta_path[index : index + 1] = successors


@contextmanager
def kept() -> Iterator[None]:
    """Keep, and hide, the installed packages that the body loads."""
    known, finders = set(sys.modules), list(sys.meta_path)
    yield
    new = [name for name in sys.modules if name not in known and is_installed(sys.modules[name.partition(".")[0]])]
    modules = {name: sys.modules[name] for name in new}  # in the order of their loading
    for name in new:
        del sys.modules[name]
    if modules:
        sys.meta_path.insert(0, KeptPackages(modules, [one for one in finders if one not in sys.meta_path]))


def is_installed(module: ModuleType) -> bool:
    """Return whether a module is no part of Python itself."""
    file = getattr(module, "__file__", None) or ""
    return file.startswith(tuple(folder + os.sep for folder in site.getsitepackages()))


def loaded_files(modules: dict[str, ModuleType]) -> dict[str, list[tuple[str, str]]]:
    """Return, by top-level names, where the modules' files are, and where below the folder they were found in.

    The first is the package's own, or the only one.
    """
    files: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(modules):
        if origin := _origin(modules[name]):
            package = name.partition(".")[0]
            if package == name:
                files[package] = [(origin, os.path.relpath(origin, _search_folder(origin)))]
            elif package in files:
                own, place = files[package][0]
                files[package].append((origin, os.path.relpath(origin, own.removesuffix(place))))
    return files


def _origin(module: ModuleType) -> str | None:
    spec = getattr(module, "__spec__", None)
    return spec.origin if spec is not None and spec.has_location else None


def _search_folder(file: str) -> str:
    """Return where a top-level module was found whose file this is."""
    folder, name = os.path.split(file)
    return os.path.dirname(folder) if name.startswith("__init__.") else folder


def is_same(file: str, other: str) -> bool:
    """Return whether both are one, or have the same content."""
    try:
        return file == other or filecmp.cmp(file, other, shallow=False)
    except OSError:
        return False
