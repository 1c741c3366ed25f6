"""A roster's file that was asked for by /nhaplich: fetched and read outside of any step."""

import asyncio

from aiogram import Router
from aiogram.types import Message

from bot.domain.duty import HERE, Roster
from bot.domain.evidence import Given, clean_name
from bot.domain.people import Act
from bot.domain.roster_import import Reading, usual_of
from bot.services import importing_by_chat
from bot.services.desk import Desk
from bot.services.ports.files import Incoming, RosterReader
from handlers.answering import answer
from handlers.filters import RosterFile

UNREAD = {"not_here": "too_big", "unreachable": "unreachable"}


async def take(
    message: Message,
    roster: Roster,
    name: str,
    act: Act,
    desk: Desk,
    incoming: Incoming,
    read_roster: RosterReader,
) -> None:
    given, beside = await incoming.fetch(message), message.caption or ""
    today = act.at.astimezone(HERE).date()
    if isinstance(given, Given):
        read = await asyncio.to_thread(read_roster, given, beside, usual_of(roster), today)
    else:
        read = Reading(clean_name(name), "", trouble=UNREAD[given]), None
    await answer(message, await desk.do(importing_by_chat.look_at, act, *read), act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.message.register(take, RosterFile())
    return router
