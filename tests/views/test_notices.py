"""Every notice that a service writes can be said, in six lines, to whoever gets it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import pytest

from bot.domain.account import Why
from bot.domain.audit import Why as Stuck
from bot.domain.consultation import Kind as Asked
from bot.domain.escalation import Kind as Paged
from bot.domain.form import Draft
from bot.domain.forms import TASK_DONE
from bot.domain.moment import Moment
from bot.domain.notice import Notice
from bot.domain.quota import TOLD_AT
from bot.domain.roster_findings import KINDS
from bot.services.delivery import Letter
from bot.services.ports.incidents import Brief
from bot.services.ports.messages import Sending
from bot.services.ports.tasks import Sheet
from bot.views import notices
from bot.views.screen import plain
from bot.views.voice import Voice
from bot.views.words import LANGUAGES
from tests.contracts.tracked import python, tree
from tests.views.duty_values import DUTY_FACTS
from tests.views.law_values import with_clocks
from tests.views.readiness_values import READINESS_FACTS
from tests.views.step_values import FACTS as STEP_FACTS
from tests.views.step_values import TOLD as OF_STEPS
from tests.views.task_values import TOLD as OF_TASKS
from tests.views.test_screens import held
from tests.views.values import CHANGES, EVERYTHING, EVIL, NOON, briefs, drafts

MOST = 6  # lines of a message (words.md, rule 2)
AT = NOON.isoformat()
TAKEN = {"by": f"anh Minh {EVIL}", "phone": "0905 000 555", "at": AT}
CALL = {"count": 2, "next": ["anh Hùng"], "next_at": AT}
CRY = {"minutes": 30, "round": 1, "told": [EVIL], "missed": ["anh Tú"], "patience": 5}
ASKED = {"consultation": 7, "why": "cannot_cope", "ask": EVIL, "duty": [["anh Bình", "0905"]]}
GIVEN = {"answer": "opinion", "purpose": "direct", "ask": "support", "words": EVIL, "by": EVIL}
ROOM = {"title": EVIL, "unit": f"Đội ứng cứu sự cố {EVIL}"}
HEARD = {"channel": "by_phone", "said": Moment(NOON, NOON).stored(), "recorder": EVIL}
WRITTEN = {**GIVEN, **HEARD, "direction": 7, "phone": "0905", "duty": [[EVIL, "0905"]]}
HOLDER = {"device": EVIL, "names": [[4, EVIL]], "question": 3, "waits": True, "again": False}
DARK = {"name": "@trucban_bot", "pending": 3, "at": AT, "error": EVIL * 40, "phone": "0905"}
LOW = {"platform": "zalo", "name": EVIL, "sent": 2400, "monthly": 3000, "left": 600}
ASKED_ASIDE = {"draft": 9}
FOUND = {"kind": "gap", "roster": EVIL, "other": EVIL, "begins": AT, "ends": AT, "names": [EVIL]}
# Each kind with the facts that its service gives.
SUPPORTED = [{"name": EVIL, "state": s, "at": AT, "by": EVIL} for s in ("accepted", "refused")]
FACTS: dict[str, list[dict[str, Any]]] = {
    "test": [{}],
    "form": [ASKED_ASIDE],
    "room.lost": [ROOM],
    "room.muted": [ROOM],
    "room.astray": [ROOM],
    "room.topic_closed": [ROOM],
    "webhook.dark": [{**DARK, "why": why} for why in get_args(Why)],
    "channel.linked": [{"platform": "zalo", "name": EVIL, "at": AT, "phone": "0905"}],
    "quota.low": [{**LOW, "mark": mark} for mark in TOLD_AT],
    "contact.due": [{"names": [EVIL]}, {"names": [EVIL * 4] * 12}],
    "roster.found": [
        {"found": [{**FOUND, "kind": kind} for kind in KINDS], "part": 1, "of": 1},
        {"found": [FOUND] * 20, "part": 5, "of": 5},
        {"found": [{**FOUND, "kind": "long"}], "part": 1, "of": 1},
    ],
    "shift.begins": [
        {"roster": EVIL, "begins": AT, "ends": AT, "instead_of": EVIL},
        {"roster": EVIL, "begins": AT, "ends": "", "instead_of": ""},
    ],
    "shift.ends": [{"roster": EVIL, "ends": AT, "numbers": [1, 2]}],
    "contact.wrong": [{"name": EVIL, "phone": "0905", "by": EVIL, "at": AT, "entry": "ca"}],
    "webhook.well": [{**DARK, "why": "well"}],
    "page.respond": [CALL, {**CALL, "next": []}, {**CALL, "count": 1}],
    "page.verify": [CALL],
    "page.nobody_respond": [CRY, {**CRY, "phones": [[EVIL, "0905 000 333"]], "told": []}],
    "page.nobody_verify": [{**CRY, "missed": []}],
    "clock.due": [
        {"regime": "vn_2017", "report": "ban_dau"},
        {"regime": "vn_2017", "report": "vuot_kha_nang"},
        {"regime": "vn_data", "report": "co_quan"},
        {"regime": "vn_2017", "report": "gone"},
    ],
    "page.taken": [TAKEN],
    "page.taken_reporter": [TAKEN],
    "page.returned": [{"by": EVIL}],
    "page.leads": [{"by": EVIL}],
    "page.still": [{"until": AT, "next": [EVIL]}, {"until": AT, "next": []}],
    "page.given_up": [{}],
    "audit.stuck": [{"why": why, "number": n} for why in get_args(Stuck) for n in (12, 0)],
    "report.copy": [{}],
    "report.informed": [{}],
    "report.recorded": [{}],
    "verdict.changed": [{"by": EVIL, "changes": [list(change) for change in CHANGES]}],
    "incident.closed": [{"by": EVIL, "result": "solved"}],
    "incident.reopened": [{"by": EVIL, "why": "not_stable"}],
    "leader.decide": [{**ASKED, "why": "rule", "ask": ""}],
    "leader.direct": [ASKED, {**ASKED, "ask": "support"}],
    "holder.asked": [HOLDER, {**HOLDER, "waits": False}, {**HOLDER, "again": True, "waits": False}],
    "direction_confirm": [WRITTEN, {**WRITTEN, "answer": "said", "ask": ""}],
    "direction_confirmed": [WRITTEN],
    "direction_denied": [WRITTEN, {**WRITTEN, "answer": "serious", "words": ""}],
    "direction_waits": [WRITTEN],
    "leader_unreached": [{"by": EVIL, "phone": "0905"}],
    "scenario.first": [{"by": EVIL}],
    "support.waits": SUPPORTED,
    "support.answered": SUPPORTED,
    "leader_silent": [{"by": EVIL, "phone": "0905", "minutes": 15}],
    "direction": [
        {**GIVEN, "phone": "0905"},
        {**GIVEN, "words": "", "answer": "agree", "phone": ""},
        {**GIVEN, "answer": "call", "phone": "0905"},
        {**WRITTEN, "answer": "said", "ask": ""},
        WRITTEN,
        {**GIVEN, "answer": "serious", "ask": "", "words": "", "phone": ""},
    ],
}
FACTS |= DUTY_FACTS
FACTS |= READINESS_FACTS
TOLD = {**OF_TASKS, **OF_STEPS}
FACTS |= {kind: [facts for facts, _ in told] for kind, told in TOLD.items()} | STEP_FACTS
AREAS = (
    "team|spokesperson|power|people|step|page|report|verdict|incident|scenario|leader|room"
    "|swap|cover|absence|handover|webhook|holder|tasks?|phase|support"
)
KIND = re.compile(rf"(?:{AREAS})\.\w*[a-z]|leader_silent|leader_unreached|direction|test")
MADE = {"kind": sorted({*get_args(Asked), *get_args(Paged)})}


def said(node: ast.expr) -> Iterator[str]:
    """The kinds that an expression may be: a literal, or an f-string over a Literal type."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=start), ast.FormattedValue(value=value)]):
            if start not in ("page.", "page.nobody_", "leader."):
                return
            asked = start == "leader."
            for end in get_args(Asked) if asked else get_args(Paged):
                yield f"{start}{end}"
            assert ast.unparse(value).rpartition(".")[2] in MADE


def written() -> set[str]:
    """Every kind of notice that the services write.

    A kind that is handed on as a variable is a literal of the same file, and not of an event.
    """
    found: set[str] = set()
    for path in python("bot"):
        if path.parts[:2] != ("bot", "services"):
            continue
        calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
        kinds = [
            call.args[0]
            for call in calls
            if isinstance(call.func, ast.Name) and call.func.id == "Notice"
        ]
        found |= {kind for node in kinds for kind in said(node)}
        if any(isinstance(node, ast.Name) for node in kinds):
            events = {
                id(argument)
                for call in calls
                if ast.unparse(call.func).rpartition(".")[2] in ("record", "_record", "erase")
                for argument in call.args
            }
            listed = [n.value for n in tree(path).body if isinstance(n, ast.Assign)]
            looked_for = [value.elts for value in listed if isinstance(value, ast.Tuple)]
            events |= {id(part) for parts in looked_for for part in parts}
            texts = [
                node
                for node in ast.walk(tree(path))
                if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in events
            ]
            found |= {kind for node in texts for kind in said(node) if KIND.fullmatch(kind)}
    return found


def letters(kind: str) -> Iterator[Letter]:
    for one in map(with_clocks, briefs()):
        for place, facts in enumerate(FACTS[kind]):
            for again in (True, False):
                notice = Notice(kind, to=4, incident=12, page=5, facts=facts)
                sending = Sending(1, notice, "test:bot:4", EVERYTHING, again)
                more = _more(kind, place, one)
                yield Letter(sending, None if kind == "test" else one, more=more)


def _more(kind: str, place: int, about: Brief) -> Draft | list[Sheet] | None:
    """The question that it asks, the tasks that it names."""
    if kind == "form":
        return next(draft for draft in drafts() if draft.form is TASK_DONE)
    return [replace(one, brief=about) for one in TOLD[kind][place][1]] if kind in TOLD else None


def test_every_kind_that_is_written_is_told_here() -> None:
    assert written() == FACTS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FACTS)
def test_it_can_be_said(kind: str, language: str) -> None:
    voice = Voice(language, NOON)
    for letter in letters(kind):
        shown = notices.screen(letter, voice)
        held(shown)
        marks = (voice.plain("paging.again"), voice.say("paging.again_nth", count=2))
        marked = any(mark in shown.text for mark in marks)
        count = letter.sending.notice.facts.get("count", 0)
        assert marked == (letter.sending.again or count == 2)


@pytest.mark.parametrize("kind", FACTS)
def test_it_is_said_in_six_lines(kind: str) -> None:
    """What can be chosen is not counted: the tasks that are named, whom to telephone."""
    for letter in letters(kind):
        shown = notices.screen(letter, Voice("vi", NOON))
        named = sum(map(len, shown.rows)) + 1 if kind in ("tasks.opened", "task.call") else 0
        named += len(letter.sending.notice.facts.get("found", []))  # each has its line
        assert _lines(shown.text) <= MOST + named, shown.text


@pytest.mark.parametrize("kind", FACTS)
def test_a_secret_is_said_without_a_word_of_it(kind: str) -> None:
    for letter in letters(kind):
        if letter.brief is not None and letter.brief.incident.is_secret:
            shown = notices.screen(letter, Voice("vi", NOON)).text
            assert "Một cửa" not in shown


def test_in_a_room_no_telephone_number_is_said() -> None:
    for letter in letters("page.nobody_respond"):
        shown = notices.screen(letter, Voice("vi", NOON)).text
        assert ("0905" in shown) == ("phones" in letter.sending.notice.facts)


@pytest.mark.parametrize("kind", FACTS)
def test_when_words_fail_the_bare_fact_is_left(kind: str) -> None:
    for letter in letters(kind):
        assert "sự cố số 12" in notices.fallback(letter)
        said = notices.fallback(replace(letter, language="en"))
        assert "incident 12" in said
        assert "sự cố" not in said
        assert len(said) < 200


def test_an_unknown_kind_is_an_error_for_the_sender_to_see() -> None:
    (letter, *_) = letters("page.taken")
    unknown = Notice("page.unheard_of", to=4, incident=12)
    sending = Sending(1, unknown, "c", EVERYTHING, False)
    for one in (letter.brief, None):
        with pytest.raises(KeyError):
            notices.screen(Letter(sending, one), Voice("vi", NOON))


def _lines(text: str) -> int:
    return len(plain(text).splitlines())
