"""What has still to be said: notices, cards, the chats they go to, and what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.notice import Card, Notice
from bot.domain.people import Person


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

    def lost(self, address: str, why: str, at: datetime) -> None:
        """Blocked, kicked, deleted: nothing is sent there until somebody writes from it."""

    def troubled(self, address: str, why: str) -> None: ...
    def well(self, address: str, troubles: Iterable[str]) -> bool:
        """There is none of these troubles any more; True when there was one."""

    def moved(self, address: str, to: str) -> bool:
        """The group has another id, and no message of the old one; False: that was known."""

    def private_of(self, person_id: int) -> str | None:
        """Where the person wrote last, of the chats that can be written to."""


class Notices(Protocol):
    def add(self, notices: Iterable[Notice], at: datetime) -> None: ...
    def claim(
        self, now: datetime, lease: timedelta, limit: int, pages_only: bool = False
    ) -> Sequence[Sending]:
        """Pages first. Those whose lease ran out are claimed again, marked."""

    def release(self, now: datetime) -> None:
        """Nobody else sends: every lease is over."""

    def sent(self, notice_id: int, chat: str, message_id: str, text: str, at: datetime) -> None: ...
    def again_at(self, notice_id: int, when: datetime, why: str, unknown: bool) -> None: ...
    def failed(self, notice_id: int, chat: str, why: str, at: datetime) -> None: ...
    def erase_words(self, incident_id: int) -> None: ...


class Cards(Protocol):
    def want(self, cards: Iterable[Card]) -> None:
        """A newer revision is wanted; the card is made when it is the first."""

    def want_again(self, kind: str, subject: int) -> None:
        """The same, for every chat where this card stands."""

    def want_every(self, kind: str) -> None:
        """The same, for every card of a kind."""

    def claim(self, now: datetime, lease: timedelta, limit: int) -> Sequence[CardSending]: ...
    def release(self, now: datetime) -> None: ...
    def shown(self, card_id: int, revision: int, message_id: str, at: datetime) -> None: ...
    def again_at(self, card_id: int, when: datetime, unknown: bool) -> None:
        """`unknown`: it may stand there already."""

    def gone(self, card_id: int) -> None:
        """The message was deleted there: the next revision is a new message."""

    def failed(self, card_id: int) -> None: ...
    def forget(self, chat: str) -> None:
        """The messages of a chat are out of reach: each card's next revision is a new one."""
