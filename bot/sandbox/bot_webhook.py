"""setWebhook, deleteWebhook, getWebhookInfo."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.guard import is_loopback
from bot.sandbox.refusals import BadRequest
from bot.sandbox.webhooks import USUAL, Webhook
from bot.sandbox.world import World

LONGEST_SECRET = 256
MOST_CONNECTIONS = 100


def set_webhook(world: World, given: dict[str, Any]) -> bool:
    """BadRequest: not an address on this machine, or a bad secret."""
    secret = given.get("secret_token", "")
    if len(secret) > LONGEST_SECRET:
        raise BadRequest("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret, re.ASCII):
        raise BadRequest("secret token contains unallowed characters")
    connections = min(max(given.get("max_connections", USUAL), 1), MOST_CONNECTIONS)
    webhook = Webhook(_address(given["url"]), secret, connections)
    if "allowed_updates" in given:
        world.updates.allow(given["allowed_updates"])
    if given.get("drop_pending_updates"):
        world.updates.drop()
    world.webhooks.set(webhook)
    return True


def delete_webhook(world: World, given: dict[str, Any]) -> bool:
    if given.get("drop_pending_updates"):
        world.updates.drop()
    world.webhooks.set(Webhook())
    return True


def get_webhook_info(world: World, given: dict[str, Any]) -> dict[str, Any]:
    webhook, trouble = world.webhooks.now, world.webhooks.trouble()
    info: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": world.updates.pending(),
    }
    if webhook.url:
        info["max_connections"] = webhook.connections
    if trouble is not None:
        info |= {"last_error_date": trouble.date, "last_error_message": trouble.message}
    if allowed := world.updates.allowed:
        info["allowed_updates"] = allowed
    return info


def _address(url: str) -> str:
    """Telegram wants HTTPS and a public host; from here nothing leaves the machine."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and parts.port != 0
    except ValueError:
        fits = False
    if not fits or not parts.hostname:
        raise BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
    if not is_loopback(parts.hostname):
        raise BadRequest("bad webhook: the sandbox delivers to this machine only")
    return url
