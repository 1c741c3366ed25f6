"""A story told by what is in the rows, not by what is on a screen: it goes on however badly the
wires treat what is said, and its end can be compared with another telling of it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.flows.filing import rows
from tests.flows.house import House
from tests.flows.person import Phone

PATIENCE = 60.0  # real seconds for one step, of which messages that are lost take most


@dataclass(frozen=True)
class Part:
    """One incident: who reports it, which system of their list, who leads the response."""

    reporter: str
    system: str
    words: str
    lead: str
    escalated: bool = False


PARTS = (
    Part("lan", "mot cua, dich vu cong", "Mở máy thấy chữ đòi tiền", "minh", escalated=True),
    Part("nga", "may tinh, mang co quan", "Máy của phòng tự khởi động lại", "h_linh"),
    Part("thao", "Máy tính, mạng cơ quan", "Không vào được máy chủ của phường", "hung"),
)


ASKED = (
    "SELECT form, version FROM forms WHERE about = ? AND form LIKE 'task%'"
    " AND at NOT IN ('sent', 'cancelled')"
)


async def play(house: House) -> None:
    """Three incidents at a time, from the first words to the second phase or the end."""
    async with asyncio.TaskGroup() as together:
        for part in PARTS:
            together.create_task(_part(house, part))


async def _part(house: House, part: Part) -> None:
    reporter, lead = getattr(house, part.reporter), getattr(house, part.lead)
    await _reports(house, part, reporter)
    number = _one(house, "SELECT id FROM incidents WHERE told = ?", part.words)
    taken = "SELECT lead_id > 0 AND phase = 'i' FROM incidents WHERE id = ?"
    if part.lead == "h_linh":
        await lead.taps_on("Tôi tiếp nhận xử lý")
        await until(house, taken, number)
    else:
        await says(house, lead, f"nhận {number}", _when(taken, number))
    await says(house, lead, f"nhận {number}.1", _task(number, 1, "taken"))
    await says(house, lead, f"vướng {number}.1 chưa có mật khẩu", _task(number, 1, "blocked"))
    await says(house, lead, f"làm tiếp {number}.1", _task(number, 1, "taken"))
    await _finishes(house, lead, number, 1, "đã gọi lại")
    if part.escalated:
        await _escalated(house, number)
    open_ones = "SELECT number FROM tasks WHERE incident_id = ? AND state = 'open' ORDER BY number"
    for (task,) in found(house, open_ones, number):
        await _finishes(house, lead, number, int(str(task)), "đã làm")
    await says(house, lead, f"giai đoạn {number}", _form("advance", "check"))
    await says(house, lead, "1", _when("SELECT phase = 'ii' FROM incidents WHERE id = ?", number))
    await says(house, lead, f"/ketthuc {number}", _form("close", "result"))
    await says(house, lead, "1", _form("close", "words"))
    await says(house, lead, "Đã khôi phục.", _form("close", "review"))
    closed = _when("SELECT state = 'closed' FROM incidents WHERE id = ?", number)
    await says(house, lead, "gửi", closed)


async def _finishes(house: House, lead: Phone, number: int, task: int, words: str) -> None:
    """What its step asks besides is answered with the first option."""
    done = _task(number, task, "done")
    said = f"xong {number}.{task} {words}"
    await says(house, lead, said, lambda house: done(house) or found(house, ASKED, number))
    while not done(house):
        await says(house, lead, "1", _other_than(found(house, ASKED, number), number))


def _other_than(before: Sequence[tuple[object, ...]], number: int) -> "Held":
    return lambda house: found(house, ASKED, number) != before


async def _reports(house: House, part: Part, reporter: Phone) -> None:
    steps = ("told", "since", "c1", "c2", "c3", "c4", "c5", "c6", "state", "review")
    typed = (part.system, part.words, "1", "co", "2", "ko biet", "2", "2", "2", "1")
    who = f"{reporter.name}%"
    at = "SELECT at = ? FROM forms WHERE form = 'report' AND author_id = ?"
    person = _one(house, "SELECT id FROM people WHERE name = ?", who[:-1])
    await says(house, reporter, "bao su co", _when(at, "system", person))
    for text, step in zip(typed, steps, strict=True):
        await says(house, reporter, text, _when(at, step, person))
    reported = _when("SELECT count(*) FROM incidents WHERE told = ?", part.words)
    await says(house, reporter, "gửi", reported)


async def _escalated(house: House, number: int) -> None:
    binh, phuc = house.binh, house.phuc
    await says(house, binh, f"cấp trên {number}", _form("escalate", "to"))
    await says(house, binh, "Ban Chỉ đạo", _form("escalate", "why"))
    await says(house, binh, "1", _form("escalate", "ask"))
    await says(house, binh, "1", _form("escalate", "review"))
    asked = "SELECT count(*) = 2 FROM consultations WHERE incident_id = ?"
    await says(house, binh, "gửi", _when(asked, number))
    answered = "SELECT count(*) > 0 FROM consultations WHERE incident_id = ? AND answer = ?"
    await phuc.taps_on("Đồng ý")
    await until(house, answered, number, "agree")
    await says(house, phuc, "nghiêm trọng", _when(answered, number, "serious"))


Held = Callable[[House], Any]


async def says(house: House, who: Phone, text: str, held: Held) -> None:
    """Writes, and waits until the rows say so."""
    await who.says(text=text)
    await _until(house, held, f"{who.name}: {text}")


async def until(house: House, query: str, *values: object) -> None:
    await _until(house, _when(query, *values), query)


async def _until(house: House, held: Held, what: str) -> None:
    state = await house.stage.get("state", messages=1)
    try:
        async with asyncio.timeout(PATIENCE):
            if held(house):
                return
            async for _ in house.stage.events(state["event"]):
                if held(house):
                    return
    except TimeoutError:
        raise AssertionError(f"never came true: {what}") from None


def _when(query: str, *values: object) -> Held:
    return lambda house: any(row[0] for row in found(house, query, *values))


def _task(number: int, task: int, state: str) -> Held:
    query = "SELECT state = ? FROM tasks WHERE incident_id = ? AND number = ?"
    return _when(query, state, number, task)


def _form(form: str, at: str) -> Held:
    return _when("SELECT at = ? FROM forms WHERE form = ? AND at NOT IN ('sent')", at, form)


def _one(house: House, query: str, *values: object) -> int:
    return int(str(found(house, query, *values)[0][0]))


def found(house: House, query: str, *values: object) -> Sequence[tuple[object, ...]]:
    return rows(house, query, values)


def end_state(house: House) -> dict[str, object]:
    """What stands in the end, whatever the order in which the three were reported."""
    return {part.words: _of(house, part) for part in PARTS}


def _of(house: House, part: Part) -> dict[str, object]:
    number = _one(house, "SELECT id FROM incidents WHERE told = ?", part.words)

    def of(query: str) -> list[tuple[object, ...]]:
        return list(found(house, query, number))

    return {
        "incident": of(
            "SELECT i.state, i.phase, i.lap, i.needs_response, i.serious_by_law,"
            " i.serious_by_plan, p.name FROM incidents i JOIN people p ON p.id = i.lead_id"
            " WHERE i.id = ?"
        ),
        "answers": of("SELECT criterion, answer FROM answers WHERE incident_id = ? ORDER BY id"),
        "tasks": of(
            "SELECT number, kind, step, state, lap, result, person_id FROM tasks"
            " WHERE incident_id = ? ORDER BY number"
        ),
        "asked": of("SELECT kind, asked_id, answer FROM consultations WHERE incident_id = ?"),
        "acknowledged": of(
            "SELECT g.kind, a.person_id FROM acknowledgements a JOIN pages g ON g.id = a.page_id"
            " WHERE g.incident_id = ?"
        ),
        "events": list(
            found(
                house,
                # who has seen a page hangs on when it came, not on what was done
                "SELECT kind, person_id, count(*) FROM events WHERE chain = ?"
                " AND kind != 'page.seen'"
                " GROUP BY kind, person_id ORDER BY kind, person_id",
                f"incident/{number}",
            )
        ),
        "told": of(
            # a page that could not be said before somebody took it is not said any more
            "SELECT kind, person_id, replace(state, 'superseded', 'sent') AS came, count(*)"
            " FROM notices WHERE incident_id = ? GROUP BY kind, person_id, came"
            " ORDER BY kind, person_id"
        ),
        "cards": list(
            found(
                house,
                "SELECT kind, chat, state, shown = wanted FROM cards WHERE kind = 'incident'"
                " AND subject = ?",
                number,
            )
        ),
    }
