"""What readiness hands back to be shown, and what its notices tell, with the worst text."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

from bot.domain.channel import Channel
from bot.domain.people import Person, Post, Role
from bot.domain.reach import Known, Needed, Proof, Reach, Why
from bot.domain.rehearsal import Moment, Told
from bot.domain.test_round import LISTS, Asked, Round
from bot.services.readiness_outcomes import (
    Reached,
    Readiness,
    Ready,
    Rehearsed,
    RoundAnswered,
    RoundShown,
)
from tests.views.values import BINH, EVERYTHING, EVIL, MINH, NOON

AT = NOON.isoformat()
BY, ENDS = {"by": EVIL, "ends": AT, "asked": 7}, {"by": "", "ends": AT, "asked": 7}
LISTED = {name: [f"anh Tú {EVIL}", "chị Hoa (Đội)"] for name in LISTS}
SIZES = dict.fromkeys(LISTS, 2)
RESULT = {"answered": 3, "count": 14, "began": AT, "kind": "asked", "part": 1, "parts": 1}
LINE = [EVIL, "Đội ứng cứu", "never", []]
READINESS_FACTS: dict[str, list[dict[str, Any]]] = {
    "round.asked": [{**BY, "time": "first"}, {**ENDS, "time": "again"}],
    "round.mend": [
        {"name": EVIL, "unit": EVIL, "entry": "nga", "answer": answer}
        for answer in ("moved", "left")
    ],
    "round.page": [
        {**RESULT, "lists": {"silent": [EVIL]}, "sizes": {"silent": 1}},
        {**RESULT, "lists": {"away": [EVIL]}, "sizes": {"away": 1}},
        {**RESULT, "lists": {"undelivered": [EVIL]}, "sizes": {"undelivered": 1}},
        {**RESULT, "lists": {"left": [EVIL]}, "sizes": {"left": 90}, "parts": 3, "part": 3},
        {**RESULT, "lists": {}, "sizes": {}},
    ],
    "reach.lost": [{"people": [LINE]}, {"people": [[EVIL, EVIL, "blocked", ["zalo"]]]}],
    "reach.weekly": [{"people": [LINE, [EVIL, EVIL, "stopped", ["telegram"]]]}],
}
ZALO = Channel("zalo:2:9a", NOON)
WAYS = (ZALO, replace(ZALO, address="telegram:1:7", lost="blocked"), replace(ZALO, stopped=True))
KNOWN = Known(WAYS, False, (22 * 60, 6 * 60), None, Proof(NOON, NOON))
RESULT_OF: Mapping[str, Any] = {
    **dict.fromkeys(("beside", "lost_one", "network", "only_network"), "one_way"),
    **dict.fromkeys(("away", "quiet"), "spared"),
    **dict.fromkeys(("untested", "phone", ""), "reachable"),
}


def reaches() -> Iterator[Reach]:
    for why in get_args(Why):
        result = RESULT_OF.get(why, "unreachable")
        yield Reach(result, why, ("zalo", "mail"), NOON - timedelta(days=2))
    yield Reach("one_way", "network", ("mail",))


def of(reach: Reach, number: int = 5) -> Ready:
    who = Person(number, f"anh Tú {EVIL}", (Post(Role.DUTY, "doi"),))
    each: dict[Needed, Reach] = {"respond": reach, "serious": Reach("reachable")}
    return Ready(who, f"Đội {EVIL}", reach, each, KNOWN, "chị Hoa", (22 * 60, 6 * 60))


def readiness_outcomes() -> Iterator[object]:
    people = [of(reach, number) for number, reach in enumerate(reaches(), start=1)]
    fine = [of(Reach("reachable"))]
    for shown in ([], fine, people, people * 20):
        for mends in (True, False):
            yield Readiness(shown, NOON, mends=mends)
        yield Readiness(shown, NOON, brief=True, duty=(BINH,))
    yield Readiness([of(Reach("one_way", "only_network"))], NOON, brief=True, duty=(EVERYTHING,))
    for one in people:
        yield Readiness([], NOON, mends=True, one=one)
    same = replace(fine[0], each={"serious": Reach("reachable")}, known=Known(), hours=None)
    yield Readiness([], NOON, one=same)
    asked = (Asked(1, 1, 2, answer="received"), Asked(2, 1, 3), Asked(3, 1, 4, "not_connected"))
    round_ = Round(1, "asked", 2, NOON, people=asked)
    yield from (RoundShown(round_, begun, LISTED) for begun in (True, False))
    for first in (True, False):
        yield RoundAnswered(EVERYTHING, "received", first)
        yield RoundAnswered(EVERYTHING, "moved", first)
        yield RoundAnswered(EVERYTHING, "left", first)
    yield from rehearsals()


def rehearsals() -> Iterator[Rehearsed]:
    names = {2: MINH.name, 3: f"anh Bình {EVIL}"}
    lost, well = Reach("unreachable", "blocked", ("zalo",)), Reach("one_way", "only_network")
    line = [
        Moment(NOON, (Told(2, 1, "zalo:2:9a"), Told(2, 2, "mail:0:m")), (3,)),
        Moment(NOON + timedelta(minutes=5), (Told(2, 3, ""),), (3,), (3,)),
        Moment(NOON + timedelta(minutes=9), (), exhausted=1, cried=(3,), rooms=2),
        Moment(NOON + timedelta(minutes=14), (), exhausted=2),
    ]
    away, asleep = Reach("spared", "away"), Reach("spared", "quiet")
    why = {(one.at, 2): Reached(well) for one in line}
    spent = Reach("unreachable", "quota", ("zalo",))
    why[line[1].at, 2] = Reached(spent)
    why |= {(line[0].at, 3): Reached(lost), (line[1].at, 3): Reached(asleep, "", (22 * 60, 360))}
    facts: dict[str, Any] = {"names": names, "why": why}
    for needed in get_args(Needed):
        yield Rehearsed(NOON, needed, EVIL, line, **facts)
    acting = {**why, (line[0].at, 3): Reached(away, f"chị Hoa {EVIL}")}
    yield Rehearsed(NOON, "respond", EVIL, line[:1], names, acting)
    gaps = {"deserted": [EVIL], "unmanned": [EVIL], "asked": [EVIL], "informed": [EVIL]}
    yield Rehearsed(NOON, "serious", EVIL, line * 10, **facts, **gaps)
    yield Rehearsed(NOON, "respond", EVIL, [], **facts)
    yield Rehearsed(NOON, "respond", EVIL, line[2:3], **facts)
