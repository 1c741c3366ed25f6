"""The judge of one town: phones against rows, rows against the log, deeds against steps."""

import re
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field

from bot.services.ports.books import Books
from bot.services.sealing import Proof, prove
from playbooks.loader import load_plans
from storage.store import SqlStore
from tests.faults import standing
from tests.faults.book import Book, moment
from tests.faults.courses import LET_GO, Courses
from tests.faults.house import House
from tests.faults.load import Load
from tests.faults.phones import Phones, Shown
from tests.faults.told import Told

# Steps that only show what is true: the same update may do them again.
SHOWING = {"form.shown", "menu.shown", "task.shown", "tasks.shown", "page.seen"}
SENT = "SELECT chat, message_id FROM deliveries WHERE state = 'sent' AND message_id <> ''"
MARK = re.compile(r" \(nhắc lại( lần \d+)?\)")
# A repeat is drawn anew, and says what is true by then: of a task perhaps that it is done.
ABOUT = "sắp đến hạn|đã quá hạn|đang chờ anh/chị nhận|chưa có người làm|gặp vướng mắc"
CHANGING = (
    (re.compile(rf"^Việc (\d+\.\d+) (?:{ABOUT}).*"), r"\1 nhắc"),
    (re.compile(r"^.*chưa nhận việc (\d+\.\d+).*"), r"\1 nhắc"),
    (re.compile(r"^(\d+\.\d+) · .*"), r"\1 nhắc"),
    (re.compile("nhận xác minh|tiếp nhận"), "nhận"),
)
CARD = re.compile(r"SỰ CỐ SỐ \d+|Việc \d+\.\d+")


@dataclass(slots=True)
class Judge:
    """`after_kill`: while no bot runs; `at_rest`: when nobody does anything and all is said."""

    house: House
    phones: Phones
    load: Load
    book: Book = field(init=False)
    told: Told = field(init=False)
    courses: Courses = field(default_factory=Courses)
    _seen: int = 0
    _before: int = 0  # so many events there were before anybody did anything
    _first: int = 0  # the id that the sandbox gave before the first update

    def __post_init__(self) -> None:
        self.book = Book(self.house.rows)
        self.told = Told(self.book, self.house.rows)
        self._follow()
        self._before = len(self.book.links)
        self._first = self.sandbox("SELECT seq FROM sqlite_sequence WHERE name = 'updates'")

    def sandbox(self, statement: str) -> int:
        """A number out of the sandbox's own file."""
        file = self.house.folder / "sandbox.db"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as rows:
            return int(rows.execute(statement).fetchone()[0] or 0)

    async def caught_up(self) -> None:
        """All that has come onto phones is known here."""
        last = self.sandbox("SELECT max(id) FROM events")
        await self.phones.until(lambda: self.phones.last >= last or None)

    def after_kill(self) -> list[str]:
        wrong = self._follow()
        wrong += self.told.not_kept(self.phones.shown[self._seen :])
        self._seen = len(self.phones.shown)
        return wrong + standing.wrong(self.house.rows) + self._not_as_logged()

    def at_rest(self) -> list[str]:
        wrong = self.after_kill() + self.left()
        wrong += self._not_once() + self._not_delivered()
        return wrong + self._doubled_cards() + self._stale()

    def left(self) -> list[str]:
        """What is still to be answered, confirmed or said, though all had time."""
        counted = {
            "without an answer": [*self.load.unanswered, *self.load.busy],
            "updates not confirmed": self.pending(),
            "not said": self.house.rows.one(standing.WAITING),
        }
        return [f"{name}: {what}" for name, what in counted.items() if what]

    def pending(self) -> int:
        return self.sandbox("SELECT count(*) FROM updates")

    async def proof(self) -> Proof:
        store = SqlStore(f"sqlite:///{self.house.rows.file}", Books(load_plans()))
        try:
            return await store.look(prove)
        finally:
            await store.close()

    def _follow(self) -> list[str]:
        new, wrong = self.book.read()
        for link in new:
            wrong += self.courses.follow(link, link.chain in self.book.erased)
        return wrong

    def _not_as_logged(self) -> list[str]:
        """The rows of tasks and incidents say what their log says."""
        kept = self.house.rows.all(
            "SELECT 'task ' || incident_id || '.' || number AS what, state, incident_id, kind"
            " FROM tasks UNION ALL"
            " SELECT 'chain incident/' || id, state, id, '' FROM incidents"
        )
        wrong = []
        for row in kept:
            logged = self.courses.states.get(row["what"], "")
            let_go = logged == LET_GO or (row["kind"] == "call" and row["state"] == "dropped")
            if logged != row["state"] and not let_go and not self._erased(row["incident_id"]):
                wrong.append(f"{row['what']} is {row['state']}, its log says {logged!r}")
        return wrong

    def _erased(self, incident: int) -> bool:
        return bool({f"incident/{incident}", f"confidential/{incident}"} & self.book.erased)

    def _not_once(self) -> list[str]:
        """Each step of a person belongs to one update, which is one deed of that same person."""
        kinds: dict[tuple[str, int], set[str]] = defaultdict(set)
        for link in self.book.links[self._before :]:
            if link.person_id > 0:
                kinds[link.at.isoformat(), link.person_id].add(link.kind)
        keys = self.house.rows.all("SELECT key, at FROM update_keys")
        update_at = {moment(row["at"]).isoformat(): row["key"] for row in keys}
        wrong = []
        for (at, person), what in kinds.items():
            key = update_at.pop(at, "")
            number = int(key.rpartition(":")[2]) - self._first - 1 if key else -1
            if not key and what - SHOWING:
                wrong.append(f"a step that no update has caused: {person} {what}")
            elif key and not 0 <= number < len(self.phones.deeds):
                wrong.append(f"a step for an update that never was: {key} {what}")
            elif key and self.told.persons[self.phones.deeds[number].person] != person:
                wrong.append(f"{person} did what somebody else has asked for: {what}")
        return wrong + [f"an update without its step: {key}" for key in update_at.values()]

    def _not_delivered(self) -> list[str]:
        """Each notice is on its phone; what came more than once says so."""
        rows = self.house.rows.all(SENT)
        sent = {(row["chat"].rpartition(":")[2], row["message_id"]) for row in rows}
        new = {(str(m.chat), str(m.message)): m for m in self.phones.shown if m.kind == "message"}
        wrong = [f"a notice is on no phone: {one}" for one in sent - set(new)]
        wrong += ["two notices are one message"] if len(sent) < len(rows) else []
        heads = Counter((chat, _head(new[chat, number])) for chat, number in sent & set(new))
        unmarked = Counter(
            (chat, _head(one))
            for (chat, _), one in new.items()
            if not MARK.search(one.text) and not _asks(one)
        )
        wrong += [
            f"said {unmarked[what]} times and not marked: {what}"
            for what, times in heads.items()
            if unmarked[what] > times
        ]
        return wrong

    def _doubled_cards(self) -> list[str]:
        """One message for each card in a chat; another is marked."""
        cards = Counter(
            (one.chat, found[0])
            for one in self.phones.shown
            if one.kind == "message" and one.chat < 0 and not MARK.search(one.text.split("\n")[0])
            if (found := CARD.match(one.text))
        )
        return [f"{times} cards: {what}" for what, times in cards.items() if times > 1]

    def _stale(self) -> list[str]:
        """Cards show what is true now: who leads the response, and that it has ended."""
        shown = self.house.rows.all(
            "SELECT cards.chat, message_id, i.id, i.state, people.name FROM cards"
            " JOIN incidents i ON i.id = subject LEFT JOIN people ON people.id = lead_id"
            " WHERE kind = 'incident'"
        )
        wrong = []
        for row in shown:
            chat = int(row["chat"].rpartition(":")[2])
            card = self.phones.standing[chat].get(int(row["message_id"] or 0))
            lead = f"Chủ trì ứng cứu: anh {row['name']}" if row["name"] else f"SỰ CỐ SỐ {row['id']}"
            words = "Đã kết thúc ứng phó" if row["state"] == "closed" else lead
            if card is None or words not in card.text:
                said = card.text if card else "nothing"
                wrong.append(f"the card of {row['id']} does not say {words!r} but {said}")
        return wrong


def _head(one: Shown) -> str:
    """Its first line without the mark of a repeat, nor what has changed until it is repeated."""
    line = MARK.sub("", one.text.split("\n")[0]).lstrip("🔴🟡🟢 ")
    for changing, fixed in CHANGING:
        line = changing.sub(fixed, line)
    return line


def _asks(one: Shown) -> bool:
    """A question of a form: asked again as often as somebody asks for it."""
    return any(data.startswith(("c:", "n:")) for _, data in one.buttons)
