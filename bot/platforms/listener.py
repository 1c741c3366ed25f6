"""An address on which this program is asked something over HTTP: updates, or how it does."""

from collections.abc import Iterable

from aiohttp import web

from bot.platforms.troubles import CannotListen
from bot.platforms.webhook import LARGEST

LEAVE = 0.5  # seconds for connections to end on stopping


class Listener:
    """`start` raises CannotListen."""

    def __init__(self, host: str, port: int, routes: Iterable[web.RouteDef]) -> None:
        self._host, self._port = host, port
        app = web.Application(client_max_size=LARGEST)
        app.add_routes(routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=LEAVE)

    async def start(self) -> None:
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self.stop()
            raise CannotListen(f"{self._host}:{self._port}", error.strerror or "") from error

    async def stop(self) -> None:
        await self._runner.cleanup()
