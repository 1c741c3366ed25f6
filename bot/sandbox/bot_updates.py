"""getUpdates: the long poll. The newest poller wins, the older one is told 409; so is any beside
a webhook."""

from http import HTTPStatus
from time import monotonic
from typing import Any

from bot.sandbox.chats import TELEGRAM
from bot.sandbox.refusals import ApiRefusal
from bot.sandbox.world import World

MOST = 100  # updates an answer
LONGEST = 50.0  # seconds
ELSEWHERE = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
WEBHOOK_SET = "Conflict: terminated by setWebhook request"


async def get_updates(world: World, given: dict[str, Any]) -> list[dict[str, Any]]:
    """ApiRefusal 409: a webhook is set, or another poller came while this one waited."""
    if world.webhooks.now.url:
        raise ApiRefusal(HTTPStatus.CONFLICT, WEBHOOK)
    world.poller += 1
    mine = world.poller
    limit = min(max(given.get("limit", MOST), 1), MOST)
    end = monotonic() + min(max(given.get("timeout", 0), 0), LONGEST)
    with world.store.step():
        if "allowed_updates" in given:
            world.updates.allow(given["allowed_updates"])
        world.updates.forget_old()
        world.updates.confirm(given.get("offset", 0))
    world.bell.ring()  # the older poller looks, and finds that it is not the newest
    while not (found := world.rig.arranged(world.updates.first(limit))):
        if not await world.bell.wait(end - monotonic()) or world.bell.stopping:
            break
        world.faults.end_what_waits(TELEGRAM, "getUpdates")
        if world.webhooks.now.url:
            raise ApiRefusal(HTTPStatus.CONFLICT, WEBHOOK_SET)
        if world.poller != mine:
            raise ApiRefusal(HTTPStatus.CONFLICT, ELSEWHERE)
    return found
