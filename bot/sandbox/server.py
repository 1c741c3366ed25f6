"""The sandbox itself: the Bot API, its people's side and its page on one loopback port."""

import asyncio
import re
from pathlib import Path

from aiohttp import web

from bot.sandbox import beside
from bot.sandbox.bot_api import BotApi
from bot.sandbox.chats import BotAccount
from bot.sandbox.clock_routes import ClockRoutes
from bot.sandbox.courier import Courier
from bot.sandbox.event_routes import EventRoutes
from bot.sandbox.file_routes import FileRoutes
from bot.sandbox.group_routes import GroupRoutes
from bot.sandbox.guard import guard, is_loopback
from bot.sandbox.page_server import PageServer
from bot.sandbox.people_routes import PeopleRoutes
from bot.sandbox.rig_routes import RigRoutes
from bot.sandbox.world import World
from bot.sandbox.zalo_api import ZaloApi
from bot.sandbox.zalo_courier import ZaloCourier

LARGEST_BODY = 16 * 2**20  # bytes: what is too long for Telegram is told so, not cut off
NAME, USERNAME = "Trực Ban", "trucban_bot"


class Sandbox:
    """A Bot API server on loopback with people, a clock that can be pushed, and a web page.

    ValueError: the host is not this machine's own, or the token is none ("123456:secret").
    """

    def __init__(
        self,
        path: Path,
        token: str,
        host: str = "127.0.0.1",
        port: int = 0,
        zalo_token: str = "",
        username: str = USERNAME,
        bot_to_bot: bool = False,
    ) -> None:
        if not is_loopback(host):
            raise ValueError(f"the sandbox only listens on loopback, not on {host!r}")
        self.token, self.zalo_token = token, zalo_token
        self._path, self._host, self._port = path, host, port
        self._bot = _account(token, username)
        self._zalo_bot = _account(zalo_token, USERNAME) if zalo_token else None
        self._bot_to_bot = bot_to_bot
        self._world: World | None = None
        self._runner: web.AppRunner | None = None
        self._carrying: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Listens. OSError: the port is taken. sqlite3.Error: the file cannot be used."""
        world = World(self._path, self._bot, self._zalo_bot)
        world.bot_to_bot = self._bot_to_bot
        app = web.Application(middlewares=[guard], client_max_size=LARGEST_BODY)
        app.add_routes(routes(world, self.token, self.zalo_token))
        runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=2.0
        )
        self._world, self._runner = world, runner
        try:
            await runner.setup()
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError:
            await self.stop()
            raise
        self._carrying = [
            asyncio.create_task(Courier(world).run(), name="courier"),
            asyncio.create_task(ZaloCourier(world).run(), name="zalo courier"),
        ]
        self._port = int(runner.addresses[0][1])  # after a restart of this object: the same one
        world.address = self.address

    @property
    def address(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    def meet(self, other: "Sandbox") -> None:
        """Both run: a group of one id in both is one group, with both bots in it."""
        if self._world is None or other._world is None:
            raise ValueError("a sandbox that does not run meets nobody")
        beside.meet(self._world, other._world)

    async def stop(self) -> None:
        """Ends what waits at once, then closes the connections and the file."""
        if self._world is None or self._runner is None:
            return
        world, runner = self._world, self._runner
        self._world = self._runner = None
        beside.part(world)
        world.stop()
        for carrying in self._carrying:
            await carrying
        await runner.cleanup()
        world.store.close()


def _account(token: str, username: str) -> BotAccount:
    number = re.fullmatch(r"([0-9]{1,15}):[\w-]+", token)
    if number is None:
        raise ValueError("the sandbox's token has the form 123456:secret")
    return BotAccount(int(number[1]), NAME, username)


def routes(world: World, token: str, zalo_token: str = "") -> list[web.RouteDef]:
    """All there are; docs/sandbox.md is held to them."""
    rooms = (
        BotApi(world, token),
        ZaloApi(world, zalo_token),
        PeopleRoutes(world),
        GroupRoutes(world),
        FileRoutes(world, token),
        ClockRoutes(world),
        EventRoutes(world),
        RigRoutes(world),
        PageServer(),
    )
    return [route for room in rooms for route in room.routes()]
