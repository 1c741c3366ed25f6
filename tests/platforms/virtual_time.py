"""An event loop whose time jumps to the next timer instead of passing: exact, and at once.

Where sockets and threads take part, "nothing is left to be done now" means that no thread works
for the loop and nothing has come in for `quiet` real seconds.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")


class _Jumping(selectors.SelectSelector):
    passed = 0.0
    elsewhere = 0  # how much is being done in threads

    def __init__(self, quiet: float) -> None:
        super().__init__()
        self._quiet = quiet

    def select(self, timeout: float | None = None) -> Any:
        if timeout is not None and timeout <= 0:  # there is something to be done at once
            return super().select(0)
        ready = super().select(self._quiet)
        while not ready and self.elsewhere:
            ready = super().select(None)  # a thread that has done its work wakes the loop
        if not ready and timeout is None:
            raise RuntimeError("everybody waits and no timer is left")
        if not ready:
            self.passed += timeout or 0.0
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self, quiet: float = 0.0) -> None:
        self._jumping = _Jumping(quiet)
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.passed

    @contextmanager
    def elsewhere(self) -> Iterator[None]:
        """Something is being done in a thread: no time passes."""
        self._jumping.elsewhere += 1
        try:
            yield
        finally:
            self._jumping.elsewhere -= 1

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:
        working = self.elsewhere()
        working.__enter__()
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(lambda _: working.__exit__(None, None, None))
        return future


def run(story: Coroutine[Any, Any, T], quiet: float = 0.0) -> T:
    loop: Callable[[], VirtualLoop] = partial(VirtualLoop, quiet)
    with asyncio.Runner(loop_factory=loop) as runner:
        try:
            return runner.run(story)
        finally:  # the loop's own threads are waited for
            runner.get_loop()._jumping.elsewhere += 1  # type: ignore[attr-defined]


async def at(moment: float) -> None:
    """Wait until the loop's clock shows so many seconds."""
    loop = asyncio.get_running_loop()
    come = asyncio.Event()
    loop.call_at(moment, come.set)
    await come.wait()
