"""The call list (danh sách gọi): whom to telephone, on paper, once nothing else works."""

from datetime import datetime
from operator import attrgetter

from bot.domain.agency import Agency
from bot.domain.contact import KINDS
from bot.domain.duty import DAY, HERE
from bot.domain.errors import NotHere
from bot.domain.people import Act, Person, Role, Verb
from bot.domain.platform import can
from bot.services.ports.store import Transaction
from bot.services.roster_outcomes import Acting, CallList, CallListFile, Listed
from bot.services.rosters import AHEAD, midnight, named_in, pending, roster_shown
from bot.services.telling import agency_of

# In which a unit's people stand; officials last, whom one calls to ask what they saw.
ROLES = (
    Role.DUTY,
    Role.SECURITY_OFFICER,
    Role.RESPONDER,
    Role.LEADER,
    Role.ADMIN,
    Role.LEGAL,
    Role.OFFICIAL,
)


def as_it_is(tx: Transaction, act: Act) -> CallList | None:
    """Everything on it as it is now; None: there is no agency yet."""
    act.require(Verb.SEE_CALL_LIST)
    agency = tx.agencies.current()
    return _made(tx, agency, act.at) if agency else None


def handed_out(tx: Transaction, act: Act) -> CallListFile:
    """/danhsachgoi. NotHere: a group; telephone numbers stand in private chats only."""
    act.require(Verb.SEE_CALL_LIST)
    if not act.private:
        raise NotHere("call_list")
    return CallListFile(_made(tx, agency_of(tx), act.at), can(act.chat).files)


def _made(tx: Transaction, agency: Agency, at: datetime) -> CallList:
    today = at.astimezone(HERE).date()
    book = tx.rosters.book(midnight(today) - DAY, at + AHEAD)
    handed = pending(tx)
    people = tx.people.named(named_in(book, handed.values()))
    contacts = sorted(agency.contacts, key=lambda one: KINDS.index(one.kind))
    secret = ((one.name, one.secret_contact) for one in agency.units)
    return CallList(
        agency.name,
        agency.contact,
        [roster_shown(book, one, at, today, people, handed.get(one.id)) for one in book.rosters],
        _units(tx, agency),
        _away(tx, at),
        contacts,
        {name: contact for name, contact in secret if contact is not None},
    )


def _units(tx: Transaction, agency: Agency) -> list[tuple[str, list[Listed]]]:
    """Each with its people in the order in which they are told."""
    found = []
    everybody = [one for one in tx.people.holding(ROLES) if one.phone]
    for unit in agency.units:
        listed = [_listed(one, unit.id) for one in everybody]
        theirs = [one for one in listed if one is not None]
        theirs.sort(key=lambda one: (ROLES.index(Role(one.role)), one.order))
        if theirs:
            found.append((unit.name, theirs))
    return found


def _listed(person: Person, unit: str) -> Listed | None:
    """Under the first of their roles in the unit."""
    posts = [one for one in person.posts if one.unit == unit]
    if not posts:
        return None
    first = min(posts, key=lambda one: (ROLES.index(one.role), one.order))
    return Listed(person, first.role, first.order, person.position)


def _away(tx: Transaction, at: datetime) -> list[Acting]:
    away = sorted(tx.rosters.away(at).values(), key=attrgetter("id"))
    ids = {who for one in away for who in (one.person_id, one.acting_id)} - {0}
    people = tx.people.named(ids)
    return [
        Acting(people[one.person_id], one.ends, people.get(one.acting_id), one.paper)
        for one in away
        if one.person_id in people
    ]
