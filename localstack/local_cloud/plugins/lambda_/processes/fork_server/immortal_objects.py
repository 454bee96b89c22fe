"""Objects whose references are counted no more: a fork that uses one writes nothing to the page that it lies in.

Each page that a fork writes to becomes its own, and Python writes to an object whenever it is looked at, since there
its references are counted. CPython counts none of an immortal object (https://peps.python.org/pep-0683/), which an
object is by its count: all 32 lower bits set. It offers no call for that, so the count is written where CPython keeps
it.
"""

import gc
import sys

KNOWN = ((3, 12), (3, 14))
"""The first and the last version of CPython that is known to keep counts like this."""
IMMORTAL = 0xFFFFFFFF


def make_immortal() -> None:
    """Make the objects immortal that the garbage collector knows now, what these refer to, and so on.

    It does nothing where this Python is not known to count as it is described above.
    """
    if not is_known():
        return
    from ctypes import c_uint32  # noqa: PLC0415 - may be missing elsewhere

    found = gc.get_objects()
    while found:
        mortal = []
        for one in found:
            count = c_uint32.from_address(id(one))
            if count.value != IMMORTAL:
                count.value = IMMORTAL
                mortal.append(one)
        found = gc.get_referents(*mortal)


def is_known() -> bool:
    """Return whether an object of this Python begins with its count, and is immortal by the lower 32 bits of that."""
    first, last = KNOWN
    is_cpython = sys.implementation.name == "cpython" and first <= sys.version_info[:2] <= last
    has_lock = "t" not in sys.abiflags  # without it, an object begins with its thread
    return is_cpython and has_lock and sys.byteorder == "little" and sys.maxsize > IMMORTAL
