"""Who acts, from where, and the one gate every act passes: may(person, verb, subject)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bot.domain.consultation import Consultation
from bot.domain.direction import Direction
from bot.domain.duty import Absence, Roster
from bot.domain.errors import Forbidden, NobodyNamed, Stranger
from bot.domain.escalation import Page
from bot.domain.form import Draft
from bot.domain.handover import Handover
from bot.domain.incident import Incident
from bot.domain.playbook import Power
from bot.domain.swap import Swap
from bot.domain.task import TaskOf
from bot.domain.test_round import Asked


class Role(StrEnum):
    OFFICIAL = "official"  # cán bộ, người báo
    RESPONDER = "responder"  # thành viên Đội ứng cứu sự cố
    SECURITY_OFFICER = "security_officer"  # công chức phụ trách an toàn thông tin
    DUTY = "duty"  # trực ban
    LEADER = "leader"  # lãnh đạo
    LEGAL = "legal"  # pháp chế
    ADMIN = "admin"  # quản trị


class Verb(StrEnum):
    JOIN = "join"
    REPORT = "report"
    REPORT_FOR = "report_for"
    FILL = "fill"
    ACKNOWLEDGE = "acknowledge"
    PASS_ON = "pass_on"
    RETURN = "return"
    VERIFY = "verify"
    SUPPLEMENT = "supplement"
    ESCALATE = "escalate"
    ASK_SUPPORT = "ask_support"
    DIRECT = "direct"
    RECORD_DIRECTION = "record_direction"
    CONFIRM = "confirm"
    TAKE_TASK = "take_task"
    WORK = "work"
    ASSIGN = "assign"
    OPEN_STEP = "open_step"
    SEE_TASK = "see_task"
    ADVANCE = "advance"
    SETTLE = "settle"
    USE_POWER = "use_power"
    CLOSE = "close"
    REOPEN = "reopen"
    HAND_IN = "hand_in"
    FETCH = "fetch"
    SEE = "see"
    SEE_BOARD = "see_board"
    SEE_CONTACTS = "see_contacts"
    SEE_ROSTER = "see_roster"
    SEE_CALL_LIST = "see_call_list"
    SEE_FIGURES = "see_figures"
    CHECK_CONTACT = "check_contact"
    SWAP = "swap"
    ANSWER_SWAP = "answer_swap"
    COVER = "cover"
    KEEP_ROSTER = "keep_roster"
    LEAVE = "leave"
    HAND_OVER = "hand_over"
    TAKE_OVER = "take_over"
    SEE_READINESS = "see_readiness"
    TEST_EVERYBODY = "test_everybody"
    ANSWER_TEST = "answer_test"
    REHEARSE = "rehearse"
    INVITE = "invite"
    BIND = "bind"
    INIT = "init"
    PLAN = "plan"
    SWEEP = "sweep"
    WATCH = "watch"


DOERS = (Role.RESPONDER, Role.SECURITY_OFFICER)
WATCHERS = (*DOERS, Role.DUTY, Role.LEADER, Role.LEGAL, Role.ADMIN)
IN_CHARGE = (Role.DUTY, Role.LEADER)
SEES_FIGURES = (*IN_CHARGE, Role.ADMIN)
KEEPERS = (*IN_CHARGE, Role.ADMIN)  # who may say that another is away, or stands in
# What can be done from a shared telephone before somebody says who holds it: looking, being known.
NAMELESS = frozenset(
    {
        *(Verb.JOIN, Verb.REPORT, Verb.INIT, Verb.SWEEP),
        *(Verb.SEE, Verb.SEE_BOARD, Verb.SEE_TASK, Verb.SEE_CONTACTS, Verb.SEE_FIGURES),
        *(Verb.SEE_ROSTER, Verb.SEE_CALL_LIST),
    }
)
OF_A_TASK = (Verb.TAKE_TASK, Verb.WORK, Verb.ASSIGN, Verb.OPEN_STEP, Verb.SEE_TASK)
INTAKE = (Role.DUTY, Role.SECURITY_OFFICER)  # what is telephoned or written in comes to them


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
    shared_by: tuple[str, ...] = ()  # keys of who takes turns with it: a telephone, and nobody yet
    device: int = 0  # the shared telephone that this person is holding

    @property
    def ids(self) -> frozenset[int]:
        """Who is meant by what was sent to this person: the shared telephone, too."""
        return frozenset({self.id, self.device} - {0})

    @property
    def owner_id(self) -> int:
        """Whose telephone is spoken from: the chats and the account are the device's."""
        return self.device or self.id

    def holding(self, device: "Person") -> "Person":
        """This person with the shared telephone in hand: the posts of both."""
        posts = tuple(dict.fromkeys((*self.posts, *device.posts)))
        return replace(self, posts=posts, device=device.id)

    def holds(self, roles: Iterable[Role], units: Iterable[str] | None = None) -> bool:
        """Any of the roles, in any of the units (None: wherever)."""
        among, where = set(roles), None if units is None else set(units)
        return any(p.role in among and (where is None or p.unit in where) for p in self.posts)

    def posts_of(self, roles: Iterable[Role]) -> tuple[Post, ...]:
        """Where these roles are held."""
        among = set(roles)
        return tuple(post for post in self.posts if post.role in among)


@dataclass(frozen=True, slots=True)
class Identity:
    """An account on a platform by which a person is known."""

    platform: str
    account: str
    external_id: str


class PowerOf(NamedTuple):
    """What the plan leaves to few (thẩm quyền riêng), in one incident: `units` are those of whom
    the plan names it, empty where it names nobody who is there."""

    power: Power
    units: tuple[str, ...]
    incident: Incident


NOBODY = Person(0, "")
# No update can name these: the program's own clockwork, who sits at the server's console, and the
# watchdog's bot, that is known by its number in the settings.
SYSTEM = Person(-1, "Trực Ban")
CONSOLE = Person(-2, "máy chủ")
WATCHDOG = Person(-3, "bot giám sát")  # the other program's bot; it asks for a test page only
CLOCKWORK_IDENTITY = Identity("system", "jobs", "clockwork")
CONSOLE_IDENTITY = Identity("system", "console", "operator")
WATCHDOG_IDENTITY = Identity("system", "watchdog", "bot")  # given to whom the settings name
BEARER = "pass"  # the account of whoever opens a page with a word that was given to them


def bearer(word: str) -> Identity:
    """Of a link, a page or a code: who was given it is looked up inside the step."""
    return Identity("web", BEARER, word)


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
    said: str = ""  # what was pressed or typed, as it came
    is_press: bool = False
    asked: set[Verb] = field(default_factory=set, compare=False)  # what the gate was asked

    def require(self, verb: Verb, subject: object = None) -> None:
        """Stranger or Forbidden when it is not allowed; NobodyNamed when it is nobody's yet."""
        self.asked.add(verb)
        if self.person.shared_by and verb not in NAMELESS:
            raise NobodyNamed(verb)
        if may(self.person, verb, subject):
            return
        raise Forbidden(verb) if self.person.id else Stranger(verb)


def may(person: Person, verb: Verb, subject: object = None) -> bool:
    """What is not allowed here is forbidden."""
    match verb, subject:
        case Verb.JOIN, None:
            return True
        case _ if not person.id:  # a stranger does not lead what nobody leads, nor have its tasks
            return False
        case (Verb.SWEEP, _):
            return person is SYSTEM
        case (Verb.WATCH, None):
            return person is WATCHDOG
        case ((Verb.INIT | Verb.PLAN), None):
            return person is CONSOLE
        case (Verb.INVITE | Verb.BIND, None):
            return person is CONSOLE or person.holds((Role.ADMIN,))
        case ((Verb.REPORT | Verb.HAND_IN), None):
            return bool(person.posts)
        case (Verb.REPORT_FOR, None):
            return person.holds(INTAKE)
        case (Verb.SEE_ROSTER, None):
            return bool(person.posts)
        case (Verb.SEE_CALL_LIST, None):
            return person in (SYSTEM, CONSOLE) or person.holds(KEEPERS)
        case ((Verb.SEE_BOARD | Verb.SEE_CONTACTS), None):
            return person.holds(WATCHERS)
        case (Verb.SEE_FIGURES, None):
            return person.holds(SEES_FIGURES)
        case (Verb.CHECK_CONTACT, None):
            return person.holds((Role.DUTY, Role.ADMIN))
        case ((Verb.SWAP | Verb.LEAVE | Verb.HAND_OVER), None):
            return bool(person.posts)
        case (Verb.COVER, None):
            return person.holds(KEEPERS)
        case (Verb.KEEP_ROSTER, None):
            return person is CONSOLE or person.holds(KEEPERS)
        case (_, Swap() | Roster() | Absence() | Handover()):
            return _may_on_shifts(person, verb, subject)
        case ((Verb.SEE_READINESS | Verb.TEST_EVERYBODY), None):
            return person.holds((*IN_CHARGE, Role.ADMIN))
        case (Verb.REHEARSE, None):
            return person.holds(WATCHERS)
        case Verb.ANSWER_TEST, Asked(person_id=asked):
            return asked in person.ids
        case ((Verb.FILL | Verb.HAND_IN), Draft(author_id=person.id)):
            return True
        case ((Verb.ACKNOWLEDGE | Verb.PASS_ON | Verb.RETURN), Page() as page):
            return _may_answer(person, verb, page)
        case Verb.DIRECT, Consultation(asked_id=person.id):
            return person.holds((Role.LEADER,))
        case Verb.CONFIRM, Direction(leader_id=person.id):
            return person.holds((Role.LEADER,))
        case Verb.USE_POWER, PowerOf(units=units):
            return person.holds((Role.LEADER,), units)
        case _, TaskOf() as job:
            return _may_do(person, verb, job)
        case _, Incident() as incident:
            return _may_with(person, verb, incident)
    return False


def _may_answer(person: Person, verb: Verb, page: Page) -> bool:
    """A page is taken by who was called, and by whoever of the team in the room can do it."""
    match verb:
        case Verb.PASS_ON:
            return bool(person.ids & page.called)
        case Verb.RETURN:
            return person.id in page.acknowledged
    doers = DOERS if page.kind == "respond" else ()
    return bool(person.ids & page.called) or person.holds((*doers, Role.DUTY), page.units)


def _may_on_shifts(person: Person, verb: Verb, subject: object) -> bool:
    """A swap is its two persons'; what is handed over is taken by whom it is handed to."""
    match verb, subject:
        case Verb.SWAP, Swap() as swap:
            return swap.asker_id in person.ids
        case Verb.ANSWER_SWAP, Swap() as swap:
            return swap.asked_id in person.ids
        case Verb.COVER, Roster() as roster:
            return person.holds((Role.ADMIN,)) or person.holds(IN_CHARGE, (roster.unit,))
        case Verb.KEEP_ROSTER, Roster() as roster:
            return person is CONSOLE or may(person, Verb.COVER, roster)
        case Verb.LEAVE, Absence() as absence:
            return absence.person_id in person.ids or person.holds(KEEPERS)
        case Verb.TAKE_OVER, Handover() as handover:
            return handover.to_id in person.ids
    return False


def _may_do(person: Person, verb: Verb, job: TaskOf) -> bool:
    """Peers of the lead unit take it and pass it on; only superiors assign (words.md rule 8).

    What is confidential is there for leaders and for those it was given to, and for nobody else.
    """
    task, incident, deciders = job
    within = (*incident.scope, *task.units)
    lead, has_it = incident.lead_id in person.ids, task.person_id in person.ids
    above = person.holds((Role.LEADER,), within)
    if task.confidential:
        given = has_it and verb in (Verb.SEE_TASK, Verb.TAKE_TASK, Verb.WORK)
        return given or (above and verb in OF_A_TASK)
    on_duty = person.holds((Role.DUTY,), within)
    named = task.kind == "step" and bool(person.ids & set(incident.joined))
    theirs = named or person.holds((*DOERS, Role.DUTY, Role.LEADER), task.units)
    match verb:
        case Verb.HAND_IN:
            return has_it
        case Verb.TAKE_TASK:
            return lead or has_it or on_duty or theirs
        case Verb.WORK:  # what somebody else has is theirs; the lead and the duty officer may help
            return lead or has_it or on_duty or (theirs and not task.person_id)
        case Verb.OPEN_STEP if deciders:
            return person.holds((Role.LEADER,), deciders)
        case Verb.ASSIGN | Verb.OPEN_STEP:
            return lead or above
        case Verb.SEE_TASK:
            return lead or has_it or theirs or person.holds(WATCHERS, within)
    return False


def _may_with(person: Person, verb: Verb, incident: Incident) -> bool:
    within, lead = incident.scope, person.id == incident.lead_id
    named = person.id in incident.joined
    match verb:
        case Verb.SEE | Verb.FETCH:
            return named or person.id == incident.reporter_id or person.holds(WATCHERS, within)
        case Verb.HAND_IN:
            return (
                lead or named or person.id == incident.reporter_id or person.holds(WATCHERS, within)
            )
        case Verb.HAND_OVER:
            return lead
        case Verb.SUPPLEMENT:
            return person.id == incident.reporter_id
        case Verb.VERIFY:
            return lead or person.holds((*DOERS, Role.DUTY), within)
        case Verb.ESCALATE:
            return lead or person.holds((*DOERS, Role.DUTY), within)
        case Verb.SETTLE:
            return lead or person.holds((Role.DUTY, Role.LEADER, Role.LEGAL), within)
        case Verb.RECORD_DIRECTION:
            return lead or person.holds((Role.DUTY,), within)
        case Verb.CLOSE | Verb.REOPEN | Verb.ADVANCE | Verb.ASK_SUPPORT:
            return lead or person.holds(IN_CHARGE, within)
    return False
