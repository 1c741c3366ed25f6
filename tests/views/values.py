"""Incidents, people and everything that a step can hand back, with the worst text people write."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from bot.domain.account import Account
from bot.domain.agency import Contact
from bot.domain.channel import Channel, Heard
from bot.domain.consultation import Consultation
from bot.domain.direction import Direction
from bot.domain.escalation import Page, Rung
from bot.domain.form import CANCELLED, CHOOSE, REVIEW, SENT, Draft
from bot.domain.forms import ADVANCE, FORMS, OFFER, TASK_FORMS
from bot.domain.incident import Incident, Standing
from bot.domain.moment import Moment
from bot.domain.people import Person, Post, Role
from bot.domain.playbook import Plan
from bot.domain.quota import Limit, Quota
from bot.domain.rule import Answer
from bot.domain.scenario_forms import lists
from bot.domain.severity import level_answer, verdicts
from bot.domain.timeline import Link, canonical
from bot.services import outcomes, page_outcomes, people_outcomes
from bot.services.briefing import words_of
from bot.services.ports.incidents import Brief
from playbooks.loader import load_plans
from tests.views.duty_lists import DUTY_LISTS
from tests.views.step_lists import LISTS
from tests.views.support_lists import SUPPORT_LISTS

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)  # 12:00 in Vietnam
EVIL = "<b>&x <script>"  # what a person may call a thing, a unit or themselves
TOLD = f"{EVIL} máy hiện chữ đòi tiền, các tệp không mở được, cả phòng đều bị như vậy từ sáng nay"
CONTACT = Contact("0262 000 000", "suco@example.vn", "24/24")
SAMPLE = dict.fromkeys(("c1", "c2", "c3", "c4", "c5", "c6"), Answer.NO)
ALL = tuple(Post(role, "doi") for role in Role)


@cache
def plans() -> dict[str, Plan]:
    return dict(load_plans())


def person(number: int, name: str = "anh Minh", *posts: Post) -> Person:
    return Person(number, name, posts, phone=f"0905 000 {number:03}", position=EVIL)


LAN, MINH, BINH = person(1, f"chị Lan{EVIL}"), person(2), person(3, "anh Bình")
EVERYTHING = replace(person(4, f"chị Thảo {EVIL}", *ALL), phone="")
CHANGES = (("needs_response", "unverified", "yes"), ("serious_by_plan", "no", "proposed"))


def page(kind: Any = "respond", **changes: Any) -> Page:
    ladder = (Rung((2, 3), timedelta(minutes=5), 2), Rung((4,), timedelta(minutes=5)))
    heard = (Heard(2, "zalo:2:9a", seen=True), Heard(2, "telegram:1:102"), Heard(3, why="blocked"))
    called = Page(5, 12, kind, ladder, NOON, NOON + timedelta(minutes=5), rung=0, heard=heard)
    return replace(called, **changes)


def brief(plan: str = "my_hao_2025", lead: Person | None = None, **changes: Any) -> Brief:
    given = {**SAMPLE, "c1": Answer.YES, **changes.pop("answers", {})}
    shown = changes.pop("page", page())
    judged = verdicts(plans()[plan].rules, {**given, "a": level_answer(changes.get("level"))})
    standing = Standing(
        judged.needs_response.value, judged.serious_by_law.value, judged.serious_by_plan.value
    )
    values = {"told": TOLD, "since": Moment(NOON), "now_state": "happening", **changes}
    incident = Incident(12, "xa", "", 1, plan, "d", NOON, answers=given, standing=standing)
    secret = bool(changes.get("is_secret"))
    return Brief(
        incident=replace(incident, **values, lead_id=lead.id if lead else 0),
        unit=f"UBND xã {EVIL}",
        system="" if secret else f"Một cửa {EVIL}",
        reporter=LAN,
        lead=lead,
        duty=(BINH,),
        page=shown,
        verdicts=judged,
        plan=plans()[plan].short,
        criteria=words_of(plans()[plan]),
        undetermined=(f"Phòng {EVIL}",) if plan == "krong_pac_2023" else (),
        meet=(f"anh Sơn {EVIL}", "phòng 201") if secret else ("", ""),
        told={2: f"anh Minh{EVIL}", 3: "anh Bình", 4: EVIL},
    )


def secret() -> Brief:
    return brief(is_secret=True, told="", answers={"c2": Answer.YES})


def briefs() -> list[Brief]:
    """One of each kind: by plan and verdict, taken or not, closed, secret, graver and worse."""
    unknown = dict.fromkeys(SAMPLE, Answer.UNKNOWN)
    worst = dict.fromkeys(SAMPLE, Answer.YES) | {"c2": Answer.NO}
    return [
        *(brief(plan, answers=worst, level=4) for plan in plans()),
        *(brief(plan, answers=unknown, page=page("verify")) for plan in plans()),
        brief("krong_pac_2023", lead=MINH, page=page(due_at=None, acknowledged=(2,))),
        brief(answers=SAMPLE, page=None),
        brief(state="closed", page=page(due_at=None, closed=True)),
        brief(is_drill=True),
        brief(lead=LAN, page=page("verify", due_at=None, acknowledged=(1,))),
        secret(),
        brief(told=""),
        brief(source="phone", caller=EVIL, caller_phone="0912 345 678"),
        brief(source="media", answers=unknown, page=page("verify")),
        brief(source="letter", verified_at=NOON, reporter_id=2, is_secret=True, told=""),
    ]


def consultation(kind: Any, answer: str = "", **changes: Any) -> Consultation:
    asked = Consultation(7, 12, kind, 4, 3, "cannot_cope", EVIL, NOON, answer, **changes)
    return replace(asked, answered_at=NOON if answer else None)


def said(answer: str = "said", state: Any = "waiting", words: str = EVIL) -> outcomes.Said:
    settled = None if state == "waiting" else NOON
    heard = ("by_phone", Moment(NOON, approximate=True), answer, words)
    one = Direction(8, 12, 4, 3, *heard, NOON, state=state, settled_at=settled)
    return outcomes.Said(one, EVERYTHING, BINH)


def drafts() -> Iterator[Draft]:
    """Every question of every form, and where a form ends."""
    context: dict[str, Any] = {
        "systems": [["pc", f"Máy {EVIL}"], ["other", ""]],
        "to_whom": [["next", ""], ["leader", ""], ["steering", ""]],
        "units": [["xa", EVIL]],
        "roles": [[role.value, ""] for role in Role],
        "people": [["lan", EVIL], ["anybody", ""]],
        "candidates": [["7", EVIL], ["0", ""]],
        "leaders": [["4", EVIL]],
        **{"reports": [["7", EVIL]], "contacts": [["ca", EVIL]]},
        **LISTS,
        **DUTY_LISTS,
        **SUPPORT_LISTS,
        **lists([("ma_hoa", EVIL)], {"attack": [("ma_doc", EVIL), ("ma_hoa", EVIL)]}),
        **{"now_name": EVIL, "because": {"ma_hoa": [EVIL]}},
        **{"suggested": {"c1": ["yes", [EVIL]]}, "usual": {"c3": "no"}},
        "directions": [["agree", ""], ["serious", ""], ["not_serious", ""], ["unwritten", ""]],
        "number": 12,
        "name": EVIL,
        **{"code": "12.3", "step": EVIL, "kind": "step", "callee": EVIL, "back": EVIL},
        **{"here": f"I. {EVIL}", "next": f"II. {EVIL}", "exit": EVIL, "left": ["12.3", "12.4"]},
        **{"done": 2, "total": 6},
        "phone": "0262 000 000",
        "told": EVIL,
        "unit_name": EVIL,
        "meet": [EVIL, "phòng 201"],
        "title": EVIL,
    }
    for form in FORMS.values():
        answers = {step.id: step.options[0] for step in form.steps if step.options}
        answers |= {step.id: context[step.listed][0][0] for step in form.steps if step.listed}
        answers |= {step.id: TOLD for step in form.steps if step.kind == "words"}
        answers |= {step.id: Moment(NOON).stored() for step in form.steps if step.kind == "moment"}
        answers |= {"to": "leader"} if "to" in answers else {}
        answers |= {"c2": "no"} if "c2" in answers else {}
        here = Draft(9, form, 1, form.steps[0].id, 12, answers, context)
        yield from (replace(here, at=step.id) for step in form.steps)
        yield from (replace(here, at=CANCELLED), replace(here, parked=True))
        for kind in ("call", "recheck") if form in TASK_FORMS else ():
            yield replace(here, context={**context, "step": "", "kind": kind})
        if form is ADVANCE:
            yield replace(here, context={**context, "next": "", "left": []})
        if form.reviewed:
            yield from (replace(here, at=REVIEW), replace(here, at=CHOOSE))
            yield replace(here, at=REVIEW).hushed()
        elif form is OFFER:
            yield replace(here, at=SENT, answers={"want": "no"})


SPOKEN = {"leader": EVIL, "channel": "by_phone", "said": Moment(NOON).stored(), "recorder": EVIL}


STEP = {"task": "12.3", "name": f"I.1 {EVIL}"}
LOOPED = {"back_to": [f"II. {EVIL}"], "words": EVIL}
WORKED: list[tuple[str, dict[str, Any]]] = [
    ("phase.begun", {"phase": EVIL, "lap": 2}),
    ("phase.finished", {"phase": EVIL, "lap": 1}),
    ("phase.not_finished", {"phase": EVIL, "lacking": EVIL}),
    ("phase.not_finished", {"phase": EVIL, "lacking": "nothing_more"}),
    *(("phase.looped", {**LOOPED, "inherited": base}) for base in (True, False)),
    *((f"task.{kind}", STEP) for kind in ("opened", "offered", "held", "taken")),
    *((f"task.{kind}", STEP) for kind in ("skipped", "undone")),
    ("task.opened", {**STEP, "name": "recheck"}),
    ("task.resumed", {**STEP, "who": [EVIL]}),
    ("task.done", {**STEP, "result": EVIL, "words": ""}),
    ("task.done", {**STEP, "result": "not_stable", "words": EVIL}),
    ("task.blocked", {**STEP, "trouble": "no_access"}),
    *((f"task.{kind}", {**STEP, "to": EVIL}) for kind in ("passed", "assigned")),
    ("call.wanted", {"task": "12.9", "who": EVIL, "to": EVIL}),
    ("call.made", {"task": "12.9", "who": EVIL, "result": "no_answer"}),
    ("page.acknowledged_by_phone", {"who": EVIL, "purpose": "respond"}),
]


def story(one: Brief, whole: bool) -> outcomes.Story:
    events = [
        ("incident.closed", {"result": "solved", "words": EVIL}),
        ("incident.reopened", {"why": "not_stable", "words": EVIL}),
        ("direction.given", {"answer": "opinion", "purpose": "direct", "ask": "", "words": EVIL}),
        ("direction.recorded", {**SPOKEN, "answer": "said", "words": EVIL}),
        ("direction.recorded", {**SPOKEN, "answer": "opinion", "words": EVIL}),
        ("direction.confirmed", {"direction": 8, "answer": "agree", "recorder": EVIL}),
        ("direction.denied", {"direction": 8, "answer": "serious", "recorder": EVIL}),
        ("direction.waits", {"leader": EVIL, "said": SPOKEN["said"]}),
        ("verdict.decided", {"serious": "confirmed", "leader": EVIL}),
        ("verdict.undecided", {"serious": "proposed"}),
        *WORKED,
        ("page.raised", {"page": 5, "purpose": "respond", "order": [[EVIL], []]}),
        ("page.called", {"page": 5, "count": 1, "to": [EVIL]}),
        ("notice.failed", {"purpose": "card", "why": "blocked", "to": ""}),
    ]
    links = [
        Link("incident/12", n, "", kind, 2, "test", NOON, "", payload=canonical(facts))
        for n, (kind, facts) in enumerate(events * (60 if whole else 1), start=1)
    ]
    links.append(replace(links[0], payload=None))
    names = {2: f"anh Minh {EVIL}"}
    spoken = [said(), said("opinion", "confirmed"), said("serious", "denied", "")]
    return outcomes.Story(one, links, names, NOON, whole, said=spoken, may_record=True)


def directed(one: Brief) -> Iterator[object]:
    """By word of mouth: written down, waiting, confirmed, denied with and without a question."""
    for answer in ("said", "opinion", "serious"):
        yield from (outcomes.WrittenDown(one, said(answer), missed) for missed in (True, False))
        for first in (True, False):
            yield outcomes.Confirmation(one, said(answer), first)
            yield outcomes.Confirmation(one, said(answer, "confirmed"), first)
            denied = said(answer, "denied", "")
            yield outcomes.Confirmation(one, denied, first)
            for kind, given in (("direct", ""), ("decide", ""), ("decide", "serious")):
                yield outcomes.Confirmation(one, denied, first, consultation(kind, given))


def every_outcome() -> Iterator[object]:
    """At least one of each type that a screen is drawn for."""
    yield from drafts()
    told = outcomes.Told((BINH,), (MINH, LAN), (LAN,), (EVERYTHING,), (LAN,))
    for one in briefs():
        yield from (outcomes.Reported(one, told, early) for early in (True, False))
        yield from (outcomes.Rejudged(one, changes, bool(changes)) for changes in (CHANGES, ()))
        yield from (outcomes.Ended(one, reopened) for reopened in (True, False))
        yield from (story(one, whole) for whole in (True, False))
        shown = one.page or page()
        yield outcomes.AskedBack(one, shown)
        yield from (page_outcomes.StillAtIt(one, when) for when in (NOON, None))
        yield page_outcomes.StillUnclear(one, shown)
        yield outcomes.Taken(one, shown, None, None, False, False)
        for mine in (True, False):
            yield outcomes.Taken(one, shown, LAN, NOON, mine, first=mine)
            yield outcomes.Taken(one, shown, MINH, NOON, mine, first=False)
            yield outcomes.PassedOn(one, (LAN,) if mine else (), gave_back=mine)
            yield outcomes.Escalated(one, (EVERYTHING,) if mine else (), CHANGES if mine else ())
        yield outcomes.PassedOn(one, (), gave_back=True, kept=(MINH,))
        yield outcomes.Escalated(one, (MINH,), CHANGES)
        yield outcomes.Directed(one, consultation("direct", "opinion", words=EVIL))
        yield outcomes.Directed(one, consultation("decide", "serious"), consultation("direct"))
        yield outcomes.Directed(one, consultation("decide", "call"))
        yield from directed(one)
    asked = [(consultation("decide"), EVERYTHING)]
    yield from (outcomes.Board(briefs() * times, asked, NOON, [said()]) for times in (1, 3))
    yield outcomes.Board([], [], NOON)
    yield from (
        people_outcomes.Menu(EVERYTHING, CONTACT, draft, True) for draft in (None, *drafts())
    )
    yield from (people_outcomes.Guide(who, CONTACT) for who in (EVERYTHING, LAN))
    yield from (outcomes.Choose("close", numbers) for numbers in ((), (1, 2, 3, 4, 5, 6)))
    yield from (people_outcomes.Joined(EVERYTHING, EVIL, role, CONTACT) for role in Role)
    yield from (
        people_outcomes.Invited("ACDEFGHJKM", "duty", EVIL, who, NOON) for who in ("", EVIL)
    )
    yield people_outcomes.Bound(EVIL, EVIL)
    yield people_outcomes.QuietSet(None)
    yield people_outcomes.QuietSet((22 * 60, 6 * 60), on_shift=True)
    yield outcomes.Which((12, 13), "take")
    yield people_outcomes.WhoHolds(EVIL, [(4, EVIL)], 3, waits=True, again=False)
    yield people_outcomes.WhoHolds(EVIL, [(4, EVIL)], 3, waits=False, again=True)
    yield people_outcomes.Held(EVERYTHING, "", is_press=False)
    here = Channel("telegram:1:101", NOON)
    ways = [(here, EVIL), (replace(here, address="zalo:2:9a", lost="blocked"), "")]
    ways.append((replace(here, address="other:3:9a", stopped=True), EVIL))
    yield from (
        people_outcomes.Channels(ways[:some], chosen) for some, chosen in ((1, False), (3, True))
    )
    bots = [Account("telegram", "1", EVIL), Account("zalo", "2")]
    yield from (people_outcomes.LinkCode("ACDEFGHJKM", NOON, some) for some in (bots, []))
    yield people_outcomes.Linked(EVERYTHING, EVIL, CONTACT)
    used = Quota("zalo:2", "2026-11", Limit(3000), 2400)
    left = (people_outcomes.Left([(used, EVIL)], held) for held in (0, 7))
    yield from (outcomes.Board([], [], NOON, left=one) for one in left)
    yield from (people_outcomes.Spoken(language) for language in ("vi", "en"))
