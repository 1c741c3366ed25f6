"""Use cases of test messages (tin thử): a round asks everybody for one tap, and says who is silent.

One way to answer: the message of a round, and the one that everybody gets on joining.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.agency import Agency
from bot.domain.duty import DAY, HERE
from bot.domain.errors import NotHere, NothingAsked
from bot.domain.form import Draft
from bot.domain.notice import Notice
from bot.domain.people import SYSTEM, Act, Person, Role, Verb
from bot.domain.readiness_forms import ASK_EVERYBODY, TEST_ROUND
from bot.domain.test_round import (
    GONE,
    Answer,
    Asked,
    Kind,
    Round,
    Where,
    pages,
    quarter_of,
    quarter_to_begin,
    sorted_out,
)
from bot.services import joining
from bot.services.drafting import open_form
from bot.services.people_outcomes import Menu
from bot.services.ports.store import Transaction
from bot.services.readiness import short_name, unit_of, units_of
from bot.services.readiness_outcomes import RoundAnswered, RoundShown
from bot.services.telling import agency_of

STARTERS = (Role.ADMIN, Role.DUTY, Role.LEADER)
QUARTER = "round.quarter"
MOST = 60  # names in one message: of a hundred silent ones none is hidden, and none is cut
LOOKS_BACK = timedelta(days=100)  # a quarter's days off, for its first working day


def begin(tx: Transaction, act: Act) -> Draft | RoundShown:
    """/tinthu: asked whether everybody is to be asked now; a round that runs is shown."""
    act.require(Verb.TEST_EVERYBODY)
    if not act.private:
        raise NotHere("test_round")
    agency = agency_of(tx)
    here = _scope(agency, act.person)
    running = _running(tx, act.person)
    if running is not None:
        return _shown(tx, act, running, begun=False)
    rows = _to_ask(tx, act, here)
    asked = sum(one.where == "asked" for one in rows)
    context = {
        "count": asked,
        "missing": sum(one.where == "not_connected" for one in rows),
        "scope": ", ".join(short_name(agency, one) for one in _tops(agency, here)),
    }
    return open_form(tx, act, TEST_ROUND, context=context)


def started(tx: Transaction, act: Act, draft: Draft) -> RoundShown | Menu:
    """Asked whether to, the answer came."""
    act.require(Verb.TEST_EVERYBODY)
    if draft.answers["go"] != ASK_EVERYBODY:
        return joining.menu(tx, act)
    running = _running(tx, act.person)
    if running is not None:
        return _shown(tx, act, running, begun=False)
    here = _scope(agency_of(tx), act.person)
    return _shown(tx, act, _start(tx, act, "asked", here), begun=True)


def answer_test(tx: Transaction, act: Act) -> RoundAnswered:
    """ "Tôi nhận được", typed or pressed: of the message on joining, and of any round; late, it is
    written down all the same."""
    act.require(Verb.REPORT)
    first = tx.people.answered_test(act.person.owner_id, act.at)
    waiting = tx.rounds.waiting(act.person.ids) or tx.rounds.late(act.person.ids)
    new = _said(tx, act, waiting, "received")
    if first or new:
        tx.record("agency", "test.answered", person=act.person.name)
    newest: Answer = waiting[-1].answer if waiting and not new else "received"
    return RoundAnswered(act.person, newest or "received", first or new)


def answer(tx: Transaction, act: Act, number: int, said: Answer) -> RoundAnswered:
    """A tap on what one person was asked in one round; late, it is written down all the same."""
    asked = tx.rounds.asked(number)
    act.require(Verb.ANSWER_TEST, asked)
    tx.people.answered_test(act.person.owner_id, act.at)
    first = _said(tx, act, [asked], said)
    tx.record("agency", "test.answered", person=act.person.name, answer=said)
    return RoundAnswered(act.person, tx.rounds.asked(number).answer, first)


def has_moved(tx: Transaction, act: Act) -> RoundAnswered:
    """ "Tôi đã chuyển công tác", typed. NothingAsked: no round waits for it."""
    return _typed(tx, act, "moved")


def has_left(tx: Transaction, act: Act) -> RoundAnswered:
    """ "Tôi đã nghỉ việc", typed. NothingAsked: no round waits for it."""
    return _typed(tx, act, "left")


def waits(tx: Transaction, act: Act) -> bool:
    """Whether a test message waits for this person's word."""
    return any(not one.answer for one in tx.rounds.waiting(act.person.ids))


def is_late(tx: Transaction, act: Act) -> bool:
    """Whether the last one has waited in vain, and is over: an answer is still an answer."""
    return bool(tx.rounds.late(act.person.ids))


def go_on(tx: Transaction, act: Act) -> int:
    """A sweep's whole work: a quarter's round begun, silent ones reminded, what is over told."""
    act.require(Verb.SWEEP)
    moved = _quarterly(tx, act)
    for round_ in tx.rounds.due(act.at):
        after = _of_now(tx, round_).goes_on(act.at)
        tx.rounds.save(after)
        if after.state == "reminded":
            _remind(tx, act, after)
        else:
            _report(tx, act, after)
        moved += 1
    return moved


def _typed(tx: Transaction, act: Act, said: Answer) -> RoundAnswered:
    act.require(Verb.REPORT)
    waiting = tx.rounds.waiting(act.person.ids) or tx.rounds.late(act.person.ids)
    if not waiting:
        raise NothingAsked(act.chat)
    return answer(tx, act, waiting[-1].id, said)


def _quarterly(tx: Transaction, act: Act) -> int:
    """Once a quarter, also after days without the program; in the quarter in which the program
    came to the agency only from the next on. So, too, where a clock that was ahead is right again:
    nobody is asked for a quarter that has had its round."""
    agency = tx.agencies.current()
    if agency is None:
        return 0
    done, quarter = tx.marks.get(QUARTER), quarter_of(act.at.astimezone(HERE).date())
    if done is None or done.value > quarter:
        tx.marks.set(QUARTER, quarter, act.at)
        tx.record("agency", "round.quarterly", quarter=quarter, first=True)
        return 0
    if done.value == quarter:
        return 0  # the calendar need not be read
    calendar = tx.rosters.book(act.at - LOOKS_BACK, act.at + DAY).calendar
    quarter = quarter_to_begin(act.at, calendar, done.value)
    if not quarter:
        return 0
    tx.marks.set(QUARTER, quarter, act.at)
    tx.record("agency", "round.quarterly", quarter=quarter)
    _start(tx, act, "quarterly", [unit.id for unit in agency.units])
    return 1


def _start(tx: Transaction, act: Act, kind: Kind, units: Collection[str]) -> Round:
    rows = _to_ask(tx, act, units)
    round_ = tx.rounds.add(Round(0, kind, act.person.id, act.at, people=tuple(rows)))
    _ask(tx, act, round_, [one for one in round_.people if one.where == "asked"], "first")
    facts = {"round": round_.id, "kind": kind, "asked": len(rows)}
    tx.record("agency", "round.begun", **facts)
    return round_


def _to_ask(tx: Transaction, act: Act, units: Collection[str]) -> list[Asked]:
    """Everybody who is listed there: who cannot be asked is on its page from the beginning."""
    people = tx.people.holding(tuple(Role), units)
    absent = tx.people.absent((one.id for one in people), for_a_page=False)
    away = tx.rosters.away(act.at)

    def where(person: Person) -> Where:
        if person.id in away:
            return "away"
        return "not_connected" if person.id in absent else "asked"

    return [Asked(0, 0, one.id, where(one)) for one in people]


def _ask(tx: Transaction, act: Act, round_: Round, those: Iterable[Asked], time: str) -> None:
    by = "" if round_.by_id == SYSTEM.id else tx.people.get(round_.by_id).name
    facts = {"by": by, "time": time, "ends": round_.ends_at.isoformat()}
    tx.notices.add(
        (
            Notice("round.asked", to=one.person_id, facts={**facts, "asked": one.id})
            for one in those
        ),
        act.at,
    )


def _remind(tx: Transaction, act: Act, round_: Round) -> None:
    """Once; whoever is away by now is left alone."""
    away = tx.rosters.away(act.at)
    silent = set(round_.silent) - away.keys()
    those = [one for one in round_.people if one.person_id in silent]
    _ask(tx, act, round_, those, "again")
    tx.record("agency", "round.reminded", round=round_.id, count=len(those))


def _report(tx: Transaction, act: Act, round_: Round) -> None:
    """The page of a round, whole: to whoever leads the units that were asked, and who mends."""
    lists = _lists(tx, act, round_)
    answered = sum(bool(one.answer) for one in round_.people)
    began = round_.began_at.isoformat()
    parts = pages(lists, MOST)
    told = _readers(tx, round_)
    for place, part in enumerate(parts, start=1):
        facts = {"answered": answered, "count": len(round_.people), "began": began}
        facts |= {"kind": round_.kind, "part": place, "parts": len(parts), "lists": part}
        facts |= {"sizes": {name: len(those) for name, those in lists.items()}}
        tx.notices.add((Notice("round.page", to=who, facts=facts) for who in told), act.at)
    figures = {name: len(those) for name, those in lists.items()}
    tx.record("agency", "round.over", round=round_.id, answered=answered, **figures)


def _readers(tx: Transaction, round_: Round) -> list[int]:
    """Leaders of the topmost units that were asked, administrators, and who started it."""
    agency = agency_of(tx)
    starter = None if round_.by_id == SYSTEM.id else tx.people.present(round_.by_id)
    here = _scope(agency, starter) if starter else [unit.id for unit in agency.units]
    leaders = tx.people.holding((Role.LEADER,), _tops(agency, here))
    admins = tx.people.holding((Role.ADMIN,))
    told = (*leaders, *admins, *([starter] if starter else []))
    return list(dict.fromkeys(one.id for one in told))


def _said(tx: Transaction, act: Act, rows: Sequence[Asked], said: Answer) -> bool:
    """Whether it was news; of whoever has gone the administrators hear."""
    new = [one for one in rows if one.says(said)]
    for one in new:
        tx.rounds.answer(replace(one, answer=said, answered_at=act.at))
    if new and said in GONE:
        agency, person = agency_of(tx), tx.people.get(new[0].person_id)
        facts = {"name": person.name, "unit": unit_of(agency, person)}
        facts |= {"answer": said, "entry": person.key}
        admins = (one.id for one in tx.people.holding((Role.ADMIN,)) if one.id != person.id)
        tx.notices.add((Notice("round.mend", to=who, facts=facts) for who in admins), act.at)
    return bool(new)


def _shown(tx: Transaction, act: Act, round_: Round, begun: bool) -> RoundShown:
    now = _of_now(tx, round_)
    return RoundShown(now, begun, _lists(tx, act, now))


def _of_now(tx: Transaction, round_: Round) -> Round:
    """Whoever has left the agency's file since it began, and said nothing, is neither reminded nor
    called silent."""
    here = {one.id for one in tx.people.holding(tuple(Role))}
    people = (one for one in round_.people if one.answer or one.person_id in here)
    return replace(round_, people=tuple(people))


def _lists(tx: Transaction, act: Act, round_: Round) -> dict[str, list[str]]:
    """By name with the unit, since two may be called alike."""
    agency = agency_of(tx)
    away = tx.rosters.away(act.at)
    found = sorted_out(round_, tx.rounds.undelivered(round_), away)
    people = tx.people.named({one.person_id for one in round_.people})

    def said(who: int) -> str:
        unit = unit_of(agency, people[who])
        return f"{people[who].name} ({unit})" if unit else people[who].name

    return {name: [said(who) for who in those] for name, those in found.items()}


def _running(tx: Transaction, person: Person) -> Round | None:
    """One that this person may not double: their own, or the whole agency's."""
    ours = [one for one in tx.rounds.open() if one.by_id in (person.id, SYSTEM.id)]
    return ours[-1] if ours else None


def _scope(agency: Agency, person: Person) -> tuple[str, ...]:
    return units_of(agency, person, STARTERS)


def _tops(agency: Agency, units: Collection[str]) -> list[str]:
    """Those of which nothing above is among them."""
    return [unit.id for unit in agency.units if unit.id in units and unit.parent not in set(units)]
