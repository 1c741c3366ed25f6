"""Whatever phones were told is on disk: buttons are held to the rows, words to the log."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.faults.book import Book
from tests.faults.phones import Shown
from tests.faults.rows import Rows
from tests.faults.town import RESIDENTS

READER, NAMED = "reader", "named"  # who was told so did it; who is named
TAKEN = ("page.acknowledged",)
# Whoever has a task came to it by one of these.
HAS = ("task.taken", "task.done", "task.blocked", "task.partly")
CODE = r"(?P<of>\d+\.\d+)"
NUMBER = r"(?P<of>\d+)"
ANYBODY = "(?P<name>Anh [^ ·]+)"
LEAD = "(?P<name>anh [^ ·]+)"
# Words that say that something is done, what the log holds by then, and whose deed it is.
CONFIRMED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (rf"Đã ghi nhận: (?:sự cố số |mã SC0*){NUMBER}", ("incident.reported",), ""),
    (rf"{ANYBODY} (?:tiếp nhận|nhận xác minh) sự cố số {NUMBER} lúc", TAKEN, NAMED),
    (rf"Anh/chị tiếp nhận sự cố số {NUMBER}\.", TAKEN, READER),
    (rf"SỰ CỐ SỐ {NUMBER} ·.*?Chủ trì ứng cứu: {LEAD} ·", TAKEN, NAMED),
    (rf"SỰ CỐ SỐ {NUMBER} ·.*?🟢 Đã kết thúc ứng phó", ("incident.closed",), ""),
    (rf"Anh/chị nhận việc {CODE}\.", ("task.taken",), READER),
    (rf"Đã ghi: việc {CODE} hoàn thành", ("task.done",), READER),
    (rf"Đã ghi vướng mắc của việc {CODE}\.", ("task.blocked",), READER),
    (rf"Đã chuyển việc {CODE} cho", ("task.passed", "task.assigned"), READER),
    (rf"Đã mở việc {CODE}\.", ("task.opened",), READER),
    (rf"Đã ghi: việc {CODE} chưa cần", ("task.skipped",), READER),
    (rf"Việc {CODE} đã mở lại\.", ("task.undone",), READER),
    (rf"Đã ghi: chưa hoạt động ổn định.*?Việc {CODE} ·", ("task.done",), READER),
    (rf"Đã ghi kết quả gọi điện thoại.*?Việc {CODE} ·", ("call.made",), READER),
    (rf"Việc {CODE} ·.*?\n{ANYBODY} đang làm\.", HAS, NAMED),
    (rf"Việc {CODE} ·.*?\n🟢 {ANYBODY} hoàn thành lúc", ("task.done", "call.made"), ""),
    (rf"Đã báo cáo sự cố số {NUMBER} đến", ("incident.escalated",), READER),
    (rf"Đã ghi ý kiến của anh/chị về sự cố số {NUMBER}:", ("direction.given",), READER),
    (rf"Đã báo Trực ban gọi .* về sự cố số {NUMBER}\.", ("direction.given",), READER),
    (rf"Sự cố số {NUMBER} đã kết thúc ứng phó", ("incident.closed",), ""),
    (rf"Sự cố số {NUMBER} đã mở lại", ("incident.reopened",), ""),
    (rf"Đã ghi ý kiến chỉ đạo, sự cố số {NUMBER}", ("direction.recorded",), READER),
    (rf"Anh/chị đã xác nhận ý kiến chỉ đạo, sự cố số {NUMBER}", ("direction.confirmed",), READER),
    (rf"anh/chị không xác nhận ý kiến này, sự cố số {NUMBER}", ("direction.denied",), READER),
    (rf"Sự cố số {NUMBER} sang giai đoạn", ("phase.begun",), READER),
    (rf"Đã ghi câu trả lời cho sự cố số {NUMBER}", ("verdict.recomputed",), READER),
)  # fmt: skip
BY_SOMEBODY_ELSE = ("page.acknowledged_by_phone", "call.wanted")  # in their stead
# Of a button's data: the table it speaks of, and where its id and its version stand (0: nowhere).
DRAWN = {
    "c": ("forms", 1, 2),
    "n": ("forms", 2, 3),
    "t": ("tasks", 2, 3),
    "p": ("pages", 2, 0),
    "o": ("consultations", 2, 0),
    "k": ("directions", 2, 0),
}
ON_DISK = {
    "forms": "SELECT id, version FROM forms",
    "tasks": "SELECT id, lap AS version FROM tasks",
    "pages": "SELECT id, 0 AS version FROM pages",
    "consultations": "SELECT id, 0 AS version FROM consultations",
    "directions": "SELECT id, 0 AS version FROM directions",
}


@dataclass(slots=True)
class Told:
    """`counted`: how often each of the words was met, so that nobody compares with nothing."""

    book: Book
    rows: Rows
    counted: Counter[str] = field(default_factory=Counter)
    persons: dict[int, int] = field(default_factory=dict)  # by their numbers on the platform

    def __post_init__(self) -> None:
        found = self.rows.all("SELECT external_id, person_id FROM identities")
        self.persons = {int(row["external_id"]): row["person_id"] for row in found}

    def not_kept(self, shown: Iterable[Shown]) -> list[str]:
        """The book must have been read since."""
        disk = {
            table: {row["id"]: row["version"] for row in self.rows.all(query)}
            for table, query in ON_DISK.items()
        }
        lost = []
        for one in shown:
            lost += self._words(one)
            for label, data in one.buttons:
                parts = data.split(":")
                if parts[0] in DRAWN:
                    table, *places = DRAWN[parts[0]]
                    number, version = (int(parts[place]) if place else 0 for place in places)
                    if disk[table].get(number, -1) < version:
                        lost.append(f"the button [{label}] {data} shows what is not on disk")
        return lost

    def _words(self, one: Shown) -> list[str]:
        lost = []
        for pattern, kinds, whose in CONFIRMED:
            if found := re.search(pattern, one.text, re.DOTALL):
                self.counted[kinds[0]] += 1
                of = self.book.subject(found["of"])
                did = set().union(*(self.book.did[kind, of] for kind in kinds))
                by = self._by(one, whose, found)
                others = any(self.book.did[kind, of] for kind in BY_SOMEBODY_ELSE)
                if not (did if by is None else by in did or others):
                    lost.append(f"chat {one.chat} was told, and it is not on disk: {one.text}")
        return lost

    def _by(self, one: Shown, whose: str, found: re.Match[str]) -> int | None:
        """None: whoever it was."""
        if whose == READER:
            return self.persons.get(one.to or one.chat)
        if whose == NAMED:
            name = found["name"].split(" ", 1)[1]
            return next(self.persons[r.number] for r in RESIDENTS if r.name == name)
        return None
