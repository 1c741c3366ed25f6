"""getUpdates of the Zalo face: one event an answer, none brought again, 408 when none came."""

from http import HTTPStatus
from time import monotonic
from typing import Any

from bot.sandbox.chats import ZALO
from bot.sandbox.world import World
from bot.sandbox.zalo_mail import Letter
from bot.sandbox.zalo_refusals import ZaloBadRequest, ZaloRefusal

USUAL, LONGEST = 30, 60  # seconds


async def get_updates(world: World, given: dict[str, Any]) -> Letter:
    """ZaloRefusal: 408, nothing came in time; 400, a webhook is set; or a fault that lasts."""
    end = monotonic() + seconds(given.get("timeout", USUAL))
    try:
        with world.mail.polled():
            world.bell.ring()
            while (letter := _next(world)) is None:
                came = await world.bell.wait(end - monotonic())
                if not came or world.bell.stopping:
                    raise ZaloRefusal(HTTPStatus.REQUEST_TIMEOUT)
                world.faults.end_what_waits(ZALO, "getUpdates")
            with world.step():
                world.mail.handed(letter)
            return letter
    finally:
        world.bell.ring()  # the courier counts from now for how long nobody has listened


def _next(world: World) -> Letter | None:
    if world.zalo_webhook.now is not None:
        raise ZaloBadRequest("getUpdates does not work while a webhook is set")
    return world.mail.next()


def seconds(given: Any) -> int:
    """As a number or, as Zalo's own examples have it, as text."""
    if isinstance(given, str) and given.isascii() and given.isdigit():
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int) or given < 0:
        raise ZaloBadRequest("timeout must be a number of seconds")
    return min(given, LONGEST)
