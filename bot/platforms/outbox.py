"""The sender: notices and cards that stand in rows, out through the bots' one paced queue each.

A row is claimed before it is sent and settled after, so a kill in between sends it once more,
marked "(nhắc lại)"; nothing that was to be said is forgotten.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommandScopeChat

from bot.domain.people import CLOCKWORK_IDENTITY, Act
from bot.platforms.bot_api import DeliveryError, explain, not_modified
from bot.platforms.pace import Urgency
from bot.platforms.telegram import ABOUT, URGENCY, PacedSession
from bot.services import delivery
from bot.services.delivery import CardLetter, Letter, Result
from bot.services.desk import Desk
from bot.services.ports.clock import Clock
from bot.services.ports.store import StoreDown
from bot.views import cards, notices, people
from bot.views.screen import Screen, plain
from bot.views.voice import Voice

AT_ONCE = 100  # messages under way
RESERVED = 20  # more of them, for pages alone, each time it is looked
IDLE = timedelta(seconds=1)  # between two looks, when nothing is stirred
LONGEST = timedelta(minutes=2)  # between two tries
LIMIT = 4000  # characters of a plain message; the platform takes 4096
LEVELS = {"page": Urgency.PAGE, "notice": Urgency.NOTICE, "quiet": Urgency.NOTICE}


class Outbox:
    """`bots`: by "platform:account". `stirred`: set when a commit left something to be said."""

    def __init__(
        self, desk: Desk, bots: Mapping[str, Bot], stirred: asyncio.Event, clock: Clock
    ) -> None:
        self._desk, self._bots, self._stirred, self._clock = desk, bots, stirred, clock
        self._under_way: set[asyncio.Task[None]] = set()
        self._log = structlog.get_logger("outbox")

    async def run(self) -> None:
        """Until cancelled. A database that is down is waited for."""
        recovered = False
        while True:
            self._stirred.clear()
            try:
                if not recovered:
                    await self._desk.do(delivery.recover, self._act())
                    recovered = True
                claimed = await self._claim()
            except StoreDown as error:
                self._log.warning("outbox.store_down", why=str(error))
                claimed = 0
            if not claimed:
                await self._wait()

    async def drain(self, within: float) -> None:
        """What has left is settled; what waits for its turn stays in its row, as never sent."""
        for bot in self._bots.values():
            if isinstance(bot.session, PacedSession):
                bot.session.send_no_more()
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=within)
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _claim(self) -> int:
        room = AT_ONCE - len(self._under_way)
        crowded = room <= 0
        claim = self._desk.do(delivery.claim, self._act(), RESERVED if crowded else room, crowded)
        letters, standing = (await claim).value
        for letter in letters:
            self._begin(self._deliver(letter))
        for card in standing:
            self._begin(self._show(card))
        return len(letters) + len(standing)

    async def _wait(self) -> None:
        waits = [
            asyncio.ensure_future(self._stirred.wait()),
            asyncio.ensure_future(self._clock.sleep_until(self._clock.now() + IDLE)),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._log.error("outbox.failed", exc_info=task.exception())

    async def _deliver(self, letter: Letter) -> None:
        sending = letter.sending
        URGENCY.set(LEVELS[sending.notice.urgency])
        ABOUT.set(str(sending.notice.incident or ""))
        result = await self._attempt(letter)
        await self._desk.do(delivery.settle, self._act(), sending, result)

    async def _attempt(self, letter: Letter) -> Result:
        """With its marks; without, where the platform refuses them; the bare fact at the last."""
        screen = self._screen(letter)
        texts = [(screen.text, True), (plain(screen.text)[:LIMIT], False)]
        texts.append((notices.fallback(letter), False))
        for text, marked in texts:
            try:
                return await self._send(letter, screen, text, marked)
            except AiogramError as error:
                trouble = explain(error)
                if trouble.reason != "refused_text":
                    return self._result(trouble, letter.sending.attempts)
        return Result("failed", why="refused_text")

    async def _send(self, letter: Letter, screen: Screen, text: str, marked: bool) -> Result:
        bot, chat = self._where(letter.sending.chat)
        sent = await bot.send_message(
            chat,
            text,
            parse_mode="HTML" if marked else None,
            reply_markup=screen.markup(),
            disable_notification=letter.sending.notice.urgency == "quiet",
        )
        return Result("sent", str(sent.message_id), text)

    def _screen(self, letter: Letter) -> Screen:
        """A page whose words fail goes out plain: rendering is never a reason for silence."""
        voice = Voice(letter.language, self._clock.now())
        try:
            return notices.screen(letter, voice)
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            self._log.error("outbox.words", kind=letter.sending.notice.kind, exc_info=error)
            return Screen(notices.fallback(letter))

    async def _show(self, letter: CardLetter) -> None:
        URGENCY.set(Urgency.CARD)
        ABOUT.set(str(letter.sending.card.subject))
        try:
            result = await self._card(letter)
        except AiogramError as error:
            result = self._result(explain(error), 1)
            if not_modified(error):
                result = Result("sent", letter.sending.message_id)
        await self._desk.do(delivery.settle_card, self._act(), letter.sending, result)

    async def _card(self, letter: CardLetter) -> Result:
        sending = letter.sending
        bot, chat = self._where(sending.card.chat)
        voice = Voice(sending.language, self._clock.now())
        if letter.menu is not None:
            told = people.commands(letter.menu.person, voice)
            await bot.set_my_commands(told, scope=BotCommandScopeChat(chat_id=chat))
            return Result("sent", "-")
        if letter.brief is None:
            return Result("failed", why="not_found")
        screen = cards.incident(letter.brief, self._clock.now(), sending.again, voice)
        markup = screen.markup()
        if sending.message_id:
            number = int(sending.message_id)
            await bot.edit_message_text(
                screen.text, chat_id=chat, message_id=number, reply_markup=markup
            )
            return Result("sent", sending.message_id)
        # without a sound: the team is woken in its order, the room only when nobody has answered
        sent = await bot.send_message(
            chat, screen.text, reply_markup=markup, disable_notification=True
        )
        return Result("sent", str(sent.message_id))

    def _where(self, address: str) -> tuple[Bot, int]:
        account, _, chat = address.rpartition(":")
        bot = self._bots.get(account)
        if bot is None:  # another bot's chat, and that bot is not running
            raise NoSuchBot(account)
        return bot, int(chat)

    def _result(self, trouble: DeliveryError, attempts: int) -> Result:
        now = self._clock.now()
        if trouble.to is not None:
            return Result("later", when=now, why=trouble.reason, moved_to=trouble.to)
        if trouble.permanent:
            return Result("failed", why=trouble.reason)
        wait = timedelta(seconds=trouble.retry_after or min(2**attempts, 120))
        when = now + min(wait, LONGEST)
        return Result("later", when=when, why=trouble.reason, unknown=trouble.fate_unknown)

    def _act(self) -> Act:
        return clockwork(self._clock.now)


class NoSuchBot(AiogramError):
    """The chat belongs to an account that this program does not run."""


def clockwork(now: Callable[[], datetime]) -> Act:
    """An act of the program's own."""
    return Act(CLOCKWORK_IDENTITY, now())
