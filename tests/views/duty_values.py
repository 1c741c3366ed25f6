"""Swaps, stand-ins, absences and handovers in every state, for their screens and notices."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from bot.domain.duty import Absence, Shift
from bot.domain.handover import Handover
from bot.domain.handover import State as Handed
from bot.domain.people import Person
from bot.domain.swap import State as Swapped
from bot.domain.swap import Swap
from bot.services.duty_outcomes import (
    AbsenceShown,
    CoverShown,
    Did,
    HandoverShown,
    Reader,
    Side,
    SwapShown,
)
from tests.views.duty_lists import BARE, BEGINS, ENDS, EVIL, ROW, SHIFT

BINH, HUNG = Person(3, f"anh Bình {EVIL}"), Person(4, f"anh Hùng {EVIL}")
SWAP = Swap(5, "truc", 3, 4, BEGINS, ENDS, BEGINS)
BACK = replace(SWAP, other_begins=ENDS, other_ends=ENDS + (ENDS - BEGINS) / 3)
COVER = Shift(6, "truc", 4, BEGINS, BEGINS + (ENDS - BEGINS) / 4, "cover", 3)
AWAY = Absence(7, 3, BEGINS, ENDS, "sick", 4, f"Phân công số 12 {EVIL}")
HANDED = Handover(8, "truc", 3, 4, EVIL, BEGINS)
AT = BEGINS.isoformat()
UNTIL = ENDS.isoformat()
OF_SWAP = {
    **{"swap": 5, "state": "asked", "roster": EVIL, "asker": EVIL, "asked": EVIL},
    **{"shift": SHIFT[1].partition("|")[0], "other": ""},
}
OF_COVER = {"shift": 6, "roster": EVIL, "person": EVIL, "instead": EVIL, "by": EVIL, "own": False}
OF_COVER |= {"begins": AT, "ends": UNTIL}
OF_ABSENCE = {
    **{"absence": 7, "person": EVIL, "person_id": 3, "acting": EVIL, "acting_id": 4},
    **{"phone": "0905", "begins": AT, "ends": UNTIL, "why": "sick", "paper": EVIL, "by": EVIL},
}
OF_HANDOVER = {
    **{"handover": 8, "state_now": "asked", "head": EVIL, "number": 0, "code": "", "at": AT},
    **{"giver": EVIL, "giver_id": 3, "giver_phone": "0905", "to": 3, "words": EVIL},
    **{"receiver": EVIL, "receiver_phone": "0906", "state": [ROW, BARE] * 3},
}
FORGOTTEN = {"head": EVIL, "giver": EVIL, "receiver": EVIL, "at": AT, "open": 2, "gives": True}
DUTY_FACTS: dict[str, list[dict[str, Any]]] = {
    "swap.asked": [OF_SWAP, {**OF_SWAP, "other": OF_SWAP["shift"]}],
    "swap.settled": [
        {**OF_SWAP, "state": state} for state in get_args(Swapped) if state != "asked"
    ],
    "swap.kept": [{**OF_SWAP, "other": OF_SWAP["shift"]}],
    "cover.given": [OF_COVER, {**OF_COVER, "instead": ""}, {**OF_COVER, "own": True}],
    "cover.ended": [OF_COVER, {**OF_COVER, "own": True}],
    "absence.begun": [
        *({**OF_ABSENCE, "to": to} for to in (3, 4)),
        OF_ABSENCE,
        {**OF_ABSENCE, "acting": "", "acting_id": 0},
        {**OF_ABSENCE, "paper": ""},
    ],
    "absence.ended": [{**OF_ABSENCE, "to": to} for to in (3, 4)],
    "handover.asked": [
        OF_HANDOVER,
        {**OF_HANDOVER, "state": [], "words": ""},
        {**OF_HANDOVER, "number": 12, "code": "SC12"},
        {**OF_HANDOVER, "code": "SC13", "words": ""},
    ],
    "handover.settled": [
        {**OF_HANDOVER, "state_now": state, "to": to}
        for state in get_args(Handed)
        if state != "asked"
        for to in (3, 4)
    ],
    "handover.waits": [{**OF_HANDOVER, "to": to} for to in (3, 4)],
    "handover.late": [OF_HANDOVER],
    "handover.forgotten": [FORGOTTEN, {**FORGOTTEN, "gives": False}],
}


def duty_outcomes() -> Iterator[object]:
    for reader in get_args(Reader):
        for state in get_args(Swapped):
            for swap in (SWAP, BACK):
                yield SwapShown(replace(swap, state=state), EVIL, BINH, HUNG, reader)
        yield SwapShown(SWAP.settled("changed", BEGINS), EVIL, BINH, HUNG, reader, EVIL)
    for did in ("given", "ended", "over"):
        yield from (CoverShown(COVER, EVIL, HUNG, one, did) for one in ((BINH, HUNG), ()))  # type: ignore[arg-type]
    for doing in get_args(Did):
        yield AbsenceShown(AWAY, BINH, HUNG, True, doing, [12, 13, 14, 15])
        yield AbsenceShown(replace(AWAY, paper=""), BINH, HUNG, False, doing)
        yield AbsenceShown(replace(AWAY, acting_id=0), BINH, None, True, doing)
    for side in get_args(Side):
        for became in get_args(Handed):
            one = replace(HANDED, state=became)
            yield HandoverShown(one, BINH, HUNG, side, EVIL, [ROW, BARE] * 3)
            of_one = replace(one, roster="", incident_id=12)
            yield HandoverShown(of_one, BINH, HUNG, side, "", [ROW])
            yield HandoverShown(of_one, BINH, HUNG, side, "", [BARE])
            yield HandoverShown(replace(of_one, summary=""), BINH, HUNG, side, "", [])
