"""Đổi ca trực (/doica): asked by one, agreed by the other, and only then in the roster."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.duty import DAY, Book, Roster, Span, away_between, spans
from bot.domain.duty_forms import NO_RETURN, SHIFT, SWAP, shift_name, shift_value
from bot.domain.errors import (
    AwayThen,
    NoShift,
    NotFound,
    NothingAsked,
    NotOfRoster,
    SeveralWait,
    ShiftMoved,
)
from bot.domain.form import Draft
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Role, Verb
from bot.domain.swap import State, Swap, away_then, covers, to_come, whose_no_more
from bot.services.accounts import keepers
from bot.services.drafting import open_form, renewed
from bot.services.duty_outcomes import Reader, SwapShown
from bot.services.ports.store import Transaction

AHEAD = timedelta(days=28)
BEYOND = timedelta(days=7)  # so far a shift is read that is handed over
LONGEST = timedelta(days=366)  # of one turn; a shift that begins ahead is read to its own end


def begin(tx: Transaction, act: Act) -> Draft:
    """/doica. NoShift: none to come in four weeks."""
    act.require(Verb.SWAP)
    begun = tx.drafts.open_of(act.person.id, SWAP, 0)
    context = _lists(tx, act, begun.answers if begun else {})
    if not context["shifts"]:
        raise NoShift
    return open_form(tx, act, SWAP, context=context)


def choices(tx: Transaction, act: Act, draft: Draft) -> Draft:
    """Whom to ask for this shift, and what they have to give in return."""
    return renewed(draft, _lists(tx, act, draft.answers))


def send(tx: Transaction, act: Act, draft: Draft) -> SwapShown:
    """GỬI: the other person is asked. ShiftMoved: it is not what it was when it was chosen."""
    act.require(Verb.SWAP)
    book, chosen = _book(tx, act), draft.answers
    own = _shift(book, chosen["shift"], act.person.id, act.at)
    partner = int(chosen["partner"])
    if own is None:
        raise ShiftMoved(name=act.person.name)
    roster, span = own
    if partner not in {one.id for one in candidates(tx, book, roster, span, act.person)}:
        raise NotFound(name=dict(draft.context["partners"]).get(chosen["partner"], ""))
    back = None
    if chosen["in_return"] != NO_RETURN:
        back = _shift(book, chosen["in_return"], partner, act.at)
        if back is None:
            raise ShiftMoved(name=tx.people.get(partner).name)
    swap = Swap(0, roster.id, act.person.id, partner, span.begins, span.ends, act.at)
    if back is not None:
        swap = replace(swap, other_begins=back[1].begins, other_ends=back[1].ends)
    _all_there(tx, book, swap)
    swap = tx.swaps.add(swap)
    tx.record(f"roster/{roster.id}", "swap.asked", **_facts(tx, swap))
    _tell(tx, act, swap, "swap.asked", {partner})
    return _shown(tx, act, swap)


def agree(tx: Transaction, act: Act, number: int | None = None) -> SwapShown:
    """Đồng ý: both shifts are whose they were, so both change hands in this step. AwayThen,
    NotOfRoster: who was asked, or asked, could not have it any more; the request goes on waiting.
    """
    swap = _asked(tx, act, number)
    act.require(Verb.ANSWER_SWAP, swap)
    if not swap.waits:
        return _shown(tx, act, swap)
    if swap.has_lapsed(act.at):
        return _shown(tx, act, _settle(tx, act, swap, "lapsed", {swap.asker_id}))
    first = min(begins for _, _, begins, _ in swap.parts)
    last = max(ends for *_, ends in swap.parts)
    book = tx.rosters.book(first, last)
    moved = whose_no_more(book, swap)
    if moved:
        name = tx.people.get(moved).name
        return replace(
            _shown(tx, act, _settle(tx, act, swap, "changed", {swap.asker_id})), moved=name
        )
    _all_there(tx, book, swap)
    roster, asker = book.roster(swap.roster), tx.people.get(swap.asker_id)
    span = Span(swap.begins, swap.ends)
    asked = [one.id for one in candidates(tx, book, roster, span, asker)] if roster else []
    if swap.asked_id not in asked:
        raise NotOfRoster(name=tx.people.get(swap.asked_id).name)
    for shift in covers(swap):
        tx.rosters.add_shift(shift, act.person.id, act.at)
    agreed = _settle(tx, act, swap, "agreed", {swap.asker_id})
    others = {one.id for one in keepers(tx)} - {swap.asker_id, swap.asked_id}
    tx.notices.add(
        (Notice("swap.kept", to=who, facts=_facts(tx, agreed), urgency="quiet") for who in others),
        act.at,
    )
    return _shown(tx, act, agreed)


def refuse(tx: Transaction, act: Act, number: int | None = None) -> SwapShown:
    """Không đổi được: no reason is asked, and the roster stays as it is."""
    swap = _asked(tx, act, number)
    act.require(Verb.ANSWER_SWAP, swap)
    if not swap.waits:
        return _shown(tx, act, swap)
    return _shown(tx, act, _settle(tx, act, swap, "refused", {swap.asker_id}))


def take_back(tx: Transaction, act: Act, number: int | None = None) -> SwapShown:
    """Rút lại, by whoever asked, while nobody has answered."""
    if number is None:
        waiting = tx.swaps.asked_by(act.person.ids)
        if not waiting:
            act.require(Verb.SWAP)
            raise NothingAsked(act.chat)
        number = waiting[-1].id
    swap = tx.swaps.get(number)
    act.require(Verb.SWAP, swap)
    if not swap.waits:
        return _shown(tx, act, swap)
    return _shown(tx, act, _settle(tx, act, swap, "cancelled", {swap.asked_id}))


def lapse(tx: Transaction, act: Act) -> int:
    """Part of a sweep that has asked the gate: nobody answered before the shift began."""
    over = [one for one in tx.swaps.waiting() if one.has_lapsed(act.at)]
    for swap in over:
        _settle(tx, act, swap, "lapsed", {swap.asker_id, swap.asked_id})
    return len(over)


def candidates(
    tx: Transaction, book: Book, roster: Roster, span: Span, asker: Person
) -> list[Person]:
    """Who could take it: those of its role in its unit and in its layers, who are not away then;
    whom a message reaches stand first."""
    listed = {who for layer in roster.layers for who in layer.people if who}
    holders = tx.people.holding((Role(roster.role),), (roster.unit,))
    people = {one.id: one for one in holders}
    people |= {who: one for who, one in tx.people.named(listed).items() if who not in people}
    away = away_between(book, span.begins, span.ends)
    free = [
        one
        for one in people.values()
        if one.id not in away and one.id not in asker.ids and not one.shared_by
    ]
    absent = tx.people.absent((one.id for one in free), for_a_page=False)
    return sorted(free, key=lambda one: one.id in absent)


def _lists(tx: Transaction, act: Act, answers: Mapping[str, str]) -> dict[str, Any]:
    book = _book(tx, act)
    found: dict[str, Any] = {"shifts": _options(book, act.person.id, act.at)}
    own = _shift(book, answers.get("shift", ""), act.person.id, act.at)
    if own is None:
        return found
    roster, span = own
    others = candidates(tx, book, roster, span, act.person)
    found["partners"] = [[str(one.id), one.name] for one in others]
    if answers.get("partner"):
        back = _options(book, int(answers["partner"]), act.at, roster, act.person.id)
        found["returns"] = [[NO_RETURN, ""], *back]
    return found


def _book(tx: Transaction, act: Act) -> Book:
    return tx.rosters.book(act.at, act.at + AHEAD + LONGEST)


def _options(
    book: Book, person_id: int, now: datetime, only: Roster | None = None, taker: int = 0
) -> list[list[str]]:
    """taker: who would have it, and is not to be away then."""
    found = []
    for place, roster in enumerate(book.rosters):
        name = roster.name if len(book.rosters) > 1 and only is None else ""
        for span in _line(book, roster, person_id, now) if only in (None, roster) else ():
            if taker in away_between(book, span.begins, span.ends):
                continue
            value = shift_value(place, span.begins)
            found.append([value, shift_name(span.begins, span.ends, name)])
    return sorted(found, key=lambda one: one[1])


def _line(book: Book, roster: Roster, person_id: int, now: datetime) -> list[Span]:
    """Each to its own end, however long its turn is."""
    horizon = now + AHEAD
    turn = max((one.every_days for one in roster.layers), default=0) * DAY
    written = (one.ends for one in book.shifts if one.begins < horizon)
    until = min(max([horizon + turn, *written]), horizon + LONGEST)
    line = to_come(spans(book, roster, now, until), person_id, now)
    return [span for span in line if span.begins < horizon]


def _shift(book: Book, value: str, person_id: int, now: datetime) -> tuple[Roster, Span] | None:
    """The shift that an option stands for, if it is still theirs."""
    found = SHIFT.fullmatch(value)
    place = int(found[1]) if found else len(book.rosters)
    if place >= len(book.rosters):
        return None
    roster = book.rosters[place]
    for span in _line(book, roster, person_id, now):
        if shift_value(place, span.begins) == value:
            return roster, span
    return None


def _all_there(tx: Transaction, book: Book, swap: Swap) -> None:
    """AwayThen: whoever would take a shift is away in its time, so it would be nobody's."""
    if away := away_then(book, swap):
        raise AwayThen(name=tx.people.get(away).name)


def _asked(tx: Transaction, act: Act, number: int | None) -> Swap:
    """By its number; without one, the only one that waits for this person. SeveralWait."""
    if number is not None:
        return tx.swaps.get(number)
    waiting = tx.swaps.waiting_for(act.person.ids)
    if len(waiting) == 1:
        return waiting[0]
    act.require(Verb.SWAP)
    if not waiting:
        raise NothingAsked(act.chat)
    numbers = [str(one.id) for one in waiting]
    raise SeveralWait(numbers=", ".join(numbers), first=numbers[0])


def _settle(tx: Transaction, act: Act, swap: Swap, state: State, told: set[int]) -> Swap:
    settled = swap.settled(state, act.at)
    tx.swaps.save(settled)
    tx.record(f"roster/{swap.roster}", f"swap.{state}", **_facts(tx, settled))
    _tell(tx, act, settled, "swap.settled", told)
    return settled


def _tell(tx: Transaction, act: Act, swap: Swap, kind: str, told: set[int]) -> None:
    facts = _facts(tx, swap)
    tx.notices.add((Notice(kind, to=who, facts=facts) for who in sorted(told)), act.at)


def _facts(tx: Transaction, swap: Swap) -> dict[str, object]:
    names = tx.people.named((swap.asker_id, swap.asked_id))
    facts: dict[str, object] = {
        "swap": swap.id,
        "state": swap.state,
        "roster": roster_name(tx, swap.roster),
        "asker": names[swap.asker_id].name,
        "asked": names[swap.asked_id].name,
        "shift": shift_name(swap.begins, swap.ends),
        "other": "",
    }
    if swap.other_begins and swap.other_ends:
        facts["other"] = shift_name(swap.other_begins, swap.other_ends)
    return facts


def _shown(tx: Transaction, act: Act, swap: Swap) -> SwapShown:
    names = tx.people.named((swap.asker_id, swap.asked_id))
    reader: Reader = "asked" if swap.asked_id in act.person.ids else "asker"
    asker, asked = names[swap.asker_id], names[swap.asked_id]
    return SwapShown(swap, roster_name(tx, swap.roster), asker, asked, reader)


def roster_name(tx: Transaction, roster_id: str) -> str:
    """As the agency calls it; its id where the file has lost it."""
    roster = tx.rosters.book(tx.at, tx.at).roster(roster_id)
    return roster.name if roster else roster_id
