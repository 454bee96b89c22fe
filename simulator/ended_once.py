"""Ends a run that changed something once: what it puts back is not cut short by the next signal."""

import signal
from types import FrameType
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, a kill, a window that is closed


def end_once() -> None:
    """Have the first of the signals raise KeyboardInterrupt, and all behind it do nothing.

    A window that is closed sends two: its shell passes on the one that it gets, then the kernel sends another. What was
    ignored when this process began, as under `nohup`, stays ignored.
    """
    heeded = [one for one in SIGNALS if signal.getsignal(one) != signal.SIG_IGN]

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        for one in heeded:
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt

    for one in heeded:
        signal.signal(one, end)
