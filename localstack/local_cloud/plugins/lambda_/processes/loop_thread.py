"""A thread with an asyncio event loop, for callers in other threads."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any


class LoopThread:
    """Lives as long as this process: functions' supervisors and their timeouts depend on it."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name=name, daemon=True).start()

    def run[T](self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run `coroutine` in the thread, and return or raise here what it does there."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()
