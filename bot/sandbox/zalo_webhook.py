"""setWebhook, deleteWebhook, getWebhookInfo of the Zalo face."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.guard import is_loopback
from bot.sandbox.world import World
from bot.sandbox.zalo_refusals import ZaloBadRequest, ZaloRefusal
from bot.sandbox.zalo_webhooks import ZaloWebhook

SHORTEST_SECRET, LONGEST_SECRET = 8, 256


def set_webhook(world: World, given: dict[str, Any]) -> dict[str, Any]:
    """ZaloBadRequest: not an address on this machine, or a bad secret."""
    secret = given.get("secret_token")
    if not isinstance(secret, str) or not SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET:
        raise ZaloBadRequest(
            f"secret_token must have {SHORTEST_SECRET} to {LONGEST_SECRET} characters"
        )
    webhook = ZaloWebhook(own_address("url", given.get("url")), secret, world.clock.milliseconds())
    world.zalo_webhook.set(webhook)
    return webhook.told()


def delete_webhook(world: World, given: dict[str, Any]) -> dict[str, Any]:
    if world.zalo_webhook.now is not None:
        world.mail.hung_up()
    world.zalo_webhook.set(None)
    return {"url": "", "updated_at": world.clock.milliseconds()}


def get_webhook_info(world: World, given: dict[str, Any]) -> dict[str, Any]:
    webhook = world.zalo_webhook.now
    if webhook is None:
        raise ZaloRefusal(HTTPStatus.NOT_FOUND)
    return webhook.told()


def own_address(name: str, url: object) -> str:
    """Zalo wants HTTPS; from here nothing leaves the machine, so it is one of this machine."""
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        fits = parts.scheme in ("http", "https") and parts.port != 0 and bool(parts.hostname)
    except ValueError:
        fits = False
    if not fits:
        raise ZaloBadRequest(f"{name} must be an HTTPS address")
    if not is_loopback(parts.hostname or ""):
        raise ZaloBadRequest(f"the sandbox reaches this machine only: {name}")
    return str(url)
