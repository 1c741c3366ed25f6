"""Use cases of channels (kênh): in which order one person is reached, one more account linked, and
where a page was seen."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.channel import Channel, ordered
from bot.domain.errors import BadCode, InvalidAnswer, LinkedAlready, NotHere, NotYourCode
from bot.domain.invitation import ALPHABET, LENGTH, LIFETIME, Invitation
from bot.domain.notice import Card, Notice
from bot.domain.people import Act, Person, Verb
from bot.domain.platform import can
from bot.services.people_outcomes import Channels, LinkCode, Linked
from bot.services.ports.dialogs import Prompt
from bot.services.ports.messages import Chat
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of


def show(tx: Transaction, act: Act) -> Channels:
    """/kenh: where pages go first, and what does not get through. A number puts one first."""
    act.require(Verb.REPORT)
    if not act.private:
        raise NotHere("channels")
    tx.prompts.asked(act.chat, act.person.id, Prompt("channels", 0, 0), act.at)
    tx.record(f"person/{act.person.id}", "channels.shown")
    return _shown(tx, act)


def pick(tx: Transaction, act: Act, number: int) -> Channels:
    """The n-th of those that were shown."""
    known = _of(tx, act)
    if not 1 <= number <= len(known):
        raise InvalidAnswer(number)
    return _first(tx, act, known[number - 1])


def put_first(tx: Transaction, act: Act, account: str) -> Channels:
    """`account`: whose button was pressed."""
    chosen = next((one for one in _of(tx, act) if one.account == account), None)
    if chosen is None:
        raise InvalidAnswer(account)
    return _first(tx, act, chosen)


def begin_link(tx: Transaction, act: Act) -> LinkCode:
    """/ketnoi: a code for one more account of this person's own, on whatever platform."""
    act.require(Verb.REPORT)
    if not act.private:
        raise NotHere("link")
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    post, until = act.person.posts[0], act.at + LIFETIME
    whose = act.person.owner_id
    tx.invitations.add(Invitation(code, post.role, post.unit, whose, until, links=True), act.at)
    tx.record(f"person/{whose}", "link.begun")
    here = f"{act.identity.platform}:{act.identity.account}"
    run = [one for one in tx.accounts.all() if one.left_at is None and can(one.address).answers]
    bots = [one for one in run if one.address != here]
    return LinkCode(code, until, bots)


def linked(tx: Transaction, act: Act, invitation: Invitation) -> Linked:
    """The code, typed from the other account. LinkedAlready, NotYourCode, BadCode."""
    act.require(Verb.JOIN)
    if act.person.id and invitation.person_id in (act.person.id, act.person.owner_id):
        raise LinkedAlready
    if act.person.id:
        raise NotYourCode
    person = tx.people.get(invitation.person_id or 0)
    if not person.posts:  # has left the agency's file since
        raise BadCode
    tx.invitations.save(invitation.redeem(person.id, act.at))
    tx.people.link(act.identity, person.id)
    tx.chats.seen(Chat(act.chat, private=True), person.id, act.at)
    tx.cards.want([Card(act.chat, "menu", person.id)])
    tx.record("agency", "channel.linked", person=person.name, platform=act.identity.platform)
    tell_others(tx, act, person)
    return Linked(person, _name(tx, act), agency_of(tx).contact)


def tell_others(tx: Transaction, act: Act, person: Person) -> None:
    """Who was linked is told so wherever they could be reached before."""
    before = tx.channels.of([person.owner_id], act.at).get(person.owner_id, ())
    facts = {"platform": act.identity.platform, "name": _name(tx, act), "at": act.at.isoformat()}
    facts["phone"] = agency_of(tx).contact.phone
    chats = [one.address for one in before if one.is_open and one.is_chat]
    others = [one for one in chats if one != act.chat]
    told = (Notice("channel.linked", person.id, chat, facts=facts) for chat in others)
    tx.notices.add(told, act.at)


def saw(tx: Transaction, act: Act) -> None:
    """Whoever writes after a page has seen it in that chat, which is no acknowledgement."""
    act.require(Verb.REPORT)
    if not act.private:
        return
    said = {event.facts.get("page") for event in tx.recorded if event.kind.startswith("page.")}
    for page in tx.pages.saw(act.chat, act.at):
        if page.id not in said:
            tx.record(f"incident/{page.incident_id}", "page.seen", page=page.id)
        tx.cards.want_again("incident", page.incident_id)


def _first(tx: Transaction, act: Act, chosen: Channel) -> Channels:
    before = _of(tx, act)
    if chosen != before[0]:
        tx.channels.put_first(act.person.owner_id, chosen.address, act.at)
        account = chosen.account
        tx.record(f"person/{act.person.owner_id}", "channels.ordered", account=account)
    tx.prompts.forget(act.chat, act.person.id)
    return replace(_shown(tx, act), chosen=True)


def _shown(tx: Transaction, act: Act) -> Channels:
    names = {one.address: one.name for one in tx.accounts.all()}
    shown = [(one, names.get(one.account, "")) for one in _of(tx, act)]
    return Channels(shown, beside=[one for one in _all_of(tx, act) if not one.is_chat])


def _of(tx: Transaction, act: Act) -> Sequence[Channel]:
    """Those that can be put in an order."""
    act.require(Verb.REPORT)
    return [one for one in _all_of(tx, act) if one.is_chat]


def _all_of(tx: Transaction, act: Act) -> Sequence[Channel]:
    whose = act.person.owner_id
    return ordered(tx.channels.of([whose], act.at).get(whose, ()))


def _name(tx: Transaction, act: Act) -> str:
    """Of the bot that is written to."""
    account = tx.accounts.get(act.identity.platform, act.identity.account)
    return account.name if account else ""
