"""How updates come in: the program asks for them, or the platform posts them to a webhook."""

from dataclasses import dataclass, field

from aiogram import Bot

from bot.platforms.steps import WANTED

CONNECTIONS = 40  # posts of one bot's updates at once


@dataclass(frozen=True, slots=True)
class WayIn:
    url: str = ""  # "": the program polls
    secret: str = field(default="", repr=False)


POLLED = WayIn()


async def open_way_in(bot: Bot, way_in: WayIn) -> None:
    """Said to the platform; what waits there stays. Said again it changes nothing.

    Raises aiogram's errors.
    """
    if way_in.url:
        await bot.set_webhook(
            way_in.url,
            secret_token=way_in.secret,
            allowed_updates=WANTED,
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )
    else:
        await bot.delete_webhook(drop_pending_updates=False)
