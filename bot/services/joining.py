"""Use cases of people: the agency's file applied, invitations made and redeemed, groups bound."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.agency import Agency, Change, Contact, changes
from bot.domain.errors import BadCode, InvalidAnswer, NotFound, NotHere, OnlyInGroup
from bot.domain.form import Draft
from bot.domain.forms import BIND, INVITE, JOIN
from bot.domain.invitation import ALPHABET, LENGTH, LIFETIME, Invitation, written
from bot.domain.notice import Card, Notice
from bot.domain.people import Act, Person, Post, Role, Verb
from bot.services import channels, rooms, roster_past
from bot.services.briefing import unit_name
from bot.services.drafting import ask, open_form
from bot.services.people_outcomes import (
    Bound,
    Guide,
    Invited,
    Joined,
    Linked,
    Menu,
    Spoken,
)
from bot.services.ports.dialogs import Prompt
from bot.services.ports.messages import Chat
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of

ANYBODY = "anybody"


def apply_agency(tx: Transaction, act: Act, agency: Agency) -> Sequence[Change]:
    """python -m bot init FILE: the differences, applied. None: nothing is written."""
    act.require(Verb.INIT)
    found = changes(tx.agencies.current(), agency)
    if found:
        before = roster_past.lines(tx, act.at)
        tx.agencies.apply(agency, found, act.at)
        kept = roster_past.keep(tx, act.at, act.person.id, before)
        told = [_told(change) for change in found]
        tx.record("agency", "agency.applied", changes=told, kept=kept)
        tx.cards.want_every("menu")
    return found


def invite(
    tx: Transaction, act: Act, role: Role, unit: str, person_key: str = "", code: str = ""
) -> Invited:
    """A code for one use within 24 hours. NotFound: no such unit or person in the agency."""
    act.require(Verb.INVITE)
    agency = agency_of(tx)
    name = agency.unit(unit).short
    who = _listed(tx, role, unit, person_key)
    code = code or "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    until = act.at + LIFETIME
    invitation = Invitation(code, role, unit, who.id if who else None, until)
    tx.invitations.add(invitation, act.at)
    said = who.name if who else ""
    tx.record("agency", "invitation.made", role=role, unit=unit, person=said)
    return Invited(code, role, name, said, until)


def first_code(tx: Transaction, act: Act) -> Invited | None:
    """The first administrator's one-time code; None once there is an administrator."""
    act.require(Verb.INVITE)
    agency = tx.agencies.current()
    if agency is None or tx.people.any_admin_linked():
        return None
    posts = [post for person in agency.people for post in person.roles if post.role == Role.ADMIN]
    unit = posts[0].unit if posts else agency.units[0].id
    return invite(tx, act, Role.ADMIN, unit)


def begin_invite(tx: Transaction, act: Act) -> Draft:
    act.require(Verb.INVITE)
    agency = agency_of(tx)
    context = {
        "units": [[unit.id, unit.short] for unit in agency.units],
        "roles": [[role.value, ""] for role in Role],
        "people": [[ANYBODY, ""]],
    }
    return open_form(tx, act, INVITE, context=context)


def invite_choices(tx: Transaction, act: Act, draft: Draft) -> Draft:
    """Once role and unit are known: who of the agency's file could be meant."""
    unit, role = draft.answers.get("unit"), draft.answers.get("role")
    if not unit or not role:
        return draft
    listed = tx.people.unlinked(Role(role), unit)
    people = [[person.key, person.name] for person in listed]
    return replace(draft, context={**draft.context, "people": [*people, [ANYBODY, ""]]})


def invited(tx: Transaction, act: Act, draft: Draft) -> Invited:
    who = draft.answers["person"]
    key = "" if who == ANYBODY else who
    return invite(tx, act, Role(draft.answers["role"]), draft.answers["unit"], key)


def redeem(tx: Transaction, act: Act, typed: str) -> Joined | Draft | Menu | Linked:
    """A stranger, or somebody known on another platform, gives a code. BadCode."""
    act.require(Verb.JOIN)
    if not act.private:
        raise NotHere("join")
    invitation = tx.invitations.find(written(typed))
    if invitation is None:
        raise BadCode
    if invitation.links:
        return channels.linked(tx, act, invitation)
    person = act.person
    if person.id and invitation.person_id not in (None, person.id):
        raise BadCode  # it was made for somebody else
    if not person.id:
        person = _newcomer(tx, act, invitation)
    elif invitation.used_by == person.id:
        return menu(tx, act)
    tx.invitations.save(invitation.redeem(person.id, act.at))
    if person.id == act.person.id:
        tx.people.give(person.id, Post(invitation.role, invitation.unit), act.at)
    tx.chats.seen(Chat(act.chat, private=True), person.owner_id, act.at)
    tx.record("agency", "person.joined", person=person.name, role=invitation.role)
    if not act.person.id:
        channels.tell_others(tx, act, person)
    joiner = replace(act, person=tx.people.get(person.id))
    listed = [] if person.key else tx.people.unlinked(invitation.role, invitation.unit)
    if listed and not act.person.id:
        candidates = [[str(one.id), one.name] for one in listed]
        context = {"candidates": [*candidates, ["0", ""]]}
        return open_form(tx, joiner, JOIN, context=context)
    return _welcome(tx, joiner, invitation.role, invitation.unit)


def joined(tx: Transaction, act: Act, draft: Draft) -> Joined:
    """Who joined with a code for anybody has said who of the agency's file it is."""
    post = act.person.posts[0]
    chosen = int(draft.answers["who"])
    if not chosen:
        return _welcome(tx, act, post.role, post.unit)
    if chosen not in {one.id for one in tx.people.unlinked(post.role, post.unit)}:
        raise InvalidAnswer("who")  # somebody else was quicker
    tx.people.take_over(act.person.id, chosen, act.at)
    tx.record("agency", "person.recognised", person=tx.people.get(chosen).name)
    return _welcome(tx, replace(act, person=tx.people.get(chosen)), post.role, post.unit)


def speak(tx: Transaction, act: Act, language: str) -> Spoken:
    """English, Tiếng Việt: what this person reads from now on, in the list of commands too."""
    act.require(Verb.REPORT)
    tx.people.speak(act.person.id, language)
    tx.cards.want_again("menu", act.person.id)
    tx.record(f"person/{act.person.id}", "language.chosen", language=language)
    return Spoken(language)


def menu(tx: Transaction, act: Act, greeting: bool = False) -> Menu:
    """What this person may do; a form that is open can be gone on with."""
    act.require(Verb.REPORT)
    if not act.private:
        raise NotHere("menu")
    left = tx.drafts.newest_open(act.person.id)
    prompt = Prompt("menu", int(left is not None), 0)
    tx.prompts.asked(act.chat, act.person.id, prompt, act.at)
    tx.chats.seen(Chat(act.chat, private=True), act.person.owner_id, act.at)
    tx.record(f"person/{act.person.id}", "menu.shown")
    return Menu(act.person, agency_of(tx).contact, left, greeting)


def guide(tx: Transaction, act: Act) -> Guide:
    """/huongdan"""
    act.require(Verb.REPORT)
    return Guide(act.person, agency_of(tx).contact)


def contact(tx: Transaction, act: Act) -> Contact | None:
    """The published contact point; it is for everybody, strangers too."""
    act.require(Verb.JOIN)
    agency = tx.agencies.current()
    return agency.contact if agency else None


def begin_bind(tx: Transaction, act: Act, title: str, thread: str = "") -> Draft | Bound:
    """/gannhom in a group: which unit's response team is it? `thread`: the topic it is said in."""
    act.require(Verb.BIND)
    if act.private:
        raise OnlyInGroup("bind")
    agency = agency_of(tx)
    context: dict[str, object] = {"title": title, "thread": thread}
    context["units"] = [[unit.id, unit.short] for unit in agency.units]
    draft = tx.drafts.open_of(act.person.id, BIND)
    if draft is not None:
        draft = replace(draft, context=context, version=draft.version + 1)  # of this very group
        tx.drafts.save(draft, draft.version - 1, act.at)
        tx.record(f"draft/{draft.id}", "form.resumed", step=draft.at)
    else:
        draft = tx.drafts.add(BIND, act.person.id, 0, {}, context, act.at)
        tx.record(f"draft/{draft.id}", "form.begun", form=BIND.id, about=0)
    ask(tx, act, draft)  # here, not in the private chat: it is this group's
    return draft


def bound(tx: Transaction, act: Act, draft: Draft) -> Bound:
    act.require(Verb.BIND)
    if act.private:
        raise OnlyInGroup("bind")
    unit = agency_of(tx).unit(draft.answers["unit"])
    title = str(draft.context.get("title", "")) or unit.short  # not every platform tells it
    thread = str(draft.context.get("thread", ""))
    room = Chat(act.chat, private=False, unit=unit.id, title=title, thread=thread)
    tx.chats.bind(room, act.at)
    tx.record("agency", "group.bound", unit=unit.id, title=title)
    rooms.show_open(tx, room)
    return Bound(unit.short, title)


def _listed(tx: Transaction, role: Role, unit: str, key: str) -> Person | None:
    if not key:
        return None
    for person in tx.people.holding((role,), (unit,)):  # joined already: on another account
        if person.key == key:
            return person
    raise NotFound(name=key)


def _newcomer(tx: Transaction, act: Act, invitation: Invitation) -> Person:
    if invitation.person_id is not None:
        person = tx.people.get(invitation.person_id)
        if not person.posts:  # has left the agency's file since
            raise BadCode
    else:
        post = Post(invitation.role, invitation.unit)
        person = tx.people.add(act.called or "?", post, tx.language, act.at)
    tx.people.link(act.identity, person.id)
    return person


def _welcome(tx: Transaction, act: Act, role: Role, unit: str) -> Joined:
    """With an audible test message, and the menu of what this person may do."""
    agency = agency_of(tx)
    tx.notices.add([Notice("test", to=act.person.id, urgency="notice")], act.at)
    tx.cards.want([Card(act.chat, "menu", act.person.id)])
    return Joined(act.person, unit_name(agency, unit), role, agency.contact)


def _told(change: Change) -> list[str]:
    return [change.kind, change.what, change.id, change.field]
