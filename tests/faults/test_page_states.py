"""P3 as a state machine: whatever people, networks, clocks and crashes do, no page falls silent.

The real store and the real use cases, on a pushed clock; the networks are two lists: who has
blocked the bot, and what arrived. `STATES` runs (10) of at most 40 steps; hypothesis prints the
steps of a run that fails.
"""

import asyncio
import os
import shutil
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.duty import Absence, Shift
from bot.domain.errors import Refusal
from bot.domain.escalation import Page
from bot.domain.form import Move
from bot.domain.people import CLOCKWORK_IDENTITY, CONSOLE_IDENTITY, Act, Identity
from bot.services import (
    auditing,
    delivery,
    dialogs,
    holding_on,
    joining,
    paging,
    reminding,
    reports,
)
from bot.services.delivery import Result
from bot.services.desk import Desk
from bot.services.ports.books import Books
from bot.services.ports.messages import Chat, Sending
from bot.services.ports.store import Transaction
from bot.services.sealing import prove
from bot.views.hearing.moments import offered
from playbooks.agency_file import load_agency
from playbooks.calendars import load_holidays
from playbooks.loader import load_plans
from storage.store import SqlStore

T = TypeVar("T")
RUNS = int(os.environ.get("STATES", "10"))
BEGINS = datetime(2026, 11, 21, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SAMPLE = Path(__file__).parents[2] / "playbooks" / "samples" / "agency.yaml"
PEOPLE = ("minh", "hung", "hoa", "binh", "tuyet", "phuc")
ROOM = "test:bot:-1"
AT_A_TIME = 10  # a night of twenty incidents, each of which is said to five people and the room
ROUND = timedelta(minutes=50)  # in which a page that nobody answers has gone round once


def _agency_file(folder: Path) -> Path:
    """The sample agency; its two duty officers take turns, a day each."""
    text = SAMPLE.read_text(encoding="utf-8")
    text = text.replace("{people: [binh], starts", "{people: [binh, tuyet], starts", 1)
    file = folder / "agency.yaml"
    file.write_text(text, encoding="utf-8")
    return file


class Pages(RuleBasedStateMachine):
    """`blocked`: who cannot be told; `heard`: what has arrived, with the moment, to whom."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(mkdtemp(prefix="trucban-"))
        self.now = BEGINS
        self.blocked: set[str] = set()
        self.away: dict[str, int] = {}
        self.heard: list[tuple[datetime, str, str]] = []  # at, to whom ("room"), kind
        self.updates = 0
        self.books = Books(load_plans(), holidays=load_holidays())
        self._open()
        agency = load_agency(_agency_file(self.folder), self.books.plans)
        self.do(joining.apply_agency, agency, who=CONSOLE_IDENTITY)
        self.step(self._join)

    def teardown(self) -> None:
        """Left alone for two hours nobody who can be told has been left out; the log holds."""
        self._left_alone()
        proof = self.look(prove)
        assert proof.broken is None
        self._close()
        self.loop.close()
        shutil.rmtree(self.folder)

    # What people do

    @rule()
    def report(self) -> None:
        """The short way; perhaps the tenth incident of the night."""
        draft = self.do(reports.begin, who=_phone("lan"))
        answers = ["mot_cua", "Máy hỏng.", offered("just_now", self.now).stored(), "yes"]
        for answer in answers:
            draft = self.do(
                dialogs.press, draft.id, draft.version, Move("answer", answer), who=_phone("lan")
            )
        self.do(dialogs.press, draft.id, draft.version, Move("early"), who=_phone("lan"))

    @precondition(lambda self: self._pages())
    @rule(key=st.sampled_from(PEOPLE), data=st.data())
    def take(self, key: str, data: st.DataObject) -> None:
        with suppress(Refusal):
            self.do(paging.take, self._drawn(data), who=_phone(key))

    @precondition(lambda self: self._pages())
    @rule(key=st.sampled_from(PEOPLE), data=st.data())
    def cannot(self, key: str, data: st.DataObject) -> None:
        with suppress(Refusal):
            self.do(paging.pass_on, self._drawn(data), who=_phone(key))

    @precondition(lambda self: self._pages())
    @rule(key=st.sampled_from(PEOPLE), data=st.data())
    def give_back(self, key: str, data: st.DataObject) -> None:
        with suppress(Refusal):
            self.do(paging.give_back, self._drawn(data), who=_phone(key))

    @precondition(lambda self: self._pages())
    @rule(key=st.sampled_from(PEOPLE), data=st.data())
    def still_at_it(self, key: str, data: st.DataObject) -> None:
        with suppress(Refusal):
            self.do(holding_on.alive, self._drawn(data), who=_phone(key))

    @rule(key=st.sampled_from(PEOPLE))
    def swap(self, key: str) -> None:
        """Somebody stands in for the duty officer for a while."""

        def stand_in(tx: Transaction) -> None:
            who = tx.people.listed([key])[0].id
            hours = timedelta(hours=3)
            cover = Shift(0, "truc_ban", who, self.now, self.now + hours, "cover")
            tx.rosters.add_shift(cover, 0, self.now)

        self.step(stand_in)

    @rule(key=st.sampled_from(PEOPLE), other=st.sampled_from((*PEOPLE, "")))
    def leave(self, key: str, other: str) -> None:
        """Away for the day, with or without somebody who acts for them."""

        def go(tx: Transaction) -> int:
            who = tx.people.listed([key])[0].id
            acting = tx.people.listed([other])[0].id if other and other != key else 0
            one = Absence(0, who, self.now, self.now + timedelta(days=1), "phép", acting)
            return tx.rosters.add_absence(one, 0, self.now).id

        if key not in self.away:
            self.away[key] = self.step(go)

    @precondition(lambda self: self.away)
    @rule(data=st.data())
    def come_back(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.away)))
        number = self.away.pop(key)
        self.step(lambda tx: tx.rosters.cancel_absence(number, self.now))

    @rule(key=st.sampled_from(PEOPLE))
    def block(self, key: str) -> None:
        self.blocked.add(key)

    @precondition(lambda self: self.blocked)
    @rule(data=st.data())
    def unblock(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.blocked)))
        self.blocked.discard(key)
        self.step(lambda tx: self._seen(tx, key))

    # What the machine and the clock do

    @rule(minutes=st.sampled_from([1, 5, 6, 11, 61, 125, 600]))
    def time(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        self.sweep()

    @rule()
    def sweep(self) -> None:
        for page in self.look(lambda tx: tx.pages.due(self.now)):
            self.do(auditing.climb, page, who=CLOCKWORK_IDENTITY)
        for page in self.do(holding_on.due, who=CLOCKWORK_IDENTITY):
            self.do(holding_on.look_at, page, who=CLOCKWORK_IDENTITY)
        for area in reminding.AREAS:
            self.do(reminding.remind_due, area, who=CLOCKWORK_IDENTITY)

    @rule(lost=st.integers(0, 3))
    def deliver(self, lost: int) -> None:
        """All that is to be said; after so many the process dies, before it has written it down."""
        letters, _ = self.do(delivery.claim, who=CLOCKWORK_IDENTITY)
        for number, letter in enumerate(letters):
            result = self._arrives(letter.sending)
            if lost and number == lost:
                self.crash()
                return
            self.do(delivery.settle, letter.sending, result, who=CLOCKWORK_IDENTITY)

    @rule()
    def crash(self) -> None:
        """kill -9, and another start."""
        self._close()
        self._open()
        self.do(delivery.recover, who=CLOCKWORK_IDENTITY)

    # What must hold

    @invariant()
    def every_open_incident_is_somebodys_or_is_called(self) -> None:
        wrong = self.look(self._silent)
        assert not wrong, wrong

    def _silent(self, tx: Transaction) -> list[str]:
        wrong = []
        for incident in tx.incidents.open_in(None):
            page = tx.pages.of(incident.id)
            if page is None:
                wrong.append(f"{incident.id} was never paged")
            elif page.waits and page.due_at and page.due_at > self.now + 11 * MINUTE:
                wrong.append(f"{incident.id} waits until {page.due_at}")
            elif not page.waits and not page.acknowledged:
                wrong.append(f"{incident.id} is nobody's and is not called")
            elif not page.waits and incident.lead_id not in page.acknowledged:
                wrong.append(f"{incident.id} is led by somebody who has not acknowledged")
        return wrong

    def _left_alone(self) -> None:
        """Nobody does anything any more: whoever has it is asked, the others are told, and where
        nobody can be, the room is."""
        for minutes in (*[10] * 14, *[5] * 10):
            self.time(minutes)
            for _ in range(AT_A_TIME):  # as the sender does: on and on, fifty rows at a time
                self.deliver(0)
            self.every_open_incident_is_somebodys_or_is_called()
        last_round = [one for one in self.heard if one[0] > self.now - ROUND]
        waiting = self.look(lambda tx: [p for p in tx.pages.waiting() if p.kind == "respond"])
        if waiting:
            cries = {to for _, to, kind in last_round if kind == "page.nobody_respond"}
            assert "room" in cries
            on_duty = {"binh", "tuyet"} - self.blocked - self.away.keys()
            assert not on_duty or cries & on_duty, (cries, on_duty)
            asked = self.look(lambda tx: _asked(tx, waiting))
            there = asked - self.blocked - self.away.keys()
            told = {to for _, to, kind in last_round if kind == "page.respond"}
            assert there <= told, (there, told)

    # How it is done

    def _open(self) -> None:
        async def opened() -> SqlStore:
            return SqlStore(f"sqlite:///{self.folder / 'trucban.db'}", self.books)

        self.store = self.loop.run_until_complete(opened())
        self.desk = Desk(self.store)

    def _close(self) -> None:
        self.loop.run_until_complete(self.store.close())

    def do(self, use_case: Callable[..., T], *args: Any, who: Identity) -> T:
        """Through the one door; each act of a person is an update of its own."""
        self.updates += 1
        key = f"update/{self.updates}" if who.platform == "test" else None
        act = Act(who, self.now, f"test:bot:{who.external_id}", update_key=key)
        return self._run(self.desk.do(use_case, act, *args)).value

    def step(self, work: Callable[[Transaction], T]) -> T:
        return self._run(self.store.run(work))

    def look(self, query: Callable[[Transaction], T]) -> T:
        return self._run(self.store.look(query))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def _join(self, tx: Transaction) -> None:
        for key in (*PEOPLE, "lan"):
            tx.people.link(_phone(key), tx.people.listed([key])[0].id)
            self._seen(tx, key)
        tx.chats.bind(Chat(ROOM, private=False, unit="doi_ung_cuu", title="Đội"), self.now)

    def _seen(self, tx: Transaction, key: str) -> None:
        who = tx.people.listed([key])[0].id
        tx.chats.seen(Chat(f"test:bot:{key}", private=True), who, self.now)

    def _arrives(self, sending: Sending) -> Result:
        to = "room" if sending.chat == ROOM else sending.chat.rpartition(":")[2]
        if to in self.blocked:
            return Result("failed", why="blocked")
        self.heard.append((self.now, to, sending.notice.kind))
        return Result("sent", str(len(self.heard)))

    def _pages(self) -> list[int]:
        return self.look(lambda tx: [one.id for one in _every_page(tx)])

    def _drawn(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(self._pages()))


def _every_page(tx: Transaction) -> list[Page]:
    found = (tx.pages.of(incident.id) for incident in tx.incidents.open_in(None))
    return [page for page in found if page is not None]


def _asked(tx: Transaction, pages: Sequence[Page]) -> set[str]:
    """Who stands in the ladders of these."""
    ids = {who for page in pages for rung in page.ladder for who in rung.person_ids}
    return {one.key for one in tx.people.named(ids).values()}


def _phone(key: str) -> Identity:
    return Identity("test", "bot", key)


TestPages = Pages.TestCase
TestPages.settings = settings(
    max_examples=RUNS,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shorten a run takes many minutes
)
