"""Telegram and Zalo side by side: which of them somebody is on, and the bot that each has."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox.body import Body
from bot.sandbox.chats import TELEGRAM, ZALO, BotAccount, Person
from bot.sandbox.refusals import conflict, wrong
from bot.sandbox.world import World


def of_person(world: World, body: Body, known: Person | None) -> str:
    """What is asked for; else Telegram. PeopleRefusal: unknown, not here, not as before."""
    network = _asked(world, body, known.network if known else TELEGRAM)
    if known is not None and network != known.network:
        raise conflict("network", "Không đổi mạng được", "the network cannot be changed")
    return network


def of_group(world: World, body: Body, members: Sequence[int]) -> str:
    """What is asked for; else where its founder is. PeopleRefusal: unknown, or not here."""
    founder = world.chats.person(members[0]) if members else None
    return _asked(world, body, founder.network if founder else TELEGRAM)


def _asked(world: World, body: Body, usual: str) -> str:
    network = body.maybe_text("network", 16) or usual
    if network not in (TELEGRAM, ZALO):
        raise wrong("network", f"chỉ có {TELEGRAM}, {ZALO}", f"only {TELEGRAM} and {ZALO}")
    if network == ZALO and world.zalo_bot is None:
        raise conflict("network", "Ở đây chưa có bot Zalo", "there is no Zalo bot here")
    return network


def bots_told(world: World) -> dict[str, Any]:
    """`listening`: whether what is written to it now will reach it."""
    zalo = world.zalo_bot
    return {
        TELEGRAM: _told(world.bot),
        ZALO: {**_told(zalo), "listening": world.zalo_listens()} if zalo else None,
    }


def _told(bot: BotAccount) -> dict[str, Any]:
    return {"id": bot.id, "name": bot.name, "username": bot.username}
