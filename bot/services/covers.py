"""Trực thay (/tructhay): who stands in on a shift, written into the roster at once."""

from bot.domain.duty import Book, Roster, Shift, Span, on_duty
from bot.domain.duty_forms import COVER
from bot.domain.errors import NoRoster, NotFound, NothingAsked, PeriodOver
from bot.domain.form import Draft
from bot.domain.moment import Moment
from bot.domain.notice import Notice
from bot.domain.people import Act, Role, Verb, may
from bot.services.drafting import open_form, renewed
from bot.services.duty_outcomes import CoverShown
from bot.services.ports.store import Transaction
from bot.services.swaps import candidates, roster_name


def begin(tx: Transaction, act: Act) -> Draft:
    """/tructhay. NoRoster: the agency's file has none that this person may change."""
    act.require(Verb.COVER)
    book = tx.rosters.book(act.at, act.at)
    rosters = [one for one in book.rosters if may(act.person, Verb.COVER, one)]
    if not rosters:
        raise NoRoster
    listed = [[one.id, one.name] for one in rosters]
    answers = {"roster": rosters[0].id} if len(rosters) == 1 else {}
    begun = tx.drafts.open_of(act.person.id, COVER, 0)
    kept = begun.context if begun else {}
    context = {**kept, "rosters": listed}
    return open_form(tx, act, COVER, answers=answers, context=context)


def choices(tx: Transaction, act: Act, draft: Draft) -> Draft:
    """Who could stand in, once it is known where and when."""
    if not {"roster", "when"} <= draft.answers.keys():
        return draft
    book, roster, span = _span(tx, act, draft)
    people = candidates(tx, book, roster, span, act.person)
    mine = [act.person] if act.person.holds((Role(roster.role),), (roster.unit,)) else []
    return renewed(draft, {"covers": [[str(one.id), one.name] for one in (*people, *mine)]})


def give(tx: Transaction, act: Act, draft: Draft) -> CoverShown:
    """GỬI: it stands at once; both are told."""
    book, roster, span = _span(tx, act, draft)
    act.require(Verb.COVER, roster)
    who = int(draft.answers["cover_by"])
    before = on_duty(book, roster, span.begins)
    person = tx.people.get(who)
    shift = Shift(0, roster.id, who, span.begins, span.ends, "cover", before.person_id)
    shift = tx.rosters.add_shift(shift, act.person.id, act.at)
    facts = _facts(tx, act, shift)
    tx.record(f"roster/{roster.id}", "cover.given", **facts)
    _tell(tx, act, shift, "cover.given", facts)
    instead = tx.people.named({before.person_id} - {0}).get(before.person_id)
    return CoverShown(shift, roster.name, person, instead, "given")


def end(tx: Transaction, act: Act, number: int | None) -> CoverShown:
    """Hủy trực thay: from now on the roster decides again; what was worked stays."""
    if number is None:
        act.require(Verb.COVER)
        raise NothingAsked(act.chat)
    shift = tx.rosters.shift(number)
    book = tx.rosters.book(shift.begins, shift.ends)
    roster = book.roster(shift.roster)
    act.require(Verb.COVER, roster or shift)
    people = tx.people.named({shift.person_id, shift.instead_of} - {0})
    person, instead = people[shift.person_id], people.get(shift.instead_of)
    name = roster_name(tx, shift.roster)
    if shift.ends <= act.at or shift.kind != "cover" or shift not in book.shifts:
        return CoverShown(shift, name, person, instead, "over")
    tx.rosters.end_shift(shift.id, act.at)
    facts = _facts(tx, act, shift)
    tx.record(f"roster/{shift.roster}", "cover.ended", **facts)
    _tell(tx, act, shift, "cover.ended", facts)
    return CoverShown(shift, name, person, instead, "ended")


def _span(tx: Transaction, act: Act, draft: Draft) -> tuple[Book, Roster, Span]:
    """PeriodOver: it ended while the form was filled in. NotFound: the file has lost the roster."""
    when = Moment.read(draft.answers["when"])
    begins, ends = max(when.at, act.at), when.until or when.at
    if begins >= ends:
        raise PeriodOver
    book = tx.rosters.book(begins, ends)
    roster = book.roster(draft.answers["roster"])
    if roster is None:
        raise NotFound(name=draft.answers["roster"])
    return book, roster, Span(begins, ends)


def _tell(tx: Transaction, act: Act, shift: Shift, kind: str, facts: dict[str, object]) -> None:
    told = {shift.person_id, shift.instead_of} - {0, *act.person.ids}
    tx.notices.add((Notice(kind, to=who, facts=facts) for who in sorted(told)), act.at)


def _facts(tx: Transaction, act: Act, shift: Shift) -> dict[str, object]:
    names = tx.people.named({shift.person_id, shift.instead_of} - {0})
    instead = names.get(shift.instead_of)
    return {
        "shift": shift.id,
        "roster": roster_name(tx, shift.roster),
        "person": names[shift.person_id].name,
        "instead": instead.name if instead else "",
        "begins": shift.begins.isoformat(),
        "ends": shift.ends.isoformat(),
        "by": act.person.name,
    }
