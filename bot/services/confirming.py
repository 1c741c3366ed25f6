"""A leader's tap on a direction that somebody else wrote down: it was said so, or it was not."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.consultation import Consultation
from bot.domain.direction import Direction, State
from bot.domain.notice import Notice
from bot.domain.people import Act, Verb
from bot.services import judging, powers
from bot.services.briefing import brief
from bot.services.directing import facts_of, tell
from bot.services.outcomes import Confirmation, Said
from bot.services.ports.store import Transaction


def confirm(tx: Transaction, act: Act, direction_id: int) -> Confirmation:
    """Xác nhận: it was said so."""
    direction = tx.directions.get(direction_id)
    act.require(Verb.CONFIRM, direction)
    if not direction.waits:
        return _shown(tx, direction)
    after, facts = _settled(tx, act, direction, "confirmed")
    number = direction.incident_id
    tx.record(f"incident/{number}", "direction.confirmed", **_recorded(facts))
    notice = Notice("direction_confirmed", incident=number, facts=facts, urgency="quiet")
    tell(tx, act, after, notice, {direction.recorder_id})
    return replace(_shown(tx, after), first=True)


def deny(tx: Transaction, act: Act, direction_id: int) -> Confirmation:
    """Không đúng: whoever acts on it hears so at once, and what was asked is open again."""
    direction = tx.directions.get(direction_id)
    act.require(Verb.CONFIRM, direction)
    if not direction.waits:
        return _shown(tx, direction)
    after, facts = _settled(tx, act, direction, "denied")
    number = direction.incident_id
    tx.record(f"incident/{number}", "direction.denied", **_recorded(facts))
    begun = _take_back(tx, act, direction) if direction.question_id else frozenset()
    notice = Notice("direction_denied", incident=number, facts=facts, urgency="page")
    tell(tx, act, after, notice, {direction.recorder_id, *begun})
    return replace(_shown(tx, after), first=True)


DO: Mapping[str, Callable[[Transaction, Act, int], Confirmation]] = {
    "confirm": confirm,
    "deny": deny,
}


def heard(tx: Transaction, act: Act, do: str, number: int | None) -> Confirmation | None:
    """The same in words. Where several wait, or the words say neither, the newest is shown.

    None: nothing waits for this person, so the words mean something else.
    """
    waiting = tx.directions.waiting_for(act.person.id)
    meant = [one for one in waiting if number in (None, one.incident_id)]
    if not meant:
        return None
    if len(meant) == 1 and do in DO:
        return DO[do](tx, act, meant[0].id)
    act.require(Verb.CONFIRM, meant[-1])
    return _shown(tx, meant[-1])


def tapped(tx: Transaction, act: Act, asked: Consultation, answer: str) -> Confirmation | None:
    """The leader answers the question itself, on the older message: the same answer confirms.

    None: nobody wrote an answer down that still waits.
    """
    found = tx.directions.waiting_for(act.person.id)
    direction = next((one for one in found if one.question_id == asked.id), None)
    if direction is None:
        return None
    if answer == direction.answer and answer != "opinion":
        return confirm(tx, act, direction.id)
    return _shown(tx, direction)


def _settled(
    tx: Transaction, act: Act, direction: Direction, state: State
) -> tuple[Direction, dict[str, object]]:
    """With what those who act on it are told."""
    after = direction.settled(state, act.at)
    tx.directions.save(after)
    facts = facts_of(after, tx.people.get(direction.recorder_id))
    return after, {**facts, "by": act.person.name, "phone": act.person.phone}


def _recorded(facts: dict[str, object]) -> dict[str, object]:
    """Without words: they stand in the entry that it is about."""
    return {name: facts[name] for name in ("direction", "answer", "recorder")}


def _take_back(tx: Transaction, act: Act, direction: Direction) -> frozenset[int]:
    """The question waits for the leader's own answer; a decision does not stand any more.

    Who has begun what it opened.
    """
    question = tx.consultations.get(direction.question_id)
    tx.consultations.save(question.reopened(act.at))
    if question.kind != "decide":
        incident = tx.incidents.get(question.incident_id)
        return powers.taken_back(tx, act, incident, question)
    every = [one for one in tx.consultations.of(question.incident_id) if one.id != question.id]
    others = [one for one in every if one.kind == "decide" and one.settled and one.answered_at]
    last = max(others, key=lambda one: one.answered_at or one.asked_at, default=None)
    incident = tx.incidents.get(question.incident_id)
    return judging.undecided(tx, act, incident, last.answer == "serious" if last else None)


def _shown(tx: Transaction, direction: Direction) -> Confirmation:
    leader, recorder = tx.people.get(direction.leader_id), tx.people.get(direction.recorder_id)
    question = tx.consultations.get(direction.question_id) if direction.question_id else None
    again = question if question and direction.state == "denied" and not question.settled else None
    now = brief(tx, tx.incidents.get(direction.incident_id))
    return Confirmation(now, Said(direction, leader, recorder), first=False, question=again)
