"""The sender: notices and cards that stand in rows, out through the bots' one paced queue each.

A row is claimed before it is sent and settled after, so a kill in between sends it once more,
marked "(nhắc lại)"; nothing that was to be said is forgotten.
"""

import asyncio
import math
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommandScopeChat, Message

from bot.domain.notice import Notice
from bot.domain.people import CLOCKWORK_IDENTITY, Act
from bot.domain.platform import can
from bot.platforms.bot_api import DeliveryError, explain, not_modified
from bot.platforms.meter import Meter
from bot.platforms.other_ways import OtherWays
from bot.platforms.pace import Urgency
from bot.platforms.paced import ABOUT, ONCE, URGENCY, PacedBot
from bot.services import delivery
from bot.services.delivery import CardLetter, Letter, Result
from bot.services.desk import Desk
from bot.services.people_outcomes import Menu
from bot.services.ports.clock import Clock
from bot.services.ports.messages import CardSending, Sending
from bot.services.ports.store import StoreDown
from bot.views import cards, notices, people, ways
from bot.views.screen import Screen
from bot.views.typed import typed
from bot.views.voice import Voice
from bot.views.ways import Said

AT_ONCE = 100  # messages under way
RESERVED = 20  # more of them, for pages alone, each time it is looked
LATE = 30.0  # seconds since it last looked: something holds it up
IDLE = timedelta(seconds=1)  # between two looks, when nothing is stirred
LONGEST = timedelta(minutes=2)  # between two tries
TRIES = 6  # of one message by mail, SMS or ntfy, where there is no other way
WORDS_FAIL = (LookupError, ValueError, TypeError, AttributeError, StopIteration)
T = TypeVar("T")
TESTS = ("test", "round.", "watch.")  # kinds that ask whether a way is open begin so


class Outbox:
    """`bots`: by "platform:account". `stirred`: set when a commit left something to be said."""

    def __init__(
        self,
        desk: Desk,
        bots: Mapping[str, PacedBot],
        stirred: asyncio.Event,
        clock: Clock,
        meter: Meter,
        other_ways: OtherWays,
    ) -> None:
        self._desk, self._bots, self._stirred, self._clock = desk, bots, stirred, clock
        self._meter, self._other_ways = meter, other_ways
        self._under_way: dict[asyncio.Task[None], datetime] = {}  # until when each has its lease
        self._leaving: set[str] = set()  # "notice 7": it waits for its turn, or for the answer
        self._claimed_at = -math.inf  # when it last looked what is to be said, in the loop's time
        self._log = structlog.get_logger("outbox")

    async def run(self) -> None:
        """Until cancelled. A database that is down is waited for."""
        recovered = False
        self._claimed_at = asyncio.get_running_loop().time()
        while True:
            self._stirred.clear()
            try:
                if not recovered:
                    await self._desk.do(delivery.recover, self._act())
                    recovered = True
                claimed = await self._claim()
                self._claimed_at = asyncio.get_running_loop().time()
            except StoreDown as error:
                self._log.warning("outbox.store_down", why=str(error))
                claimed = 0
            if not claimed:
                await self._wait()

    def is_well(self) -> bool:
        """Whether it has looked of late what is to be said."""
        return asyncio.get_running_loop().time() - self._claimed_at < LATE

    async def drain(self, within: float) -> None:
        """What has left is settled; what waits for its turn stays in its row, as never sent."""
        for bot in self._bots.values():
            bot.send_no_more()
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=within)
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _claim(self) -> int:
        room = AT_ONCE - len(self._under_way)
        crowded = room <= 0
        most = RESERVED if crowded else room
        allowance = self._meter.allowance()
        act = self._act()
        late = {task.get_name() for task, until in self._under_way.items() if until <= act.at}
        claim = self._desk.do(delivery.claim, act, most, crowded, allowance, late)
        letters, standing = (await claim).value
        until = act.at + delivery.LEASE
        begun = [self._begin(_name(one), self._deliver, one, until) for one in letters]
        begun += [self._begin(_name(one), self._show, one, until) for one in standing]
        return sum(begun)

    async def _wait(self) -> None:
        waits = [
            asyncio.ensure_future(self._stirred.wait()),
            asyncio.ensure_future(self._clock.sleep_until(self._clock.now() + IDLE)),
        ]
        try:
            # no longer than so of real time: a clock that was set back is not waited for
            idle = IDLE.total_seconds()
            await asyncio.wait(waits, timeout=idle, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    def _begin(
        self,
        what: str,
        send: Callable[[T], Coroutine[Any, Any, None]],
        letter: T,
        until: datetime,
    ) -> bool:
        """False: it is on its way still, for longer than its lease was."""
        if what in self._leaving:
            return False
        self._leaving.add(what)
        task = asyncio.create_task(send(letter), name=what)
        self._under_way[task] = until
        task.add_done_callback(self._ended)
        return True

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task, None)
        if not task.cancelled() and task.exception() is not None:
            self._log.error("outbox.failed", exc_info=task.exception())

    async def _deliver(self, letter: Letter) -> None:
        sending = letter.sending
        URGENCY.set(urgency(sending.notice))
        ABOUT.set(str(sending.notice.incident or ""))
        ONCE.set(sending.notice.urgency == "page" and sending.another)
        try:
            attempt = self._attempt if can(sending.chat).answers else self._beside
            result = await attempt(letter)
        finally:  # before it is written down: what is claimed after that is another matter
            self._leaving.discard(_name(letter))
        await self._desk.do(delivery.settle, self._act(), sending, result)

    async def _attempt(self, letter: Letter) -> Result:
        """As it is to be said (the wire tries plain words by itself); the bare fact at the last."""
        sending = letter.sending
        for screen in (self._screen(letter), Screen(notices.fallback(letter))):
            try:
                return await self._send(sending, screen, sending.notice.urgency == "quiet")
            except AiogramError as error:
                trouble = explain(error)
                if trouble.reason != "refused_text":
                    return self._result(trouble, sending.chat, sending.attempts)
        return Result("failed", why="refused_text")

    async def _beside(self, letter: Letter) -> Result:
        """By mail, SMS, ntfy. Where that alone is left and fails, it is given up after a while."""
        sending = letter.sending
        account, _, address = sending.chat.rpartition(":")
        said = self._plainly(letter)
        try:
            await self._other_ways.say(account, address, said.subject, said.text)
        except DeliveryError as trouble:
            if is_given_up(sending, trouble):
                return Result("failed", why=trouble.reason)
            return self._result(trouble, sending.chat, sending.attempts)
        return Result("sent", text=said.text)

    def _plainly(self, letter: Letter) -> Said:
        chat = letter.sending.chat
        voice = Voice(letter.language, self._clock.now(), can(chat).buttons)
        platforms = list(dict.fromkeys(bot.platform for bot in self._bots.values()))
        try:
            return ways.said(letter, chat.partition(":")[0], platforms, voice)
        except WORDS_FAIL as error:
            self._log.error("outbox.words", kind=letter.sending.notice.kind, exc_info=error)
            return ways.fallback(letter, chat.partition(":")[0], platforms, voice)

    async def _send(self, sending: Sending | CardSending, screen: Screen, quiet: bool) -> Result:
        bot, chat = self._where(sending.chat)
        topic = int(sending.thread) if sending.thread else None
        sent = await bot.send_message(
            chat,
            screen.text,
            message_thread_id=topic,
            reply_markup=screen.markup(),
            disable_notification=quiet,
        )
        return Result(
            "sent",
            str(sent.message_id),
            screen.text,
            moved_to=""
            if bot.external(sent.chat.id) == str(chat)
            else _beside(sending.chat, sent.chat.id),
            astray=topic is not None and not _in_topic(sent, topic),
        )

    def _screen(self, letter: Letter) -> Screen:
        """A page whose words fail goes out plain: rendering is never a reason for silence."""
        voice = Voice(letter.language, self._clock.now(), can(letter.sending.chat).buttons)
        try:
            return typed(notices.screen(letter, voice), voice)
        except WORDS_FAIL as error:
            self._log.error("outbox.words", kind=letter.sending.notice.kind, exc_info=error)
            return Screen(notices.fallback(letter))

    async def _show(self, letter: CardLetter) -> None:
        is_task = letter.sending.card.kind == "task"
        URGENCY.set(Urgency.TASK_CARD if is_task else Urgency.CARD)
        ABOUT.set(str(letter.incident or ""))
        ONCE.set(True)  # refused by a 429 it is claimed again, and shows what is newest by then
        try:
            result = await self._card(letter)
        except AiogramError as error:
            result = self._result(explain(error), letter.sending.chat, 1)
            if not_modified(error):
                result = Result("sent", letter.sending.message_id)
        finally:
            self._leaving.discard(_name(letter))
        await self._desk.do(delivery.settle_card, self._act(), letter, result)

    async def _card(self, letter: CardLetter) -> Result:
        sending = letter.sending
        bot, chat = self._where(sending.chat)
        voice = Voice(sending.language, self._clock.now(), can(sending.chat).buttons)
        if isinstance(letter.shown, Menu):
            told = people.commands(letter.shown.person, voice)
            await bot.set_my_commands(told, scope=BotCommandScopeChat(chat_id=chat))
            return Result("sent", "-")
        if letter.shown is None:
            return Result("failed", why="unreadable")
        screen = typed(cards.screen(letter, self._clock.now(), voice), voice, room=True)
        if sending.message_id:
            number, markup = int(sending.message_id), screen.markup()
            await bot.edit_message_text(
                screen.text, chat_id=chat, message_id=number, reply_markup=markup
            )
            return Result("sent", sending.message_id)
        # without a sound: the team is woken in its order, the room only when nobody has answered
        return await self._send(sending, screen, quiet=True)

    def _where(self, address: str) -> tuple[PacedBot, int | str]:
        account, _, chat = address.rpartition(":")
        bot = self._bots.get(account)
        if bot is None:  # another bot's chat, and that bot is not running
            raise NoSuchBot(account)
        return bot, bot.chat_id(chat)

    def _result(self, trouble: DeliveryError, address: str, attempts: int) -> Result:
        now = self._clock.now()
        if trouble.to is not None:
            to = _beside(address, trouble.to)
            return Result("later", when=now, why=trouble.reason, moved_to=to)
        if trouble.permanent:
            return Result("failed", why=trouble.reason)
        wait = timedelta(seconds=trouble.retry_after or min(2**attempts, 120))
        when = now + min(wait, LONGEST)
        if trouble.reason == "quota":
            self._meter.used_up(address.rpartition(":")[0])
            when = now + delivery.HELD
        return Result("later", when=when, why=trouble.reason, unknown=trouble.fate_unknown)

    def _act(self) -> Act:
        return clockwork(self._clock.now)


def urgency(notice: Notice) -> Urgency:
    """What leaves before what; rows are claimed in the same order, more coarsely."""
    if notice.urgency == "page":
        return Urgency.FIRST_PAGE if notice.facts.get("turn", 1) == 1 else Urgency.PAGE
    if notice.urgency == "quiet":
        return Urgency.CHATTER
    if notice.kind.startswith(TESTS):
        return Urgency.TEST
    return Urgency.TASK if notice.kind.startswith("task") else Urgency.NOTICE


def is_given_up(sending: Sending, trouble: DeliveryError) -> bool:
    """By mail, SMS or ntfy after so many tries, where there is no other way; to have waited for a
    turn there is no try."""
    waited = trouble.reason == "limited"
    return sending.attempts >= TRIES and not sending.another and not waited


def _name(letter: Letter | CardLetter) -> str:
    if isinstance(letter, Letter):
        return f"notice {letter.sending.notice_id}"
    return f"card {letter.sending.card_id}"


def _beside(address: str, chat: int | str) -> str:
    """Another chat of the same account."""
    return f"{address.rpartition(':')[0]}:{chat}"


def _in_topic(sent: Message, topic: int) -> bool:
    return bool(sent.is_topic_message) and sent.message_thread_id == topic


class NoSuchBot(AiogramError):
    """The chat belongs to an account that this program does not run."""


def clockwork(now: Callable[[], datetime]) -> Act:
    """An act of the program's own."""
    return Act(CLOCKWORK_IDENTITY, now())
