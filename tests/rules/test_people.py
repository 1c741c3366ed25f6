"""The one gate, as a whole table: what is not written here is forbidden."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from bot.domain.consultation import Consultation
from bot.domain.direction import Direction
from bot.domain.duty import Absence, Roster
from bot.domain.errors import Forbidden, Stranger
from bot.domain.escalation import Page
from bot.domain.form import Draft
from bot.domain.forms import REPORT
from bot.domain.handover import Handover
from bot.domain.incident import Incident
from bot.domain.moment import Moment
from bot.domain.people import (
    CLOCKWORK_IDENTITY,
    CONSOLE,
    NOBODY,
    SYSTEM,
    WATCHDOG,
    Act,
    Identity,
    Person,
    Post,
    PowerOf,
    Role,
    Verb,
    bearer,
    may,
)
from bot.domain.swap import Swap
from bot.domain.task import Task, TaskOf
from bot.domain.test_round import Asked

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
REPORTER, LEAD, CALLED, TAKER = 1, 2, 3, 4
INCIDENT = Incident(
    9, "xa", "", REPORTER, "plan", "digest", NOON, scope=("xa", "doi"), lead_id=LEAD
)
RESPOND = Page(
    5, 9, "respond", (), NOON, NOON, ("doi",), called=frozenset({CALLED}), acknowledged=(TAKER,)
)
VERIFY = replace(RESPOND, kind="verify")
DRAFT = Draft(6, REPORT, author_id=REPORTER, at="system")
ASKED = Consultation(7, 9, "decide", asked_id=LEAD, by_id=0, why="rule", ask="", asked_at=NOON)
SAID = Direction(8, 9, LEAD, CALLED, "by_phone", Moment(NOON), "agree", "", NOON)
TASK = Task(10, 9, 1, "step", "open", NOON, units=("doi",))
TAKEN = replace(TASK, state="taken", person_id=TAKER)
SUBJECTS = {
    "": None,
    "draft": DRAFT,
    "respond": RESPOND,
    "verify": VERIFY,
    "incident": INCIDENT,
    "incident that nobody has": replace(INCIDENT, lead_id=0),
    "question": ASKED,
    "direction": SAID,
    "task": TaskOf(TASK, INCIDENT),
    "taken task": TaskOf(TAKEN, INCIDENT),
    "task of another unit": TaskOf(replace(TASK, units=("xa",)), INCIDENT),
    "confidential task": TaskOf(replace(TAKEN, confidential=True), INCIDENT),
    "power": PowerOf("convene_team", ("doi",), INCIDENT),
    "test": Asked(11, 1, CALLED),
    "power of nobody who is there": PowerOf("convene_team", (), INCIDENT),
    "swap": Swap(11, "truc", LEAD, TAKER, NOON, NOON, NOON),
    "roster": Roster("truc", "doi", "duty", "Trực ban"),
    "absence": Absence(12, TAKER, NOON, NOON),
    "handover": Handover(13, "truc", LEAD, TAKER, "", NOON),
}
ANYBODY, NO_ONE = "anybody", "no one"
UNITS = ("doi", "ngoai")
POSTS = [f"{role}@{unit}" for role in Role for unit in UNITS]
RELATIONS = {"reporter": REPORTER, "lead": LEAD, "called": CALLED, "taker": TAKER, "other": 99}

SEERS = [
    *("responder@doi", "security_officer@doi", "duty@doi", "leader@doi"),
    *("legal@doi", "admin@doi"),
]
TEAM = ["responder@doi", "security_officer@doi"]
KEEPERS = [f"{role}@{unit}" for role in ("duty", "leader", "admin") for unit in ("doi", "ngoai")]
# Who may, by (verb, subject): a post in a unit of the incident, a relation, or both of them.
TABLE: dict[tuple[Verb, str], list[str]] = {
    (Verb.TAKE_TASK, "task"): ["lead", *TEAM, "duty@doi", "leader@doi"],
    (Verb.TAKE_TASK, "taken task"): ["lead", "taker", *TEAM, "duty@doi", "leader@doi"],
    (Verb.TAKE_TASK, "task of another unit"): ["lead", "duty@doi"],
    (Verb.TAKE_TASK, "confidential task"): ["taker", "leader@doi"],
    (Verb.WORK, "task"): ["lead", *TEAM, "duty@doi", "leader@doi"],
    (Verb.WORK, "taken task"): ["lead", "taker", "duty@doi"],
    (Verb.WORK, "task of another unit"): ["lead", "duty@doi"],
    (Verb.WORK, "confidential task"): ["taker", "leader@doi"],
    (Verb.SEE_TASK, "task"): ["lead", *SEERS],
    (Verb.SEE_TASK, "taken task"): ["lead", "taker", *SEERS],
    (Verb.SEE_TASK, "task of another unit"): ["lead", *SEERS],
    (Verb.SEE_TASK, "confidential task"): ["taker", "leader@doi"],
    **{
        (verb, subject): [*lead, "leader@doi"]  # only superiors assign (words.md, rule 8)
        for verb in (Verb.ASSIGN, Verb.OPEN_STEP)
        for subject, lead in (
            ("task", ["lead"]),
            ("taken task", ["lead"]),
            ("task of another unit", ["lead"]),
            ("confidential task", []),
        )
    },
    (Verb.USE_POWER, "power"): ["leader@doi"],  # not whoever leads the response
    (Verb.JOIN, ""): [ANYBODY],
    (Verb.REPORT, ""): POSTS,
    (Verb.HAND_IN, ""): POSTS,
    (Verb.REPORT_FOR, ""): [
        *("duty@doi", "duty@ngoai"),
        *("security_officer@doi", "security_officer@ngoai"),
    ],
    (Verb.SEE_BOARD, ""): [post for post in POSTS if not post.startswith("official")],
    (Verb.SEE_ROSTER, ""): POSTS,
    (Verb.SEE_CALL_LIST, ""): [*KEEPERS, "system", "console"],
    (Verb.SEE_CONTACTS, ""): [post for post in POSTS if not post.startswith("official")],
    (Verb.SEE_FIGURES, ""): [
        f"{role}@{unit}" for role in ("admin", "duty", "leader") for unit in UNITS
    ],
    (Verb.CHECK_CONTACT, ""): ["admin@doi", "admin@ngoai", "duty@doi", "duty@ngoai"],
    **{
        (verb, ""): [f"{role}@{unit}" for role in ("admin", "duty", "leader") for unit in UNITS]
        for verb in (Verb.SEE_READINESS, Verb.TEST_EVERYBODY)
    },
    (Verb.REHEARSE, ""): [post for post in POSTS if not post.startswith("official")],
    (Verb.ANSWER_TEST, "test"): ["called"],
    **{(verb, ""): POSTS for verb in (Verb.SWAP, Verb.LEAVE, Verb.HAND_OVER)},
    (Verb.COVER, ""): KEEPERS,
    (Verb.COVER, "roster"): ["admin@doi", "admin@ngoai", "duty@doi", "leader@doi"],
    (Verb.KEEP_ROSTER, ""): [*KEEPERS, "console"],
    (Verb.KEEP_ROSTER, "roster"): ["admin@doi", "admin@ngoai", "duty@doi", "leader@doi", "console"],
    (Verb.SWAP, "swap"): ["lead"],
    (Verb.ANSWER_SWAP, "swap"): ["taker"],
    (Verb.LEAVE, "absence"): ["taker", *KEEPERS],
    (Verb.TAKE_OVER, "handover"): ["taker"],
    (Verb.HAND_OVER, "incident"): ["lead"],
    (Verb.INVITE, ""): ["admin@doi", "admin@ngoai", "console"],
    (Verb.BIND, ""): ["admin@doi", "admin@ngoai", "console"],
    (Verb.INIT, ""): ["console"],
    (Verb.PLAN, ""): ["console"],
    **{(Verb.SWEEP, subject): ["system"] for subject in SUBJECTS},
    (Verb.WATCH, ""): ["watchdog"],
    (Verb.FILL, "draft"): ["reporter"],
    (Verb.ACKNOWLEDGE, "respond"): ["called", *TEAM, "duty@doi"],
    (Verb.ACKNOWLEDGE, "verify"): ["called", "duty@doi"],
    (Verb.PASS_ON, "respond"): ["called"],
    (Verb.PASS_ON, "verify"): ["called"],
    (Verb.RETURN, "respond"): ["taker"],
    (Verb.RETURN, "verify"): ["taker"],
    (Verb.DIRECT, "question"): ["leader@doi lead", "leader@ngoai lead"],
    (Verb.CONFIRM, "direction"): ["leader@doi lead", "leader@ngoai lead"],
    (Verb.RECORD_DIRECTION, "incident"): ["lead", "duty@doi"],
    (Verb.SETTLE, "incident"): ["lead", "duty@doi", "leader@doi", "legal@doi"],
    (Verb.SEE, "incident"): ["reporter", *SEERS],
    (Verb.FETCH, "incident"): ["reporter", *SEERS],
    (Verb.HAND_IN, "incident"): ["reporter", "lead", *SEERS],
    (Verb.HAND_IN, "draft"): ["reporter"],
    (Verb.HAND_IN, "taken task"): ["taker"],
    (Verb.SUPPLEMENT, "incident"): ["reporter"],
    (Verb.VERIFY, "incident"): ["lead", *TEAM, "duty@doi"],
    (Verb.ESCALATE, "incident"): ["lead", *TEAM, "duty@doi"],
    (Verb.ASK_SUPPORT, "incident"): ["lead", "duty@doi", "leader@doi"],
    (Verb.ADVANCE, "incident"): ["lead", "duty@doi", "leader@doi"],
    (Verb.CLOSE, "incident"): ["lead", "duty@doi", "leader@doi"],
    (Verb.REOPEN, "incident"): ["lead", "duty@doi", "leader@doi"],
}
TABLE |= {
    (verb, "incident that nobody has"): [one for one in among if one != "lead"]
    for (verb, subject), among in TABLE.items()
    if subject == "incident"
}


def everybody() -> dict[str, Person]:
    found = {"nobody": NOBODY, "system": SYSTEM, "console": CONSOLE, "watchdog": WATCHDOG}
    for post, (relation, number) in product([*POSTS, ""], RELATIONS.items()):
        role, _, unit = post.partition("@")
        posts = (Post(Role(role), unit),) if post else ()
        found[f"{post} {relation}"] = Person(number, "anh Minh", posts)
    return found


def allowed(who: str, among: list[str]) -> bool:
    post, _, relation = who.partition(" ")
    return ANYBODY in among or bool({who, post, relation} - {""} & set(among))


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("verb", Verb)
def test_the_gate(verb: Verb, subject: str) -> None:
    among = TABLE.get((verb, subject), [])
    wrong = {
        who
        for who, person in everybody().items()
        if may(person, verb, SUBJECTS[subject]) != allowed(who, among)
    }
    assert wrong == set()


def test_the_step_of_direction_is_opened_by_the_leaders_whom_the_plan_names() -> None:
    job = TaskOf(TASK, INCIDENT, deciders=("ban",))
    lead = Person(LEAD, "anh Minh", (Post(Role.RESPONDER, "doi"),))
    own, above = (Person(9, "", (Post(Role.LEADER, unit),)) for unit in ("doi", "ban"))
    assert [may(who, Verb.OPEN_STEP, job) for who in (lead, own, above)] == [False, False, True]
    assert may(lead, Verb.ASSIGN, job)


def test_whom_their_unit_has_named_may_take_the_steps_and_nothing_that_is_confidential() -> None:
    named = Person(50, "chị Lan", (Post(Role.OFFICIAL, "xa_2"),))
    incident = replace(INCIDENT, joined=(50,))
    for verb in (Verb.SEE, Verb.HAND_IN):
        assert may(named, verb, incident)
        assert not may(named, verb, INCIDENT)
    jobs = [TASK, replace(TASK, confidential=True), replace(TASK, kind="call")]
    taken = [may(named, Verb.TAKE_TASK, TaskOf(one, incident)) for one in jobs]
    assert taken == [True, False, False]
    assert not may(named, Verb.ASSIGN, TaskOf(TASK, incident))


def test_every_verb_is_somebodys() -> None:
    assert {verb for verb, _ in TABLE} == set(Verb)


def test_a_copy_of_the_clockwork_is_not_the_clockwork() -> None:
    assert not may(replace(SYSTEM), Verb.SWEEP)
    assert not may(replace(CONSOLE), Verb.INIT)


def test_who_refuses_a_stranger_and_who_refuses_a_colleague() -> None:
    act = Act(CLOCKWORK_IDENTITY, NOON)
    with pytest.raises(Stranger):
        act.require(Verb.REPORT)
    with pytest.raises(Forbidden):
        replace(act, person=Person(3, "chị Lan")).require(Verb.SWEEP)


def test_what_was_asked_is_remembered_allowed_or_not() -> None:
    act = Act(CLOCKWORK_IDENTITY, NOON, person=SYSTEM)
    act.require(Verb.SWEEP)
    with pytest.raises(Forbidden):
        act.require(Verb.REPORT)
    assert act.asked == {Verb.SWEEP, Verb.REPORT}
    assert Act(CLOCKWORK_IDENTITY, NOON).asked == set()


def test_roles_are_held_in_units() -> None:
    minh = Person(1, "anh Minh", (Post(Role.DUTY, "xa"), Post(Role.LEADER, "doi")))
    assert minh.holds((Role.DUTY, Role.ADMIN))
    assert minh.holds((Role.DUTY,), ("xa", "doi"))
    assert not minh.holds((Role.DUTY,), ("doi",))
    assert not minh.holds((Role.DUTY,), ())
    assert not minh.holds(())


def test_whoever_opens_a_page_is_known_by_the_word_that_was_given() -> None:
    assert bearer("abc") == Identity("web", "pass", "abc")


def test_where_somebody_holds_which_roles() -> None:
    duty, leader = Post(Role.DUTY, "xa"), Post(Role.LEADER, "doi")
    assert Person(1, "Bình", (duty, leader)).posts_of((Role.LEADER, Role.ADMIN)) == (leader,)
