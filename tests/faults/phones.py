"""What comes onto everybody's phones and what they do there, followed event by event."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from aiohttp import ClientSession, ClientTimeout

from tests.faults.processes import PATIENCE

T = TypeVar("T")
Buttons = tuple[tuple[str, str], ...]  # labels and data


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot, new or edited; or what it said over a button that was pressed."""

    kind: Literal["message", "edit", "callback"]
    chat: int
    message: int  # 0: said over a button
    text: str
    buttons: Buttons = ()
    to: int = 0  # whose press it answers


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody wrote or pressed, in the order in which the bot gets to know of it."""

    kind: Literal["says", "taps"]
    person: int
    chat: int
    message: int  # theirs, or the one whose button was pressed
    what: str  # the words, or the button's data
    query: str = ""


@dataclass(slots=True)
class Phones:
    """`follow` keeps it up to date. `standing`: of each chat, the bot's messages as they are."""

    address: str
    http: ClientSession
    shown: list[Shown] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    standing: dict[int, dict[int, Shown]] = field(default_factory=lambda: defaultdict(dict))
    answered: set[str] = field(default_factory=set)  # presses, by their query
    last: int = 0  # of the events
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def follow(self) -> None:
        url, kind = f"{self.address}/sandbox/events", ""
        for_ever = ClientTimeout(total=None)
        async with self.http.get(url, params={"after": self.last}, timeout=for_ever) as stream:
            async for raw in stream.content:
                field_, _, value = raw.decode().rstrip("\n").partition(": ")
                if field_ == "id":
                    self.last = int(value)
                elif field_ == "event":
                    kind = value
                    assert kind != "reset", "events were forgotten before they were read"
                elif field_ == "data" and kind != "hello":
                    self._take(kind, json.loads(value))

    async def until(self, holds: Callable[[], T | None], within: float = PATIENCE) -> T:
        """What `holds` finds, as soon as it finds something. TimeoutError."""
        async with asyncio.timeout(within):
            while (found := holds()) is None:
                await self._news.wait()
        return found

    async def answers(self, query: str, within: float) -> bool:
        """Whether a press is answered in time."""
        try:
            return await self.until(lambda: query in self.answered or None, within)
        except TimeoutError:
            return False

    def newest(self, chat: int, last: int) -> list[Shown]:
        """The bot's messages in a chat as they stand now, the newest first."""
        return list(self.standing[chat].values())[: -last - 1 : -1]

    def _take(self, kind: str, told: dict[str, Any]) -> None:
        if kind == "tap":
            place = (told["person"], told["chat"], told["message"])
            self.deeds.append(Deed("taps", *place, told["data"], told["query"]))
        elif kind == "callback":
            said = told["text"] or ""
            self.answered.add(told["query"])
            self.shown.append(Shown("callback", told["chat"], 0, said, to=told["person"]))
        elif kind == "message" and not told["from"]["is_bot"]:
            place = (told["from"]["id"], told["chat"], told["id"])
            self.deeds.append(Deed("says", *place, told["text"]))
        elif kind in ("message", "edit"):
            self._take_message(kind == "message", told)
        self._news.set()
        self._news = asyncio.Event()

    def _take_message(self, new: bool, told: dict[str, Any]) -> None:
        buttons = tuple(
            (button["label"], button["data"]) for row in told["buttons"] for button in row
        )
        kind: Literal["message", "edit"] = "message" if new else "edit"
        one = Shown(kind, told["chat"], told["id"], told["text"], buttons)
        self.shown.append(one)
        self.standing[one.chat][one.message] = one
