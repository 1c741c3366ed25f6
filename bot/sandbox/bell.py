"""One bell for everybody who waits for something to change, and the end of all waiting."""

import asyncio


class Bell:
    """Rung after a step that changed something; whoever waits looks again for what is his."""

    def __init__(self) -> None:
        self._next = asyncio.Event()
        self.stopping = False

    def ring(self) -> None:
        self._next.set()
        self._next = asyncio.Event()

    def stop(self) -> None:
        """From now on nobody waits any more."""
        self.stopping = True
        self.ring()

    async def wait(self, seconds: float) -> bool:
        """True when it rang within so many real seconds."""
        if self.stopping or seconds <= 0:
            return self.stopping
        try:
            async with asyncio.timeout(seconds):
                await self._next.wait()
        except TimeoutError:
            return False
        return True

    async def pause(self, seconds: float) -> None:
        """So many real seconds, or until the server stops."""
        end = asyncio.get_running_loop().time() + seconds
        while not self.stopping and (left := end - asyncio.get_running_loop().time()) > 0:
            await self.wait(left)
