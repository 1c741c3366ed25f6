"""Người thay khi vắng mặt: whoever acts for somebody who is away holds that person's posts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.duty import Absence, present
from bot.domain.people import Act, Person, Role
from bot.services.ports.store import Transaction


def with_posts(tx: Transaction, person: Person, at: datetime) -> Person:
    """Beside their own, the posts of those for whom they act now."""
    if not person.id:
        return person
    absences = {one.person_id: one for one in tx.rosters.acting_for(person.id, at)}
    return _holding(person, tx.people.named(absences), absences) if absences else person


def there(
    tx: Transaction, people: Sequence[Person], at: datetime | None = None
) -> tuple[Person, ...]:
    """The same people at a moment (now): in place of who is away whoever acts for them."""
    away = tx.rosters.away(at or tx.at) if people else {}
    if not away:
        return tuple(people)
    known = {one.id: one for one in people}
    here = present(tuple(known), away)
    known |= tx.people.named(set(here) - set(known))
    return tuple(_holding(known[who], known, away) for who in here if who in known)


def leaders(
    tx: Transaction, units: Iterable[str], at: datetime | None = None
) -> tuple[Person, ...]:
    """The leaders of these units, or who acts for them; all of them where nobody is there."""
    found = tx.people.holding((Role.LEADER,), units)
    return there(tx, found, at) or tuple(found)


def acting(tx: Transaction, act: Act) -> dict[str, object]:
    """For the log of what only a leader may do: for whom this person does it, by which paper."""
    absences = {one.person_id: one for one in tx.rosters.acting_for(act.person.id, act.at)}
    away = tx.people.named(absences)
    theirs = [one for one in away.values() if one.holds((Role.LEADER,))]
    if not theirs:
        return {}
    papers = [absences[one.id].paper for one in theirs]
    return {"acting_for": [one.name for one in theirs], "paper": "; ".join(filter(None, papers))}


def _holding(person: Person, known: Mapping[int, Person], away: Mapping[int, Absence]) -> Person:
    absent = (who for who, one in away.items() if one.acting_id == person.id and who in known)
    posts = [post for who in absent for post in known[who].posts]
    return replace(person, posts=tuple(dict.fromkeys((*person.posts, *posts))))
