"""For tests of the bot: faults on order, other limits, and the list of what the bot called."""

from dataclasses import asdict, fields, replace

from aiohttp import web

from bot.sandbox.body import Body
from bot.sandbox.chats import TELEGRAM, ZALO
from bot.sandbox.faults import Fault
from bot.sandbox.fields import METHODS
from bot.sandbox.limits import Limits
from bot.sandbox.refusals import wrong
from bot.sandbox.rig import Rig
from bot.sandbox.world import World
from bot.sandbox.zalo_api import METHODS as ZALOS

MANY = 100_000


class RigRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sandbox/calls", self.calls),
            web.get("/sandbox/limits", self.limits),
            web.post("/sandbox/limits", self.set_limits),
            web.get("/sandbox/faults", self.faults),
            web.post("/sandbox/faults", self.order),
            web.delete("/sandbox/faults", self.clear),
            web.get("/sandbox/rig", self.rig),
            web.post("/sandbox/rig", self.set_rig),
        ]

    async def calls(self, request: web.Request) -> web.Response:
        body = Body.of_query(request, "after", "last")
        after = body.maybe_integer("after", 0) or 0
        last = body.integer("last", 1, 10_000) if "last" in body else 1000
        calls = self._world.calls
        return web.json_response({"count": calls.count(), "calls": calls.after(after, last)})

    async def limits(self, request: web.Request) -> web.Response:
        return web.json_response(asdict(self._world.limits))

    async def set_limits(self, request: web.Request) -> web.Response:
        usual = asdict(Limits())
        body = await Body.of(request, *usual)
        changed: dict[str, bool | int | float] = {}
        for name, value in usual.items():
            if name not in body:
                continue
            if isinstance(value, bool):
                changed[name] = body.flag(name)
            elif isinstance(value, float):
                changed[name] = body.seconds(name, value, 10_000)
            else:
                changed[name] = body.integer(name, 0, 1_000_000)
        with self._world.step():
            self._world.limits = replace(self._world.limits, **changed)  # type: ignore[arg-type]
            self._world.limits.keep(self._world.store)
        return web.json_response(asdict(self._world.limits))

    async def faults(self, request: web.Request) -> web.Response:
        return web.json_response({"faults": [asdict(f) for f in self._world.faults.left()]})

    async def order(self, request: web.Request) -> web.Response:
        body = await Body.of(request, *(field.name for field in fields(Fault)))
        method, each = body.text("method", 64).lower(), body.flag("each")
        known = {name.lower() for name in (*METHODS, *ZALOS)}
        if method != "*" and method not in known:
            raise wrong("method", "không có phương thức này", "there is no such method here")
        fault = Fault(
            method,
            times=body.integer("times", 0, MANY) if "times" in body else MANY if each else 1,
            status=body.maybe_integer("status", 400, 599),
            retry_after=body.maybe_integer("retry_after", 1, 3600),
            drop=body.flag("drop"),
            delay_seconds=body.seconds("delay_seconds", 0.0, 300.0),
            lose=body.flag("lose"),
            chat=body.maybe_integer("chat"),
            html=body.flag("html"),
            each=each,
            description=body.maybe_text("description", 256),
            network=_network(body),
            http_status=body.maybe_integer("http_status", 200, 599),
            page=body.flag("page"),
        )
        if not (fault.status or fault.drop or fault.lose or fault.delay_seconds or fault.page):
            said = "cần status, drop, lose, page hoặc delay_seconds"
            raise wrong("status", said, "what is to go wrong?")
        self._world.faults.order(fault)
        self._world.bell.ring()  # a poll that waits may be meant
        return web.json_response(asdict(fault), status=201)

    async def rig(self, request: web.Request) -> web.Response:
        return self._rig_told(Body.of_query(request, "network"))

    async def set_rig(self, request: web.Request) -> web.Response:
        body = await Body.of(request, "twice", "shuffle", "hold", "network")
        rig = self._rig(body)
        rig.twice = body.flag("twice", rig.twice)
        rig.hold = body.flag("hold", rig.hold)
        if "shuffle" in body:
            rig.shuffle = body.integer("shuffle", 0)
        self._world.bell.ring()
        return self._rig_told(body)

    def _rig(self, body: Body) -> Rig:
        return self._world.zalo_rig if _network(body) == ZALO else self._world.rig

    def _rig_told(self, body: Body) -> web.Response:
        told = {"network": _network(body) or TELEGRAM, **asdict(self._rig(body))}
        return web.json_response(told)

    async def clear(self, request: web.Request) -> web.Response:
        self._world.faults.clear(_network(Body.of_query(request, "network")))
        return await self.faults(request)


def _network(body: Body) -> str | None:
    network = body.maybe_text("network", 16)
    if network not in (None, TELEGRAM, ZALO):
        raise wrong("network", f"chỉ có {TELEGRAM}, {ZALO}", f"only {TELEGRAM} and {ZALO}")
    return network
