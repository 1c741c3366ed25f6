"""The envelope of both Bot APIs, and the answer that a fault on order spoils."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox.faults import Fault, Overtaken
from bot.sandbox.refusals import ApiRefusal
from bot.sandbox.world import World

PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>\n"


def said(result: Any) -> web.Response:
    """A refusal, or what was asked for."""
    if isinstance(result, ApiRefusal):
        return web.json_response(result.body(), status=result.http_status)
    return web.json_response({"ok": True, "result": result}, dumps=_dumps)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


async def spoilt(
    world: World,
    request: web.Request,
    network: str,
    fault: Fault | None,
    answered: Callable[[], Awaitable[web.Response]],
) -> web.Response:
    """Not heard, late, lost, or a page of some server in between."""
    if fault is None:
        try:
            return await answered()
        except Overtaken as overtaken:
            fault = overtaken.fault
            answer = said(fault.refusal(network))
    elif not fault.lose:
        answer = await answered()
    if fault.lose:
        _cut(request)
        return web.Response()
    await world.bell.pause(fault.delay_seconds)
    if fault.drop:
        _cut(request)
    if fault.page:
        answer = web.Response(
            text=PAGE.format(answer.status), status=answer.status, content_type="text/html"
        )
    return answer


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
