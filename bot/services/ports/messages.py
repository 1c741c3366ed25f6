"""What has still to be said: notices, cards, the chats they go to, and what became of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.channel import Channel
from bot.domain.notice import Card, Notice
from bot.domain.people import Person
from bot.domain.quota import PLENTY, Allowance, Limit, Quota


@dataclass(frozen=True, slots=True)
class Chat:
    address: str  # platform:account:chat
    private: bool
    unit: str = ""  # of a group: whose response team it is
    title: str = ""
    thread: str = ""  # of a group with topics: the one it was bound in
    lost: str = ""  # why nothing can be sent there
    trouble: str = ""  # what did not get through there of late, told to whoever can mend it


@dataclass(frozen=True, slots=True)
class Sending:
    """A notice on its way to one chat. `again`: it may have arrived before (nhắc lại)."""

    notice_id: int
    notice: Notice
    chat: str  # "": the person is not connected
    person: Person | None
    again: bool
    attempts: int = 1
    thread: str = ""
    tried: tuple[str, ...] = ()  # chats that have not answered of late
    instead: str = ""  # why it does not go where this person's order says
    another: bool = False  # there is another channel, so that what cannot wait need not wait here


@dataclass(frozen=True, slots=True)
class CardSending:
    card_id: int
    card: Card
    wanted: int  # the revision that is to be shown
    message_id: str  # "": not sent yet
    again: bool  # it was sent once and nobody knows whether it arrived
    language: str
    thread: str = ""

    @property
    def chat(self) -> str:
        return self.card.chat


class Chats(Protocol):
    def seen(self, chat: Chat, person_id: int | None, at: datetime) -> None:
        """It is there, and it can be written to again."""

    def groups_of(self, units: Iterable[str]) -> Sequence[Chat]: ...
    def bind(self, chat: Chat, at: datetime) -> None: ...
    def bound(self, address: str) -> Chat | None:
        """The group, when it belongs to a unit."""

    def is_lost(self, address: str) -> bool: ...
    def lost(self, address: str, why: str, at: datetime) -> None:
        """Blocked, kicked, deleted: nothing is sent there until somebody writes from it."""

    def troubled(self, address: str, why: str) -> None: ...
    def well(self, address: str, troubles: Iterable[str]) -> bool:
        """There is none of these troubles any more; True when there was one."""

    def moved(self, address: str, to: str) -> bool:
        """The group has another id, and no message of the old one; False: that was known."""

    def private_of(self, person_id: int) -> str | None:
        """Where the person wrote last, of the chats that can be written to."""


class Channels(Protocol):
    def of(self, people: Collection[int], now: datetime) -> Mapping[int, Sequence[Channel]]:
        """Every private chat of theirs, and the ways beside them; who has no chat that is open is
        reached by the telephone that they share."""

    def put_first(self, person_id: int, address: str, at: datetime) -> None: ...


class Quotas(Protocol):
    def of(self, month: str) -> Sequence[Quota]: ...
    def add(self, month: str, counts: Mapping[str, int], limits: Mapping[str, Limit]) -> None:
        """So many messages more by each account."""

    def save(self, quota: Quota) -> None: ...
    def held(self, accounts: Sequence[str]) -> int:
        """How many messages wait because these have little left."""


class Notices(Protocol):
    def add(self, notices: Iterable[Notice], at: datetime) -> None: ...
    def claim(
        self,
        now: datetime,
        lease: timedelta,
        limit: int,
        pages_only: bool = False,
        allowance: Allowance = PLENTY,
    ) -> Sequence[Sending]:
        """Pages first. Those whose lease ran out are claimed again, marked.

        What a newer one says, and pages that wait for nobody any more, are settled here.
        """

    def keep(self, numbers: Collection[int], until: datetime) -> None:
        """These are still on their way: their lease is longer."""

    def release(self, now: datetime) -> None:
        """Nobody else sends: every lease is over."""

    def sent(self, notice_id: int, chat: str, message_id: str, text: str, at: datetime) -> None: ...
    def again_at(
        self,
        notice_id: int,
        when: datetime,
        why: str,
        unknown: bool,
        tried: Sequence[str] = (),
    ) -> None:
        """`tried`: chats that have not answered: another one comes first."""

    def unknown(self, notice_id: int, chat: str, why: str, at: datetime) -> None:
        """It may have arrived there: its delivery says so."""

    def failed(self, notice_id: int, chat: str, why: str, at: datetime) -> None: ...
    def unmoved(self, before: datetime, but: str) -> Sequence[int]:
        """Of which incidents (0: none) an urgent one waits since before then, each once; those of
        kind `but` aside, and what waits for a month's quota while somebody else was told."""

    def hasten(self, now: datetime, beyond: datetime) -> Sequence[int]:
        """Urgent ones that are put off until after `beyond` go out now; the incident of each."""

    def overtaken(self, kind: str, chat: str) -> None:
        """What is still to be said of this kind in this chat need not be said any more."""

    def erase_words(self, incident_id: int) -> None: ...


class Cards(Protocol):
    def want(self, cards: Iterable[Card]) -> None:
        """A newer revision is wanted; the card is made when it is the first."""

    def want_again(self, kind: str, subject: int, loud: bool = False) -> None:
        """The same, for every chat where this card stands.

        `loud`: worth a new message where nothing can be edited; else nothing is said there.
        """

    def want_every(self, kind: str) -> None:
        """The same, for every card of a kind."""

    def claim(self, now: datetime, lease: timedelta, limit: int) -> Sequence[CardSending]: ...
    def keep(self, numbers: Collection[int], until: datetime) -> None:
        """These are still on their way: their lease is longer."""

    def release(self, now: datetime) -> None: ...
    def shown(self, card_id: int, revision: int, message_id: str, at: datetime) -> None: ...
    def again_at(self, card_id: int, when: datetime, unknown: bool) -> None:
        """`unknown`: it may stand there already."""

    def gone(self, card_id: int) -> None:
        """The message was deleted there: the next revision is a new message."""

    def failed(self, card_id: int) -> None: ...
    def forget(self, chat: str) -> None:
        """The messages of a chat are out of reach: each card's next revision is a new one."""
