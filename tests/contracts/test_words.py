"""The words: each key in every language with the same placeholders, each asked for, none missing.

Keys are found where the code says something: a literal in a view or a handler, or an f-string,
whose parts are enumerated in MADE from the types that make them. What is not there fails, and so
does a key that nothing asks for.
"""

import ast
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import get_args, get_type_hints

import pytest

from bot.domain import audit, errors, roster_findings
from bot.domain.consultation import ANSWERS
from bot.domain.contact import KINDS, TRIED, WRONG
from bot.domain.direction import ANSWERED, UNWRITTEN, State
from bot.domain.duty_forms import LISTED as OF_DUTY_LISTS
from bot.domain.figures import LEVELS, MEASURES
from bot.domain.form import Step
from bot.domain.forms import FORMS, OTHER
from bot.domain.handover import State as Handed
from bot.domain.notice import Why
from bot.domain.people import Role
from bot.domain.platform import PLATFORMS
from bot.domain.playbook_pages import PARTS
from bot.domain.reach import RESULTS, Needed
from bot.domain.reach import Why as Unreached
from bot.domain.scenario import GROUPS, Whose
from bot.domain.scenario_forms import ANOTHER
from bot.domain.severity import Needs, Serious, SeriousByPlan
from bot.domain.step_forms import GENERAL_OPTIONS, IN_WORDS, POWER_FORMS, STEP_FORMS
from bot.domain.support import ANSWERS as ANSWERED_FOR
from bot.domain.support_forms import HELP, NOT_YET, SPOKEN
from bot.domain.swap import State as Swapped
from bot.domain.task import ERASED, TAKEN_MEANWHILE, Kind
from bot.domain.task import State as TaskState
from bot.domain.test_round import GONE, LISTS
from bot.services.duty_outcomes import Reader, Side
from bot.services.joining import ANYBODY
from bot.services.power_outcomes import PowerUsed
from bot.views import figures, notices, supporting, task_notices
from bot.views.callbacks import Go, Nav, Work
from bot.views.people import COMMANDS, NEEDS_NUMBER
from bot.views.verdicts import NAMES
from bot.views.words import LANGUAGES, all_of
from tests.contracts.roster_words import OF_ROSTER_FILES
from tests.contracts.said_in_code import alternatives, done_to_a_task, name_of, recorded
from tests.contracts.tracked import python, tree

VI = all_of("vi")
AREAS = "|".join(sorted({key.partition(".")[0] for key in VI}))
KEY = re.compile(rf"(?:{AREAS})\.[\w.]+")
SPEAKING = [
    path
    for path in (*python("handlers"), *python("bot"))
    if path.parts[:2] in (("bot", "views"), ("bot", "platforms")) or path.parts[0] == "handlers"
]
PAGES = ("respond", "verify")
UNION = (Needs, Serious, SeriousByPlan)


def every_subclass(kind: type) -> Iterator[type]:
    yield kind
    for below in kind.__subclasses__():
        yield from every_subclass(below)


def steps(*reviewed: bool) -> list[Step]:
    return [step for form in FORMS.values() if form.reviewed in reviewed for step in form.steps]


def questions() -> Iterator[str]:
    """The key of each question: criteria and a supplement are asked in the report's words."""
    for form in FORMS.values():
        for step in form.steps if form.id != "offer" and form not in OF_STEPS else ():
            own = f"report.{form.id}.{step.id}" in VI
            yield f"{form.id if own else 'report'}.{step.id}"


def of_steps() -> Iterator[str]:
    """The same of what the plan's steps ask, where several ask one thing."""
    for form in OF_STEPS:
        for step in form.steps:
            if f"steps.{form.id}.{step.id}" in VI:
                yield f"{form.id}.{step.id}"


def keys_in(path: Path) -> Iterator[str]:
    """Every key or pattern of keys that stands in a file."""
    nodes = list(ast.walk(tree(path)))
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in parts:
            for written in alternatives(node):
                said_later = (*notices.KINDS, *task_notices.TOLD, *LOGGED)
                if KEY.fullmatch(written.replace("*", "x")) and written not in said_later:
                    yield written


OF_STEPS = (*STEP_FORMS, *POWER_FORMS)
# What is shown beside the answers of the forms, or only in lists, or only as the words of an ask.
OF_LISTS = (*GENERAL_OPTIONS, *IN_WORDS, "not_now", "nobody_yet", "convene_team", "convene_asked")
STEP_OPTIONS = {option for form in OF_STEPS for step in form.steps for option in step.options}
STEP_OPTIONS = {o for o in (*STEP_OPTIONS, *OF_LISTS, "join_1") if f"report.option.{o}" not in VI}
ANSWERED_IN_STEPS = {step.id for form in STEP_FORMS for step in form.steps}
LOGGED = (
    *("steps.broken", "steps.given_up"),  # by platforms/steps.py, said to nobody
    *("support.asked", "support.accepted", "support.refused"),  # events, told by the timeline
)
NO_LABEL = ("next", "leader", "steering", OTHER, "0", ANYBODY)  # of lists, where no name is given
WORK = set(get_args(Work.model_fields["do"].annotation))
DIRECTED = {answer for answers in ANSWERED.values() for answer in answers}
MADE: dict[str, set[str]] = {
    **OF_ROSTER_FILES,
    "audit.why.*": set(get_args(audit.Why)),
    "channels.platform.*": set(PLATFORMS),
    "contacts.did.*": set(TRIED),
    "contacts.did.*_edit": {WRONG},
    "contacts.kind.*": set(KINDS),
    "contacts.list.foot_*": {"check", "wait", "rest"},
    "call_list.*": {"rosters", "away", "units", "outside", "secret_head"},
    "rosters.button.*": {"last", "next"},
    "rosters.foot_*": {"rest", "say", "mend"},
    "rosters.found.*": set(roster_findings.KINDS),
    "rosters.type.*": {"last", "next"},
    "rosters.weekday.*": {str(day) for day in range(1, 8)},
    "directions.notice.*": {"confirmed", "denied"},
    "directions.state.*": set(get_args(State)),
    "directions.written.*": {"stands", "missed"},
    "errors.*": {kind.__dict__.get("key", "") for kind in every_subclass(errors.Refusal)}
    - {"", *(k.key for k in (errors.NotFound, errors.NotUnderstood))},
    "figures.chart.key_*": {"half", "few", "most", "open"},
    "figures.do.*": {*figures.PERIODS.values(), *figures.SHOWS.values()},
    "figures.level.*": set(LEVELS),
    "figures.measure.*": set(MEASURES),
    "figures.typed.*": {*figures.PERIODS.values()} - {"last"},
    "files.web.*": {"busy", "slow"},
    "files.why.*": {"not_here", "unreachable"},
    "incidents.*.*": {
        f"{NAMES[name]}.{value}"
        for name, values in zip(NAMES, UNION, strict=True)
        for value in values
    },
    "incidents.board.*": {"waiting", "verifying"},
    "incidents.ended.*": {"closed", "reopened"},
    "incidents.law.*": set(Serious),
    "incidents.needs.*": set(Needs),
    "incidents.one.*": {"open", "closed"},
    "incidents.plan.*": set(SeriousByPlan),
    "incidents.reported.told_*": {*Needs, "unverified_for"},
    "incidents.verdict.*": set(NAMES),
    "law.list.*": {"settle", "wait", "rest"},
    "paging.*.head": set(PAGES),
    "paging.escalated.*": {"to", "next"},
    "paging.leader.*": {answer for answers in ANSWERS.values() for answer in answers},
    "paging.leader.then_*": set(ANSWERS),
    "paging.nobody_*.head": set(PAGES),
    "paging.still.*": {"next", "loud"},
    "paging.notice.*": {"taken", "taken_verify"},
    "paging.passed.*loud": {"", "back_"},
    "paging.passed.*to": {"", "back_"},
    "paging.taken.*_there": {"first", "verify_first"},
    "paging.taken.*": {"already", "already_mine", "first", "verify_first"},
    "people.command.*": {*COMMANDS, *NEEDS_NUMBER, "resume"} - {"bind", "english", "vietnamese"},
    "people.form.*": set(FORMS),
    "people.slash.*": set(COMMANDS),
    "readiness.brief.*": {"good", "weak", "bad"},
    "readiness.brief.*_next": {"good", "weak", "bad"},
    "readiness.case.*": set(get_args(Needed)),
    "readiness.head.*": set(RESULTS) - {"reachable"},
    "readiness.list.*": {"untested", "phone"},
    "readiness.proof.*": {"answered", "seen", "delivered"},
    "readiness.result.*": set(RESULTS),
    "readiness.told.*": {"lost", "weekly"},
    "readiness.way.*": {"open", "lost", "stopped"},
    "readiness.why.*": {*get_args(Unreached), "network_beside", "blocked_once", "lost_one_once"}
    - {""},
    "rehearsal.day.*": {str(day) for day in range(7)},
    "report.*.*": set(questions()),
    "report.advance.*": {"next", "last"},
    "report.*.review": {f.id for f in FORMS.values() if f.reviewed}
    - {"report", "on_behalf", "supplement"},
    "report.label.*": {step.id for step in steps(True)},
    "report.nav.*": set(get_args(Nav.model_fields["do"].annotation)),
    "absences.*": {"told_ended", "told_ended_acting", "told", "told_own"} | {"foot_other", "rest"},
    "handovers.*.*": {f"{side}.{state}" for side in get_args(Side) for state in get_args(Handed)},
    "swaps.*.*": {f"{side}.{state}" for side in get_args(Reader) for state in get_args(Swapped)},
    "swaps.*.foot": set(get_args(Reader)),
    "swaps.told.*": set(get_args(Swapped)) - {"asked"},
    "swaps.cover.*": {"given", "ended", "over"},
    "report.option.*": {option for step in steps(True, False) for option in step.options}
    - STEP_OPTIONS
    | {ANOTHER, *GROUPS}
    | {*NO_LABEL, *DIRECTED, *OF_DUTY_LISTS, UNWRITTEN, *Role, ERASED, TAKEN_MEANWHILE}
    | {*HELP, *SPOKEN, NOT_YET},
    "steps.*.*": set(of_steps()),
    "steps.ask.*": {s.id for f in OF_STEPS for s in f.steps if f"{f.id}.{s.id}" not in of_steps()},
    "steps.button.*": {"nominate", "join"},
    "steps.named.*": {"ask", "join"},
    "steps.notice.*": {"nominate", "join"},
    "steps.notice.*_do": {"nominate", "join"},
    "steps.option.*": STEP_OPTIONS,
    "steps.power.*": {*get_args(get_type_hints(PowerUsed)["did"]), "convened_telephone"},
    "steps.said.*": {*ANSWERED_IN_STEPS, "asked", "spokesperson_asked"},
    "steps.speaker.*": {"none", "nobody"},
    "tasks.*": set(get_args(Kind)) - {"step"},
    "tasks.card.*": {"blocked", "overdue", "waiting", "all", "advance", "finish"},
    "tasks.did.*": set(done_to_a_task()),
    "tasks.do.*": WORK,
    "tasks.list.*": {"free", "others"},
    "tasks.notice.*": {kind.partition(".")[2] for kind in task_notices.OFFERED}
    | {"remind_overdue", "not_taken_do", "not_taken_pass", "call_one", "call_no_number"},
    "tasks.state.*": {*get_args(TaskState), "ended", "offered_direct"},
    "tasks.why.*": {"loop", "serious", "optional"},
    "tasks.word.*": WORK - {"see"},
    "rounds.answered.*": set(GONE),
    "rounds.asked.*": {"first", "again"},
    "rounds.list.*": set(LISTS),
    "rounds.mend.*": set(GONE),
    "rounds.page.*": {"mend", "connect", "call", "nothing"},
    "support.did.*": {"requested", "nobody_decides"},
    "support.do.*": {"answer", "next", "again", "escalate"},
    "support.lack.*": set(supporting.FACTS),
    "support.state.*": set(ANSWERED_FOR),
    "scenarios.confirmed.*": {"unknown", "same_unknown", "head", "head_inherited"},
    "scenarios.page.*": {"nothing", "nothing_yet", "reviewed", "not_reviewed", "head", "head_one"},
    "scenarios.part.*": set(PARTS),
    "scenarios.whose.*": set(get_args(Whose)),
    "timeline.*": {*recorded(), "acting", "acting_no_paper"},
    "timeline.*_erased": {"incident.reported"},
    "timeline.purpose.*": set(PAGES),
    "timeline.why.*": set(get_args(Why)),
    "typed.go.*": set(get_args(Go.model_fields["to"].annotation)),
    "typed.nav.*": set(get_args(Nav.model_fields["do"].annotation)),
    "ways.*": {"answer", "answer_or_call", "open", "open_or_call"},
    "ways.sms.*": {"answer", "answer_or_call", "open", "open_or_call"},
}
TYPED = "_typed"  # said in a chat without buttons, in place of the key without it


def filled(pattern: str) -> set[str]:
    """The keys that a pattern stands for; a value may fill two stars with one dot between."""
    if "*" not in pattern:
        return {pattern}
    return {pattern.replace("*.*" if "*.*" in pattern else "*", value) for value in MADE[pattern]}


def asked_for() -> set[str]:
    return {pattern for path in SPEAKING for pattern in keys_in(path)}


def test_every_language_has_the_same_keys_and_placeholders() -> None:
    for language in LANGUAGES:
        words = all_of(language)
        assert set(words) == set(VI), language
        different = [key for key in VI if placeholders(words[key]) != placeholders(VI[key])]
        assert not different, language


def test_every_key_that_is_asked_for_is_there_and_no_other() -> None:
    patterns = asked_for()
    assert {p for p in patterns if "*" in p} == set(MADE)
    wanted = {key for pattern in patterns for key in filled(pattern)}
    assert sorted(wanted - set(VI)) == []
    assert sorted(key for key in VI if key.removesuffix(TYPED) not in wanted) == []


def test_what_is_said_without_buttons_takes_the_place_of_something() -> None:
    for key in (key for key in VI if key.endswith(TYPED)):
        instead = key.removesuffix(TYPED)
        assert instead in VI, key
        assert placeholders(VI[key]) <= placeholders(VI[instead]), key
        for language in LANGUAGES:
            said = all_of(language)[key].lower()
            assert not re.search(r"\b(bấm|nút|tap|press|button)\b", said), (language, key)


def test_what_is_said_has_its_facts() -> None:
    """Where key and facts are written at the same place, no placeholder is left empty."""
    missing = []
    for path in SPEAKING:
        for call in (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)):
            if name_of(call) not in ("say", "plain") or not call.args:
                continue
            given = {word.arg for word in call.keywords}
            keys = alternatives(call.args[0]) & set(VI)
            if None not in given:  # ** gives what is not written here
                missing += [(key, path) for key in keys if not placeholders(VI[key]) <= given]
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_clean(language: str) -> None:
    """NFC, balanced tags of the few that are used, no spaces at the end of a line."""
    for key, text in all_of(language).items():
        assert text == unicodedata.normalize("NFC", text), key
        assert not re.search(r"[ \t]+\n|\n$", text), key
        tags = Tags()
        tags.feed(text)
        assert tags.open == [], key


def test_no_vietnamese_in_the_code_that_speaks() -> None:
    """What people read stands in the word files; the plain fallback of a notice is the exception.

    What people type is matched in bot/views/hearing and handlers/filters.py, with its marks.
    """
    rooms = [*SPEAKING, *(p for p in python("bot") if p.parts[:2] == ("bot", "services"))]
    heard = (Path("bot/views/hearing"), Path("handlers/filters.py"))
    found = {
        (str(path), text)
        for path in rooms
        if not any(path.is_relative_to(one) for one in heard)
        for text in written_in(tree(path))
        if any(unicodedata.combining(c) or c in "đĐ" for c in unicodedata.normalize("NFD", text))
    }
    assert {path for path, _ in found} <= {"bot/views/notices.py"}, found
    assert {text for _, text in found} == {
        "TIN KHẨN",
        " – sự cố số {number} {code}. Gõ: tình hình {number}",
        " của Trực Ban. Gõ: tình hình",
        " from Trực Ban. Type: status",
    }


def written_in(module: ast.Module) -> Iterator[str]:
    """The string constants that are no docstrings."""
    bare = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("b", "i", "code"), tag
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
