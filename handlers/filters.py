"""Our own filters. Async, so that none hops through a thread (a bare F.… does)."""

import re

from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import Message

from bot.domain.people import Act
from bot.domain.quiet import Hours, asked
from bot.services import importing_by_chat
from bot.services.desk import Desk

COMMAND = re.compile(r"/([a-z]+)(?:@\w+)?(?:\s+(?:số\s*|so\s*)?(\d{1,9}))?\s*", re.IGNORECASE)
MENTION = re.compile(r"^\s*@\w+\s*[,:]?\s+")  # "@trucban_bot nhận 12.3", in a group
# What the watchdog says (bot/watchdog/testing.py): the command, and the number of this test.
TEST_PAGE = re.compile(r"/kiemtra(?:@\w+)?\s+([0-9A-F]{8,32})\s*")
START = re.compile(r"/start(?:@\w+)?(?:\s+(\S+))?\s*", re.IGNORECASE)


class Words(Filter):
    """Anything said that is not a command."""

    async def __call__(self, message: Message) -> dict[str, str] | bool:
        text = MENTION.sub("", message.text or "", count=1).strip()
        return {"typed": text} if text and not text.startswith("/") else False


class Named(Filter):
    """A command under any of its names, with the number of an incident or without."""

    def __init__(self, *names: str) -> None:
        self._names = frozenset(names)

    async def __call__(self, message: Message) -> dict[str, int | None] | bool:
        found = COMMAND.fullmatch(message.text or "")
        if found is None or found[1].lower() not in self._names:
            return False
        return {"number": int(found[2]) if found[2] else None}


class Start(Filter):
    """/start, with the code of a deep link or without."""

    async def __call__(self, message: Message) -> dict[str, str] | bool:
        found = START.fullmatch(message.text or "")
        return {"code": found[1] or ""} if found else False


class TestPage(Filter):
    """A bot asks for a test page; only the watchdog's gets so far (middlewares.py)."""

    async def __call__(self, message: Message) -> dict[str, str] | bool:
        found = TEST_PAGE.fullmatch(message.text or "")
        by = message.from_user
        if found is None or by is None or not by.is_bot:
            return False
        return {"nonce": found[1], "asker": by.username or ""}


class QuietHours(Filter):
    """The command with its hours, typed or with a slash."""

    async def __call__(self, message: Message) -> dict[str, Hours | None] | bool:
        found = asked(message.text or "")
        return {"hours": found[0]} if found else False


class UnknownCommand(Filter):
    """A slash and something that no other handler has taken."""

    async def __call__(self, message: Message) -> bool:
        return bool(message.text and message.text.startswith("/"))


class Moved(Filter):
    """A group became a supergroup: said in the old chat and in the new one."""

    async def __call__(self, message: Message) -> dict[str, int] | bool:
        was = message.migrate_from_chat_id or message.chat.id
        now = message.migrate_to_chat_id or message.chat.id
        return {"was": was, "now": now} if was != now else False


class HandedIn(Filter):
    """A picture or a file in a private chat; in groups they are left alone."""

    async def __call__(self, message: Message) -> dict[str, str] | bool:
        sent = message.document if message.animation is None else None
        if message.chat.type != ChatType.PRIVATE or not (message.photo or sent):
            return False
        return {"name": (sent.file_name or "") if sent else ""}


class RosterFile(Filter):
    """A file that this person was asked for by /nhaplich: any other one is evidence."""

    async def __call__(self, message: Message, act: Act, desk: Desk) -> dict[str, object] | bool:
        sent = message.document if message.animation is None else None
        if message.chat.type != ChatType.PRIVATE or not sent:
            return False
        beside, name = message.caption or "", sent.file_name or ""
        roster = (await desk.look(importing_by_chat.awaited, act, beside, name)).value
        return {"roster": roster, "name": name} if roster else False


class NoWords(Filter):
    """A sticker, a picture, a file, a voice: something said without text."""

    async def __call__(self, message: Message) -> bool:
        kinds = (message.sticker, message.photo, message.document, message.voice, message.video)
        others = (message.audio, message.video_note, message.location, message.contact)
        return any(kind is not None for kind in (*kinds, *others, message.animation))
