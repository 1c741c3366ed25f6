"""Use cases of the groups (nhóm) that belong to response teams: found, lost, moved, in trouble.

A group that can no longer be written to is said once to whoever can mend it, and stands in the log
of every incident that had its card there.
"""

from collections.abc import Sequence

from bot.domain.incident import Incident
from bot.domain.notice import LOST, TROUBLES, Notice
from bot.domain.people import Act, Person, Role, Verb
from bot.services import opening
from bot.services.briefing import unit_name
from bot.services.ports.messages import Chat
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of, team_units

TELLING = {
    "astray": "room.astray",
    "muted": "room.muted",
    "topic_closed": "room.topic_closed",
}


def changed(tx: Transaction, act: Act, chat: Chat, present: bool) -> None:
    """The bot was blocked or unblocked by a person, put into a group or out of it."""
    if not present:
        act.require(Verb.JOIN)
        _lost(tx, act, chat.address, "blocked" if chat.private else "kicked")
        tx.record("agency", "chat.lost", private=chat.private, title=chat.title)
        return
    act.require(Verb.REPORT)  # a group that a stranger puts it into is not remembered
    before = tx.chats.bound(chat.address)
    tx.chats.seen(chat, act.person.owner_id if chat.private else None, act.at)
    tx.record("agency", "chat.seen", private=chat.private, title=chat.title)
    if before is not None and before.lost:
        tx.cards.forget(chat.address)
        for incident in _its_incidents(tx, before):
            tx.record(f"incident/{incident.id}", "room.back", title=before.title)
        show_open(tx, before)


def spoken(tx: Transaction, act: Act) -> None:
    """Somebody writes from a chat that counted as lost, and the platform has not told of it."""
    act.require(Verb.REPORT)
    if tx.chats.is_lost(act.chat):
        changed(tx, act, Chat(act.chat, act.private), present=True)


def moved(tx: Transaction, act: Act, address: str, to: str) -> None:
    """The group has become a supergroup, under another id; what was said there stays behind."""
    act.require(Verb.JOIN)
    if not tx.chats.moved(address, to):
        return
    room = tx.chats.bound(to)
    tx.record("agency", "group.moved", title=room.title if room else "")
    if room is not None:
        show_open(tx, room)


def show_open(tx: Transaction, room: Chat) -> None:
    """Every card that belongs into this group now."""
    for incident in _its_incidents(tx, room):
        opening.want_cards(tx, incident, room.address)


def arrived(tx: Transaction, act: Act, address: str, astray: bool, edited: bool = False) -> None:
    """Something got through to a group. `astray`: not in the topic where it belongs.

    An edit finds its message in a closed topic, too: it says nothing of topics.
    """
    act.require(Verb.SWEEP)
    over = ("muted",) if edited else tuple(TELLING)
    if astray:
        _in_trouble(tx, act, address, "astray")
    elif tx.chats.well(address, over) and (room := tx.chats.bound(address)):
        show_open(tx, room)  # what was refused meanwhile


def refused(tx: Transaction, act: Act, address: str, why: str) -> None:
    """Something did not get through for good."""
    act.require(Verb.SWEEP)
    if why in LOST:
        _lost(tx, act, address, why)
    elif why in TROUBLES:
        _in_trouble(tx, act, address, why)


def _lost(tx: Transaction, act: Act, address: str, why: str) -> None:
    room = tx.chats.bound(address)
    tx.chats.lost(address, why, act.at)
    if room is not None and not room.lost:
        for incident in _its_incidents(tx, room):
            tx.record(f"incident/{incident.id}", "room.lost", title=room.title)
        _tell(tx, act, room, "room.lost")


def _in_trouble(tx: Transaction, act: Act, address: str, trouble: str) -> None:
    room = tx.chats.bound(address)
    if room is not None and room.trouble != trouble:
        tx.chats.troubled(address, trouble)
        _tell(tx, act, room, TELLING[trouble])


def _tell(tx: Transaction, act: Act, room: Chat, kind: str) -> None:
    agency = agency_of(tx)
    facts = {"title": room.title, "unit": unit_name(agency, room.unit)}
    tx.notices.add((Notice(kind, to=who.id, facts=facts) for who in _watchers(tx, room)), act.at)


def _watchers(tx: Transaction, room: Chat) -> Sequence[Person]:
    """The duty officers over the group's unit, and the administrators, who can mend it."""
    line = [unit.id for unit in agency_of(tx).line(room.unit)]
    duty = tx.people.holding((Role.DUTY,), line) or tx.people.holding((Role.DUTY,))
    everybody = {one.id: one for one in (*duty, *tx.people.holding((Role.ADMIN,)))}
    return tuple(everybody.values())


def _its_incidents(tx: Transaction, room: Chat) -> Sequence[Incident]:
    found = tx.incidents.open_in(None)
    return [incident for incident in found if room.unit in team_units(tx, incident)]
