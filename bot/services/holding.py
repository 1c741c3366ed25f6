"""Use cases of a shared telephone: who holds it is asked, said, and asked again.

Whatever is done from it then is done by that person: the log and every notice name the human.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import NamedAlready, NotFound, NothingAsked
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Verb
from bot.services.people_outcomes import Chosen, Held, WhoHolds
from bot.services.ports.dialogs import Ears
from bot.services.ports.store import Transaction


def in_hand(tx: Transaction, device: Person, now: datetime) -> Person:
    """Who has it in hand; the telephone itself while nobody has said so."""
    holder = tx.holders.of(device.id).holder_at(now)
    for person in _sharers(tx, device):
        if person.id == holder:
            return person.holding(device)
    return device


def ask(tx: Transaction, act: Act) -> WhoHolds:
    """Something is to be changed from it and nobody is named: what was asked for waits.

    Asked in a group, the question goes to the telephone's private chat.
    """
    act.require(Verb.REPORT)
    device = tx.people.get(act.person.owner_id)
    before = tx.holders.of(device.id)
    asked = before.asked(act.said, act.is_press)
    if asked != before:
        tx.holders.save(asked)
        tx.record(f"person/{device.id}", "holder.asked", question=asked.question)
    names = [(one.id, one.name) for one in _sharers(tx, device)]
    waits = bool(asked.waiting)
    again = bool(act.said) and not waits
    if asked != before and not act.private:
        facts = {"device": device.name, "names": names, "question": asked.question}
        facts |= {"waits": waits, "again": again}
        tx.notices.add([Notice("holder.asked", to=device.id, facts=facts)], act.at)
    return WhoHolds(device.name, names, asked.question, waits, again)


def change(tx: Transaction, act: Act) -> WhoHolds:
    """ "Đổi người": somebody else takes the telephone. NothingAsked: it is nobody else's."""
    act.require(Verb.REPORT)
    if not (act.person.shared_by or act.person.device):
        raise NothingAsked(act.chat)
    return ask(tx, replace(act, said=""))


def heard(tx: Transaction, act: Act, typed: str, ears: Ears) -> Chosen | None:
    """A number or a name typed while the question stands; None: it is something else."""
    act.require(Verb.REPORT)
    holding = tx.holders.of(act.person.id)
    if not holding.is_asked or not act.private:
        return None
    people = _sharers(tx, act.person)
    for names in ([one.name for one in people], [one.name.split()[-1] for one in people]):
        place = ears.choice(typed, names)
        if place is not None:
            return Chosen(people[place].id, holding.question)
    return None


def name(tx: Transaction, act: Act, holder_id: int, question: int, by: str) -> Held:
    """The holder is said, and what waited for it is handed back to be done.

    `by`: the update. It may come again after a kill, and then hands back the same.
    """
    act.require(Verb.REPORT)
    device = tx.people.get(act.person.owner_id)
    person = next((one for one in _sharers(tx, device) if one.id == holder_id), None)
    if person is None:
        raise NotFound(name=str(holder_id))
    before = tx.holders.of(device.id)
    if before.answered not in ("", by):
        raise NamedAlready(name=tx.people.get(before.holder_id).name)
    after = before.named(person.id, question, by, act.at)
    if after != before:
        tx.holders.save(after)
        _answer_for(tx, act, device, person)
        tx.record(f"person/{device.id}", "holder.named", person=person.id, name=person.name)
    return Held(person.holding(device), after.waiting, after.is_press)


def _answer_for(tx: Transaction, act: Act, device: Person, person: Person) -> None:
    """What the telephone was asked in this chat, a menu's number, is answered by the person."""
    prompt = tx.prompts.last(act.chat, device.id)
    if prompt is not None:
        tx.prompts.forget(act.chat, device.id)
        tx.prompts.asked(act.chat, person.id, prompt, act.at)


def _sharers(tx: Transaction, device: Person) -> Sequence[Person]:
    return tx.people.listed(device.shared_by)
