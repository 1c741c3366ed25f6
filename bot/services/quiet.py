"""Use cases of quiet hours (giờ yên lặng): set by each person; whom they shield, and what waits.

A serious page asks nobody. Whoever is on duty has none; whoever is up, or at work on an incident,
is told of it.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from bot.domain.duty import on_duty
from bot.domain.errors import NobodyNamed
from bot.domain.form import Draft
from bot.domain.forms import QUIET_HOURS
from bot.domain.people import Act, Role, Verb
from bot.domain.quiet import URGENT, Hours, is_quiet, looked_at, minute_of, read
from bot.services.drafting import open_form
from bot.services.people_outcomes import QuietSet
from bot.services.ports.duty import Untimely
from bot.services.ports.store import Transaction

LATELY = timedelta(hours=1)  # whoever was asked something, or has reported, since then is awake


def hushed(tx: Transaction, people: Collection[int], at: datetime) -> frozenset[int]:
    """Whose quiet hours hold; whoever is on duty has none."""
    hours, minute = tx.quiet_hours.of(people), minute_of(at)
    asleep = frozenset(who for who, theirs in hours.items() if is_quiet(theirs, minute))
    return asleep - on_shift(tx, at) if asleep else asleep


def on_shift(tx: Transaction, at: datetime) -> frozenset[int]:
    """Whoever has the duty of any roster now; of units that have none, every duty officer."""
    book = tx.rosters.book(at, at + timedelta(seconds=1))
    now = [(roster, on_duty(book, roster, at).person_id) for roster in book.rosters]
    known = {roster.unit for roster, who in now if roster.role == Role.DUTY and who}
    officers = tx.people.holding((Role.DUTY,))
    always = {
        one.id
        for one in officers
        if any(post.role is Role.DUTY and post.unit not in known for post in one.posts)
    }
    return frozenset(always.union(who for _, who in now)) - {0}


def hold(tx: Transaction, act: Act) -> None:
    """Before anything is claimed: what can wait until its reader's morning does, once each."""
    act.require(Verb.SWEEP)
    due = tx.quiet_hours.due(act.at, act.at - LATELY)
    untimely = [one for one in due if not one.at_work and one.kind not in URGENT]
    if not untimely:
        return
    asleep = hushed(tx, {one.person_id for one in untimely}, act.at)
    asleep -= _up(tx, asleep, act.at)
    waits = [one for one in untimely if one.person_id in asleep]
    newest = {(one.person_id, one.says): one.notice_id for one in waits}
    tx.quiet_hours.drop([one.notice_id for one in waits if one.notice_id not in newest.values()])
    for hours, those in _by_hours(waits):
        kept = [one.notice_id for one in those if one.notice_id in newest.values()]
        tx.quiet_hours.hold(kept, looked_at(hours, act.at))


def begin(tx: Transaction, act: Act) -> Draft:
    """/yenlang: which hours."""
    act.require(Verb.REPORT)
    return open_form(tx, act, QUIET_HOURS)


def chosen(tx: Transaction, act: Act, draft: Draft) -> QuietSet:
    """The form's last answer."""
    answer = draft.answers["hours"]
    if answer == "other_hours":
        answer = f"{draft.answers['begins']}_{draft.answers['ends']}"
    return settle(tx, act, read(answer))


def settle(tx: Transaction, act: Act, hours: Hours | None) -> QuietSet:
    """Typed or tapped; None: none any more. What waits is looked at again."""
    act.require(Verb.REPORT)
    if act.person.shared_by:  # a telephone does not sleep: whose hours are they
        raise NobodyNamed(Verb.REPORT)
    who = act.person.id
    tx.quiet_hours.set(who, hours)
    tx.quiet_hours.release(who, act.at)
    tx.record(f"person/{who}", "quiet_hours.set", hours=list(hours or ()))
    return QuietSet(hours, who in on_shift(tx, act.at))


def _up(tx: Transaction, people: Collection[int], at: datetime) -> frozenset[int]:
    """Of these, who was asked something a while ago, or has just come."""
    ways = tx.channels.of(people, at)
    return frozenset(
        who for who, theirs in ways.items() if any(one.wrote_at > at - LATELY for one in theirs)
    )


def _by_hours(waits: Iterable[Untimely]) -> Sequence[tuple[Hours, list[Untimely]]]:
    found: dict[Hours, list[Untimely]] = {}
    for one in waits:
        found.setdefault(one.hours, []).append(one)
    return list(found.items())
