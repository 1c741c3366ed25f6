"""Three hundred people and five groups paged at once, and what else happens meanwhile.

The program whole, over a file on disk and HTTP on loopback, and a sandbox that counts messages as
Telegram does; both live by the loop's time, which may be real or jump.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import SecretStr

from bench.cast import (
    ACCOUNT,
    FIRST_LISTED,
    FIRST_OFFICIAL,
    NOON,
    act_of,
    address,
    settle,
)
from bench.people import Town
from bench.questions import SENTENCE, SYSTEM
from bot.app import Program
from bot.config import Settings
from bot.domain.notice import Notice
from bot.office import Office, opened
from bot.platforms.pace import Pace
from bot.platforms.telegram import make_bot
from bot.sandbox import talk
from bot.sandbox.chats import MEMBER
from bot.sandbox.contents import text_content
from bot.sandbox.limits import Gauge, Limits
from bot.sandbox.world import World
from bot.services.ports.messages import Chat
from bot.services.ports.store import Transaction

PERSONS, GROUPS = 300, 5
TEAM = "doi_ung_cuu"  # whose groups they are: each has the incidents' cards
LISTED = 20  # phones for whoever stands in the sample agency
FIRST_GROUP = -1001
PAGED = range(FIRST_OFFICIAL, FIRST_OFFICIAL + PERSONS)
ROOMS = tuple(FIRST_GROUP - place for place in range(GROUPS))
REPORTERS = (FIRST_OFFICIAL + PERSONS, FIRST_OFFICIAL + PERSONS + 1)  # of the two incidents
MIDDLE = 5.0  # seconds after everybody was paged: somebody sends another report
QUIET = 0.0005  # real seconds without a sound: nothing is left to be done now
CALM, AFTER = 3.0, 10.0  # seconds: until the reports are over, until everything is said
REPORT = (  # a sentence, then what is tapped: a serious incident, which pages at once
    *(SENTENCE, "Có", SYSTEM, "Vừa phát hiện", "Có", "Không", "Chưa rõ", "Không", "Không", "Có"),
    "Đã ngắt mạng, giữ nguyên máy",
)
SEND = "Gửi"
T = TypeVar("T")


class LoopClock:
    """Noon, and as many seconds as the loop has been running."""

    def __init__(self) -> None:
        self._time = asyncio.get_running_loop().time
        self._began = NOON - timedelta(seconds=self._time())

    def now(self) -> datetime:
        return self._began + timedelta(seconds=self._time())

    async def sleep_until(self, moment: datetime) -> None:
        over = asyncio.Event()
        left = (moment - self.now()).total_seconds()
        timer = asyncio.get_running_loop().call_later(left, over.set)
        try:
            await over.wait()
        finally:
            timer.cancel()


@dataclass(frozen=True, slots=True)
class Sent:
    """One call that the sandbox answered. `at`: seconds of the loop's clock."""

    at: float
    method: str
    chat: int | None
    ok: bool
    refused_for_now: bool  # 429
    text: str  # as it reads now


class FloodTown(Town):
    """A sandbox with Telegram's limits, on the clock given."""

    def __init__(self, path: Path, clock: LoopClock) -> None:
        super().__init__(path, ACCOUNT)
        self.clock = clock
        limited(self.world, clock)

    async def open(self, numbers: Sequence[int]) -> None:
        await super().open(numbers)
        with self.world.step():
            for room in ROOMS:
                self.world.chats.add_group(f"Phòng {room}", MEMBER, room)

    def sent(self, since: datetime) -> list[Sent]:
        """All that a bot has asked since, but for updates."""
        began = since.timestamp()
        calls = [one for one in self.world.calls.after(0, 100_000) if one["at"] >= began]
        return [
            Sent(c["at"] - began, c["method"], c["chat"], c["ok"], c["code"] == 429, self._text(c))
            for c in calls
        ]

    def _text(self, call: Mapping[str, Any]) -> str:
        if call["chat"] is None or call["message"] is None:
            return ""
        message = self.world.messages.find(call["chat"], call["message"])
        return message.text if message else ""

    async def does(self, number: int, what: str) -> None:
        """Says it, or taps the newest button with this label, and sees what comes of it."""
        waiting = self.world.shown[number] = asyncio.get_running_loop().create_future()
        self.acts(number, what)
        await waiting

    def acts(self, number: int, what: str) -> None:
        """The same without waiting."""
        world, person = self.world, self.world.person(number)
        with world.step():
            if what == SENTENCE:
                talk.say(world, person, number, text_content(what), None)
            else:
                message = world.messages.of_chat(number)[-1]
                talk.tap(world, person, message, {"label": what}, stale=False)


def limited(world: World, clock: LoopClock) -> None:
    world.clock.now = clock.now  # type: ignore[method-assign]
    world.gauge = Gauge(asyncio.get_running_loop().time)
    world.limits = Limits()


@dataclass(frozen=True, slots=True)
class Flooded:
    """What the sandbox answered, in seconds since everybody was paged."""

    sent: Sequence[Sent]
    reported: float  # when the second incident's report was sent

    @property
    def messages(self) -> list[Sent]:
        """Tried or sent; what is no message is not limited."""
        return [one for one in self.sent if one.method in ("sendMessage", "editMessageText")]

    @property
    def pages(self) -> list[Sent]:
        """Of the first incident, as they arrived."""
        loud = [one for one in self._arrived if "sự cố số 1" in one.text]  # a card shouts it
        return [one for one in loud if one.chat in PAGED or one.chat in ROOMS]

    @property
    def second(self) -> list[float]:
        """Seconds from the second report to each of its pages."""
        team = range(FIRST_LISTED, FIRST_LISTED + LISTED)
        after = [one for one in self._arrived if one.chat in team and one.at >= self.reported]
        return [one.at - self.reported for one in after]

    @property
    def makespan(self) -> float:
        return self.pages[-1].at

    @property
    def optimum(self) -> float:
        """No sender is faster: thirty at once at the beginning of each second."""
        until = [one for one in self._arrived if one.at <= self.makespan]
        return math.ceil(len(until) / Limits().bot_per_second) - 1.0

    @property
    def refused(self) -> float:
        """The share of what was tried that met a 429."""
        return sum(one.refused_for_now for one in self.messages) / len(self.messages)

    @property
    def _arrived(self) -> list[Sent]:
        return [one for one in self.sent if one.method == "sendMessage" and one.ok]


async def flood(folder: Path) -> Flooded:
    """Everybody is paged for one incident; in the middle somebody reports another one."""
    async with town(folder) as (where, clock), program(folder, where, clock) as office:
        for number in REPORTERS:
            await report(where, number)
        await where.does(REPORTERS[0], SEND)
        await asyncio.sleep(CALM)
        began = clock.now()
        await office.store.run(lambda tx: page_everybody(tx, began, incident=1))
        await asyncio.sleep(MIDDLE)
        reported = (clock.now() - began).total_seconds()
        where.acts(REPORTERS[1], SEND)
        await asyncio.sleep(AFTER)
        return Flooded(where.sent(began), reported)


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[tuple[FloodTown, LoopClock]]:
    """A sandbox with everybody's phone and the groups; no bot yet."""
    clock = LoopClock()
    town = FloodTown(folder / "sandbox.db", clock)
    await town.open([*range(FIRST_LISTED, FIRST_LISTED + LISTED), *PAGED, *REPORTERS])
    try:
        yield town, clock
    finally:
        await town.close()


@asynccontextmanager
async def program(
    folder: Path, where: FloodTown, clock: LoopClock, officials: int = PERSONS + len(REPORTERS)
) -> AsyncIterator[Office]:
    """Ours, running, with the pace of its settings."""
    settings = Settings(
        telegram_token=SecretStr(where.token),
        telegram_api=where.address,
        database=f"sqlite:///{folder / 'trucban.db'}",
        poll_timeout=5,
    )
    pace = Pace(per_second=settings.messages_per_second)
    async with opened(settings, clock) as office:
        _watched(office)
        await settle(office, officials)
        await office.store.run(_bind)
        whole = Program(settings, office, make_bot(where.token, where.address, pace))
        await whole.begin()
        running = asyncio.create_task(whole.run())
        try:
            yield office
        finally:
            await whole.stop()
            await running


def _watched(office: Office) -> None:
    """A loop whose time jumps waits for the writer's thread, which it cannot see."""
    plain = office.store.run
    elsewhere = getattr(asyncio.get_running_loop(), "elsewhere", nullcontext)

    async def run(step: Callable[[Transaction], T]) -> T:
        with elsewhere():
            return await plain(step)

    office.store.run = run  # type: ignore[method-assign]


def _bind(tx: Transaction) -> None:
    for room in ROOMS:
        chat = Chat(address(room), private=False, unit=TEAM, title=f"Phòng {room}")
        tx.chats.bind(chat, NOON)


async def report(where: FloodTown, number: int) -> None:
    """All of a report but its sending."""
    for what in REPORT:
        await where.does(number, what)


def page_everybody(tx: Transaction, at: datetime, incident: int) -> None:
    """The loudest moment there is: each person and each group, in one step."""
    page = tx.pages.of(incident)
    assert page is not None
    facts: Mapping[str, Any] = {"count": 1, "next": [], "next_at": at.isoformat(), "turn": 1}
    call = Notice("page.respond", None, None, incident, page.id, facts, "page")
    loud = {"minutes": 5, "round": 1, "turn": 1, "told": [], "missed": [], "patience": 5}
    cry = replace(call, kind="page.nobody_respond", facts=loud)
    ids = {number: tx.people.known_as(act_of(number).identity) for number in PAGED}
    tx.notices.add((replace(call, to=one.id) for one in ids.values() if one), at)
    tx.notices.add((replace(cry, chat=address(room)) for room in ROOMS), at)
