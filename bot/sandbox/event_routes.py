"""What happens, as server-sent events that can be resumed by their ids."""

import json
from contextlib import suppress

from aiohttp import web

from bot.sandbox.body import Body
from bot.sandbox.refusals import wrong
from bot.sandbox.world import World

HEARTBEAT = 15.0  # seconds


class EventRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/sandbox/events", self.watch)]

    async def watch(self, request: web.Request) -> web.StreamResponse:
        """Everything after the given id; without one, everything from now on."""
        after = _after(request)
        events = self._world.events
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await stream.prepare(request)
        hello = {"world": self._world.store.fact("world"), "last": events.last()}
        await stream.write(f"retry: 1000\nevent: hello\ndata: {json.dumps(hello)}\n\n".encode())
        if after is None or not events.can_go_on(after):
            if after is not None:
                await stream.write(b"event: reset\ndata: {}\n\n")
            after = events.last()
        with suppress(ConnectionResetError):  # whoever watched has gone
            while not self._world.bell.stopping:
                found = events.after(after)
                if found:
                    after = found[-1].id
                    lines = [f"id: {e.id}\nevent: {e.kind}\ndata: {e.body}\n\n" for e in found]
                    await stream.write("".join(lines).encode())
                elif not await self._world.bell.wait(HEARTBEAT):
                    await stream.write(b": \n\n")
        return stream


def _after(request: web.Request) -> int | None:
    resumed = request.headers.get("Last-Event-ID")
    if resumed is None:
        return Body.of_query(request, "after").maybe_integer("after", 0)
    if not resumed.isascii() or not resumed.isdigit():
        raise wrong("Last-Event-ID", "phải là số", "must be a number")
    return int(resumed)
