"""Who acts, from where, and the one gate every act passes: may(person, verb, subject)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.consultation import Consultation
from bot.domain.errors import Forbidden, Stranger
from bot.domain.escalation import Page
from bot.domain.form import Draft
from bot.domain.incident import Incident


class Role(StrEnum):
    OFFICIAL = "official"  # cán bộ, người báo
    RESPONDER = "responder"  # thành viên Đội ứng cứu sự cố
    SECURITY_OFFICER = "security_officer"  # công chức phụ trách an toàn thông tin
    DUTY = "duty"  # trực ban
    LEADER = "leader"  # lãnh đạo
    ADMIN = "admin"  # quản trị


class Verb(StrEnum):
    JOIN = "join"
    REPORT = "report"
    FILL = "fill"
    ACKNOWLEDGE = "acknowledge"
    PASS_ON = "pass_on"
    RETURN = "return"
    VERIFY = "verify"
    SUPPLEMENT = "supplement"
    ESCALATE = "escalate"
    DIRECT = "direct"
    CLOSE = "close"
    REOPEN = "reopen"
    SEE = "see"
    SEE_BOARD = "see_board"
    INVITE = "invite"
    BIND = "bind"
    INIT = "init"
    SWEEP = "sweep"


DOERS = (Role.RESPONDER, Role.SECURITY_OFFICER)
WATCHERS = (*DOERS, Role.DUTY, Role.LEADER, Role.ADMIN)
IN_CHARGE = (Role.DUTY, Role.LEADER)


@dataclass(frozen=True, slots=True)
class Post:
    """A role that somebody holds in a unit; `order` is the place in the order of telling."""

    role: Role
    unit: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str  # with the title that is said: "anh Minh"
    posts: tuple[Post, ...] = ()
    language: str = "vi"
    phone: str = ""
    position: str = ""
    key: str = ""  # the id in the agency's file; empty for who joined without standing in it

    def holds(self, roles: Iterable[Role], units: Iterable[str] | None = None) -> bool:
        """Any of the roles, in any of the units (None: wherever)."""
        among, where = set(roles), None if units is None else set(units)
        return any(p.role in among and (where is None or p.unit in where) for p in self.posts)


@dataclass(frozen=True, slots=True)
class Identity:
    """An account on a platform by which a person is known."""

    platform: str
    account: str
    external_id: str


NOBODY = Person(0, "")
# Two that no update can name: the program's own clockwork, and who sits at the server's console.
SYSTEM = Person(-1, "Trực Ban")
CONSOLE = Person(-2, "máy chủ")
CLOCKWORK_IDENTITY = Identity("system", "jobs", "clockwork")
CONSOLE_IDENTITY = Identity("system", "console", "operator")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that one person does. Until it has passed the desk it is nobody's."""

    identity: Identity
    at: datetime
    chat: str = ""  # platform:account:chat, where the answer is shown
    private: bool = True  # a group otherwise
    called: str = ""  # the name that the platform shows, for somebody who joins
    update_key: str | None = None  # None: nothing can deliver it twice
    person: Person = NOBODY  # loaded by the desk, inside the step
    asked: set[Verb] = field(default_factory=set, compare=False)  # what the gate was asked

    def require(self, verb: Verb, subject: object = None) -> None:
        """Stranger or Forbidden when it is not allowed."""
        self.asked.add(verb)
        if may(self.person, verb, subject):
            return
        raise Stranger(verb) if self.person is NOBODY else Forbidden(verb)


def may(person: Person, verb: Verb, subject: object = None) -> bool:
    """What is not allowed here is forbidden."""
    match verb, subject:
        case Verb.JOIN, None:
            return True
        case (Verb.SWEEP, _):
            return person is SYSTEM
        case (Verb.INIT, None):
            return person is CONSOLE
        case (Verb.INVITE | Verb.BIND, None):
            return person is CONSOLE or person.holds((Role.ADMIN,))
        case (Verb.REPORT, None):
            return bool(person.posts)
        case (Verb.SEE_BOARD, None):
            return person.holds(WATCHERS)
        case Verb.FILL, Draft(author_id=person.id):
            return True
        case ((Verb.ACKNOWLEDGE | Verb.PASS_ON | Verb.RETURN), Page() as page):
            return _may_answer(person, verb, page)
        case Verb.DIRECT, Consultation(asked_id=person.id):
            return person.holds((Role.LEADER,))
        case _, Incident() as incident:
            return _may_with(person, verb, incident)
    return False


def _may_answer(person: Person, verb: Verb, page: Page) -> bool:
    """A page is taken by who was called, and by whoever of the team in the room can do it."""
    match verb:
        case Verb.PASS_ON:
            return person.id in page.called
        case Verb.RETURN:
            return person.id in page.acknowledged
    doers = DOERS if page.kind == "respond" else ()
    return person.id in page.called or person.holds((*doers, Role.DUTY), page.units)


def _may_with(person: Person, verb: Verb, incident: Incident) -> bool:
    within, lead = incident.scope, person.id == incident.lead_id
    match verb:
        case Verb.SEE:
            return person.id == incident.reporter_id or person.holds(WATCHERS, within)
        case Verb.SUPPLEMENT:
            return person.id == incident.reporter_id
        case Verb.VERIFY:
            return lead or person.holds((*DOERS, Role.DUTY), within)
        case Verb.ESCALATE:
            return lead or person.holds((*DOERS, Role.DUTY), within)
        case Verb.CLOSE | Verb.REOPEN:
            return lead or person.holds(IN_CHARGE, within)
    return False
