"""Vắng mặt (/vangmat): who is away from when to when, and who acts for them on what paper."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.domain.agency import Agency
from bot.domain.duty import Absence, away_between
from bot.domain.duty_forms import ABSENCE, NO_PAPER, NOBODY_ACTS
from bot.domain.errors import AwayThen, NotFound, NothingAsked, PeriodOver
from bot.domain.form import Draft
from bot.domain.moment import Moment
from bot.domain.notice import Notice
from bot.domain.people import KEEPERS, Act, Person, Role, Verb
from bot.services.accounts import keepers
from bot.services.drafting import open_form, renewed
from bot.services.duty_outcomes import AbsenceShown, Did
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of

FARTHEST = timedelta(days=400)  # ahead an absence may be written down


def begin(tx: Transaction, act: Act) -> Draft:
    """/vangmat: for oneself; whoever keeps the roster says it of others, too."""
    act.require(Verb.LEAVE)
    own = [[str(act.person.id), act.person.name]]
    others = tx.people.holding(tuple(Role)) if act.person.holds(KEEPERS) else ()
    listed = own + [
        [str(one.id), one.name] for one in others if one.id != act.person.id and not one.shared_by
    ]
    begun = tx.drafts.open_of(act.person.id, ABSENCE, 0)
    answers = {"absent": str(act.person.id)} if len(listed) == 1 else {}
    known = {**(begun.answers if begun else {}), **answers}
    context = {"absentees": listed, **_lists(tx, act, known)}
    return open_form(tx, act, ABSENCE, answers=answers, context=context)


def choices(tx: Transaction, act: Act, draft: Draft) -> Draft:
    """Who could act for whoever is away, and is there in that time."""
    return renewed(draft, _lists(tx, act, draft.answers))


def send(tx: Transaction, act: Act, draft: Draft) -> AbsenceShown:
    """GỬI: from then on the stand-in is told in their place. PeriodOver: it is past already.
    AwayThen: who was to stand in is away in that time, too."""
    answers, when = draft.answers, Moment.read(draft.answers["when"])
    acting = 0 if answers["stand_in"] == NOBODY_ACTS else int(answers["stand_in"])
    paper = answers.get("paper", "")
    paper = "" if paper == NO_PAPER else paper
    ends = when.until or when.at
    who = int(answers["absent"])
    absence = Absence(0, who, when.at, ends, answers["reason"], acting, paper)
    act.require(Verb.LEAVE, absence)
    if ends <= act.at:
        raise PeriodOver
    if acting in _away_between(tx, when):
        raise AwayThen(name=tx.people.get(acting).name)
    if acting and acting not in {one.id for one in _stand_ins(tx, act, tx.people.get(who))}:
        raise NotFound(name=dict(draft.context["stand_ins"]).get(str(acting), ""))
    absence = tx.rosters.add_absence(absence, act.person.id, act.at)
    facts = _facts(tx, act, absence)
    tx.record("agency", "absence.begun", **facts)
    _tell(tx, act, absence, "absence.begun", facts)
    return _shown(tx, act, absence, "begun")


def back(tx: Transaction, act: Act, number: int | None = None) -> AbsenceShown:
    """Đã về: it ends now, with whatever else says that they are away now; of one that has not
    begun nothing is left."""
    absence = _meant(tx, act, number)
    act.require(Verb.LEAVE, absence)
    touching = tx.rosters.book(absence.begins, absence.ends).absences
    if absence.ends <= act.at or absence not in touching:
        return _shown(tx, act, absence, "over")
    beside = [
        one
        for one in touching
        if one.person_id == absence.person_id and one != absence and one.holds_at(act.at)
    ]
    for one in beside if absence.holds_at(act.at) else ():
        tx.rosters.end_absence(one.id, act.at)  # it was said twice; they are back all the same
        facts = _facts(tx, act, one)
        tx.record("agency", "absence.ended", **facts)
        others = {one.acting_id} - {0, absence.acting_id, *act.person.ids}
        tx.notices.add(
            [Notice("absence.ended", to=who, facts={**facts, "to": who}) for who in others], act.at
        )
    tx.rosters.end_absence(absence.id, act.at)
    facts = _facts(tx, act, absence)
    tx.record("agency", "absence.ended", **facts)
    _tell(tx, act, absence, "absence.ended", facts)
    return _shown(tx, act, absence, "ended")


def _meant(tx: Transaction, act: Act, number: int | None) -> Absence:
    if number is not None:
        return tx.rosters.absence(number)
    found = tx.rosters.away(act.at).get(act.person.id)
    if found is not None:
        return found
    act.require(Verb.LEAVE)
    coming = tx.rosters.book(act.at, act.at + FARTHEST).absences
    own = [one for one in coming if one.person_id == act.person.id]
    if not own:
        raise NothingAsked(act.chat)
    return min(own, key=lambda one: one.begins)


def _lists(tx: Transaction, act: Act, answers: Mapping[str, str]) -> dict[str, object]:
    who, when = answers.get("absent", ""), answers.get("when", "")
    if not who:
        return {}
    people = _stand_ins(tx, act, tx.people.get(int(who)))
    away = _away_between(tx, Moment.read(when)) if when else frozenset()
    named = [[str(one.id), _introduced(one)] for one in people if one.id not in away]
    return {"stand_ins": [[NOBODY_ACTS, ""], *named]}


def _away_between(tx: Transaction, when: Moment) -> frozenset[int]:
    ends = when.until or when.at
    return away_between(tx.rosters.book(when.at, ends), when.at, ends)


def _stand_ins(tx: Transaction, act: Act, person: Person) -> list[Person]:
    """Those of the same unit, of the same role first, then the leaders above; nobody gives
    themselves the powers of another whom they have said to be away."""
    agency = agency_of(tx)
    units = list(dict.fromkeys(post.unit for post in person.posts))
    roles = tuple(dict.fromkeys(post.role for post in person.posts))
    here = tx.people.holding(roles, units) if units else ()
    same = tx.people.holding(tuple(Role), units) if units else ()
    above = tx.people.holding((Role.LEADER,), _above(agency, units)) if units else ()
    found = {one.id: one for one in (*here, *above, *same)}
    left_out = {person.id} | (set() if person.id in act.person.ids else act.person.ids)
    return [one for who, one in found.items() if who not in left_out and not one.shared_by]


def _above(agency: Agency, units: Sequence[str]) -> list[str]:
    there = {unit.id for unit in agency.units}
    return [up.id for one in units if one in there for up in agency.line(one)]


def _introduced(person: Person) -> str:
    return f"{person.name} – {person.position}" if person.position else person.name


def _tell(tx: Transaction, act: Act, absence: Absence, kind: str, facts: dict[str, object]) -> None:
    """Whoever is away and whoever acts hear it; whoever keeps the roster reads it."""
    loud = {absence.person_id, absence.acting_id} - {0, *act.person.ids}
    quiet = {one.id for one in keepers(tx)} - loud - act.person.ids
    notices = [Notice(kind, to=who, facts={**facts, "to": who}) for who in sorted(loud)]
    notices += [Notice(kind, to=who, facts=facts, urgency="quiet") for who in sorted(quiet)]
    tx.notices.add(notices, act.at)


def _facts(tx: Transaction, act: Act, absence: Absence) -> dict[str, object]:
    names = tx.people.named({absence.person_id, absence.acting_id} - {0})
    acting = names.get(absence.acting_id)
    return {
        "absence": absence.id,
        "person": names[absence.person_id].name,
        "person_id": absence.person_id,
        "acting": acting.name if acting else "",
        "acting_id": absence.acting_id,
        "phone": acting.phone if acting else "",
        "begins": absence.begins.isoformat(),
        "ends": absence.ends.isoformat(),
        "why": absence.why,
        "paper": absence.paper,
        "by": act.person.name,
    }


def _shown(tx: Transaction, act: Act, absence: Absence, did: Did) -> AbsenceShown:
    names = tx.people.named({absence.person_id, absence.acting_id} - {0})
    person = names[absence.person_id]
    own = person.id in act.person.ids
    led = [one.id for one in tx.incidents.open_in(None) if one.lead_id == person.id]
    leads = led if own and did == "begun" else []
    return AbsenceShown(absence, person, names.get(absence.acting_id), own, did, leads)
