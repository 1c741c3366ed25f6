"""Trực thay (/tructhay): who stands in on a shift, written into the roster at once."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.duty import Book, Roster, Shift, Span, away_between, spans
from bot.domain.duty_forms import COVER
from bot.domain.errors import AwayThen, NoRoster, NotFound, NothingAsked, NotOfRoster, PeriodOver
from bot.domain.form import Draft
from bot.domain.moment import Moment
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Role, Verb, may
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
    people = _could(tx, act, book, roster, span)
    return renewed(draft, {"covers": [[str(one.id), one.name] for one in people]})


def give(tx: Transaction, act: Act, draft: Draft) -> CoverShown:
    """GỬI: it stands at once; whoever stands in is told, and each whose duty it covers. AwayThen,
    NotOfRoster: it can be that person no more."""
    book, roster, span = _span(tx, act, draft)
    act.require(Verb.COVER, roster)
    person = tx.people.get(int(draft.answers["cover_by"]))
    if person.id in away_between(book, span.begins, span.ends):
        raise AwayThen(name=person.name)
    if person.id not in {one.id for one in _could(tx, act, book, roster, span)}:
        raise NotOfRoster(name=person.name)
    shift = Shift(0, roster.id, person.id, span.begins, span.ends, "cover")
    whose = _whose(tx, book, roster, shift)
    first = whose[0].id if whose else 0
    shift = tx.rosters.add_shift(replace(shift, instead_of=first), act.person.id, act.at)
    facts = _facts(tx, act, shift, whose)
    tx.record(f"roster/{roster.id}", "cover.given", **facts)
    _tell(tx, act, shift, whose, "cover.given", facts)
    return CoverShown(shift, roster.name, person, whose, "given")


def end(tx: Transaction, act: Act, number: int | None) -> CoverShown:
    """Hủy trực thay: from now on the roster decides again; what was worked stays."""
    if number is None:
        act.require(Verb.COVER)
        raise NothingAsked(act.chat)
    shift = tx.rosters.shift(number)
    book = tx.rosters.book(shift.begins, shift.ends)
    roster = book.roster(shift.roster)
    act.require(Verb.COVER, roster or shift)
    person, name = tx.people.get(shift.person_id), roster_name(tx, shift.roster)
    if roster is None or shift.ends <= act.at or shift.kind != "cover" or shift not in book.shifts:
        return CoverShown(shift, name, person, (), "over")
    left = replace(shift, begins=max(shift.begins, act.at))
    whose = _whose(tx, book, roster, left)
    tx.rosters.end_shift(shift.id, act.at)
    facts = _facts(tx, act, shift, whose)
    tx.record(f"roster/{shift.roster}", "cover.ended", **facts)
    _tell(tx, act, shift, whose, "cover.ended", facts)
    return CoverShown(shift, name, person, whose, "ended")


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


def _could(tx: Transaction, act: Act, book: Book, roster: Roster, span: Span) -> Sequence[Person]:
    """Who could stand in: the others first, then whoever writes it down."""
    people = candidates(tx, book, roster, span, act.person)
    mine = act.person.holds((Role(roster.role),), (roster.unit,))
    away = act.person.id in away_between(book, span.begins, span.ends)
    return (*people, act.person) if mine and not away else people


def _whose(tx: Transaction, book: Book, roster: Roster, shift: Shift) -> Sequence[Person]:
    """Who has the duty in this time without this stand-in, one after the other."""
    without = replace(book, shifts=tuple(one for one in book.shifts if one.id != shift.id))
    line = spans(without, roster, shift.begins, shift.ends)
    ids = [one for one in dict.fromkeys(span.person_id for span in line) if one]
    people = tx.people.named(ids)
    return [people[one] for one in ids if one != shift.person_id]


def _tell(
    tx: Transaction,
    act: Act,
    shift: Shift,
    whose: Sequence[Person],
    kind: str,
    facts: dict[str, object],
) -> None:
    told = {shift.person_id, *(one.id for one in whose)} - act.person.ids
    each = ((who, {**facts, "own": who == shift.person_id}) for who in sorted(told))
    tx.notices.add((Notice(kind, to=who, facts=said) for who, said in each), act.at)


def _facts(tx: Transaction, act: Act, shift: Shift, whose: Sequence[Person]) -> dict[str, object]:
    return {
        "shift": shift.id,
        "roster": roster_name(tx, shift.roster),
        "person": tx.people.get(shift.person_id).name,
        "instead": ", ".join(one.name for one in whose),
        "begins": shift.begins.isoformat(),
        "ends": shift.ends.isoformat(),
        "by": act.person.name,
    }
