"""The one gate, as a whole table: what is not written here is forbidden."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from bot.domain.consultation import Consultation
from bot.domain.errors import Forbidden, Stranger
from bot.domain.escalation import Page
from bot.domain.form import Draft
from bot.domain.forms import REPORT
from bot.domain.incident import Incident
from bot.domain.people import (
    CLOCKWORK_IDENTITY,
    CONSOLE,
    NOBODY,
    SYSTEM,
    Act,
    Person,
    Post,
    Role,
    Verb,
    may,
)

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
SUBJECTS = {
    "": None,
    "draft": DRAFT,
    "respond": RESPOND,
    "verify": VERIFY,
    "incident": INCIDENT,
    "question": ASKED,
}
ANYBODY, NO_ONE = "anybody", "no one"
POSTS = [f"{role}@{unit}" for role in Role for unit in ("doi", "ngoai")]
RELATIONS = {"reporter": REPORTER, "lead": LEAD, "called": CALLED, "taker": TAKER, "other": 99}

SEERS = ["responder@doi", "security_officer@doi", "duty@doi", "leader@doi", "admin@doi"]
TEAM = ["responder@doi", "security_officer@doi"]
# Who may, by (verb, subject): a post in a unit of the incident, a relation, or both of them.
TABLE: dict[tuple[Verb, str], list[str]] = {
    (Verb.JOIN, ""): [ANYBODY],
    (Verb.REPORT, ""): POSTS,
    (Verb.SEE_BOARD, ""): [post for post in POSTS if not post.startswith("official")],
    (Verb.INVITE, ""): ["admin@doi", "admin@ngoai", "console"],
    (Verb.BIND, ""): ["admin@doi", "admin@ngoai", "console"],
    (Verb.INIT, ""): ["console"],
    **{(Verb.SWEEP, subject): ["system"] for subject in SUBJECTS},
    (Verb.FILL, "draft"): ["reporter"],
    (Verb.ACKNOWLEDGE, "respond"): ["called", *TEAM, "duty@doi"],
    (Verb.ACKNOWLEDGE, "verify"): ["called", "duty@doi"],
    (Verb.PASS_ON, "respond"): ["called"],
    (Verb.PASS_ON, "verify"): ["called"],
    (Verb.RETURN, "respond"): ["taker"],
    (Verb.RETURN, "verify"): ["taker"],
    (Verb.DIRECT, "question"): ["leader@doi lead", "leader@ngoai lead"],
    (Verb.SEE, "incident"): ["reporter", *SEERS],
    (Verb.SUPPLEMENT, "incident"): ["reporter"],
    (Verb.VERIFY, "incident"): ["lead", *TEAM, "duty@doi"],
    (Verb.ESCALATE, "incident"): ["lead", *TEAM, "duty@doi"],
    (Verb.CLOSE, "incident"): ["lead", "duty@doi", "leader@doi"],
    (Verb.REOPEN, "incident"): ["lead", "duty@doi", "leader@doi"],
}


def everybody() -> dict[str, Person]:
    found = {"nobody": NOBODY, "system": SYSTEM, "console": CONSOLE}
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
