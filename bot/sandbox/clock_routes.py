"""The sandbox's clock over HTTP: the bot waits for a push, people push."""

from time import monotonic

from aiohttp import web

from bot.sandbox.body import Body
from bot.sandbox.clock import LONGEST_PUSH
from bot.sandbox.refusals import wrong
from bot.sandbox.world import World


class ClockRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sandbox/clock", self.read),
            web.post("/sandbox/clock/push", self.push),
        ]

    async def read(self, request: web.Request) -> web.Response:
        """At once, or with `after` once the version is another, at the latest after `wait`."""
        body = Body.of_query(request, "after", "wait")
        after, wait = body.maybe_integer("after"), body.seconds("wait", 0.0)
        clock, end = self._world.clock, monotonic() + wait
        while clock.version == after and not self._world.bell.stopping:
            if not await self._world.bell.wait(end - monotonic()):
                break
        return web.json_response(clock.reading())

    async def push(self, request: web.Request) -> web.Response:
        body = await Body.of(request, "minutes", "seconds")
        if ("minutes" in body) == ("seconds" in body):
            raise wrong("minutes", 'cần "minutes" hoặc "seconds"', "minutes or seconds is needed")
        seconds = (
            body.integer("minutes", 1, LONGEST_PUSH // 60) * 60
            if "minutes" in body
            else body.integer("seconds", 1, LONGEST_PUSH)
        )
        with self._world.step():
            self._world.clock.push(seconds)
            self._world.events.tell("clock", self._world.clock.face())
        return web.json_response(self._world.clock.reading())
