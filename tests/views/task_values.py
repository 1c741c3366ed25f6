"""Tasks in every state, with the longest names and the worst words; and what comes of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

from bot.domain.task import ERASED, State, Task, TaskOf
from bot.services import outcomes
from bot.services.ports.incidents import Brief, Work
from bot.services.ports.tasks import Sheet
from bot.services.sheets import choices
from tests.views.values import EVERYTHING, EVIL, LAN, MINH, NOON, brief, plans, secret

HOUR = timedelta(hours=1)
KRONG_PAC = "krong_pac_2023"
WRITTEN = f"{EVIL} đã chặn địa chỉ. " * 30  # what somebody writes, as long as it may be
LONG = replace(EVERYTHING, name=f"đồng chí Nguyễn Phúc Hương Giang {EVIL}")
DID = ("already", "taken", "resumed", "done", "looped", "blocked", "given", "opened", "skipped")
STATES: tuple[State, ...] = get_args(State)


def task(state: State = "open", **changes: Any) -> Task:
    held = state in ("given", "taken", "blocked", "done")
    one = Task(
        id=7,
        incident_id=12,
        number=3,
        kind="step",
        state=state,
        opened_at=NOON - HOUR,
        step="i_1",
        phase="i",
        lead_units=("xa",),
        units=("xa",),
        person_id=MINH.id if held else 0,
        trouble="no_access" if state == "blocked" else "",
        result="as_planned" if state == "done" else "",
        done_at=NOON if state in ("done", "dropped") else None,
        due_at=NOON + HOUR,
    )
    return replace(one, **changes)


def sheet(one: Task | None = None, about: Brief | None = None, **changes: Any) -> Sheet:
    one = one or task()
    about = about or brief(KRONG_PAC, lead=MINH)
    steps = {step.id: step for step in plans()[KRONG_PAC].steps}
    known = Sheet(
        task=one,
        brief=about,
        step=steps.get(one.step),
        lead=(f"UBND xã {EVIL}",),
        coordinating=(f"Văn phòng {EVIL}", "Phòng Kinh tế"),
        missing=(),
        stand_in=False,
        holder=LONG if one.person_id else None,
        giver=None,
        callee=None,
    )
    return replace(known, **changes)


def sheets() -> list[Sheet]:
    """Each state; late, again, wordy, led by nobody who is known; a call; of a secret."""
    call = task("taken", kind="call", step="", phase="", callee_id=LAN.id)
    return [
        *(sheet(task(state)) for state in STATES),
        sheet(task("taken", due_at=NOON - HOUR)),
        sheet(task("open", due_at=None, confidential=True)),
        sheet(task("open", why="loop", lap=2, kind="recheck", step="")),
        sheet(task("open", why="serious")),
        sheet(task("open", why="optional")),
        sheet(task("blocked", trouble=WRITTEN)),
        sheet(task("done", result=WRITTEN)),
        sheet(task("dropped"), giver=LONG),
        sheet(missing=(f"Phòng Văn hóa và Thông tin huyện {EVIL}",), lead=()),
        sheet(stand_in=True, coordinating=()),
        sheet(lead=(), coordinating=()),
        sheet(call, callee=LAN, lead=()),
        sheet(replace(call, state="done", result="no_answer"), callee=LAN, lead=()),
        sheet(task("blocked", trouble=ERASED), secret()),
        sheet(task("done", result=ERASED), secret()),
        sheet(task("given", given_by=2), holder=replace(LONG, phone="")),
    ]


def may(one: Sheet) -> tuple[str, ...]:
    """What somebody with every post can do with it."""
    return choices(EVERYTHING, TaskOf(one.task, replace(one.brief.incident, scope=("doi",))))


def worked(**changes: Any) -> Brief:
    """An incident whose plan has begun: its card and its screen say where it stands."""
    told = [replace(one.task, id=n) for n, one in enumerate(sheets(), start=1)]
    names = {step.id: step.label for step in plans()[KRONG_PAC].steps}
    work = Work("I. Tiếp nhận, phân tích", "i", told, names, {MINH.id: LONG})
    return replace(brief(KRONG_PAC, lead=MINH, phase="i", **changes), work=work)


def finished() -> Brief:
    """Nothing is left to be done in the phase."""
    about = worked(lap=2)
    assert about.work is not None
    return replace(
        about, work=replace(about.work, tasks=(task("done", why="loop"), task("offered")))
    )


def task_outcomes() -> Iterator[object]:
    for one in sheets():
        for private in (True, False):
            yield outcomes.TaskShown(one, may(one), "", private)
        yield from (outcomes.TaskShown(one, (), did) for did in (*DID, "undone", "called"))
    for number in (0, 12):
        yield outcomes.TaskList((), (), NOON, number)
        yield outcomes.TaskList(sheets()[:3], (), NOON, number)
        yield outcomes.TaskList((), sheets()[:3], NOON, number)
        yield outcomes.TaskList(sheets()[:9], sheets()[9:], NOON, number)
        yield outcomes.TaskList(sheets() * 5, sheets(), NOON, number)
    yield outcomes.Advanced(worked(), sheets()[2:])
    yield outcomes.Advanced(worked(), stays=True)
    yield outcomes.Advanced(finished(), last=True)


NOBODYS_PHONE = replace(LONG, phone="")
PHASE = {"phase": f"I. {EVIL}", "next": f"II. {EVIL}"}
# Each kind of notice with the facts that its service gives, and the tasks that it names.
TOLD: dict[str, list[tuple[dict[str, Any], list[Sheet]]]] = {
    "tasks.opened": [
        ({**PHASE, "lap": 1}, [sheet()]),
        ({**PHASE, "lap": 2}, sheets()[:6]),
        ({**PHASE, "lap": 1}, sheets()),
    ],
    "tasks.informed": [({**PHASE, "lap": 1}, [])],
    "task.call": [
        ({}, [sheet(task("taken", kind="call", step=""), callee=LAN)]),
        ({}, [sheet(task("taken", kind="call", step=""), callee=who) for who in (LAN, LONG, MINH)]),
    ],
    "phase.ready": [(PHASE, []), ({**PHASE, "next": ""}, [])],
    **{
        f"task.{kind}": [({"by": LONG.name}, [sheet(task("given", given_by=LAN.id), giver=LAN)])]
        for kind in ("passed", "assigned", "remind_given", "taken_away")
    },
    "task.not_taken": [
        ({}, [sheet(task("given"), holder=replace(LONG, phone="0905 000 999"))]),
        ({}, [sheet(task("given"), holder=NOBODYS_PHONE)]),
    ],
    "task.remind": [
        ({"overdue": False}, [sheet(task("taken"))]),
        ({"overdue": True}, [sheet(task("taken", due_at=NOON - HOUR))]),
        ({"overdue": True}, [sheet(task("blocked", trouble=WRITTEN, due_at=NOON - HOUR))]),
    ],
    "task.nobody": [({}, [sheet(task("open"))]), ({}, [sheet(task("taken"))])],
    "task.blocked": [({"by": EVIL}, [sheet(task("blocked", trouble=WRITTEN))])],
}
