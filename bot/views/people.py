"""The menu, help, joining, invitations and groups, as people see them."""

from dataclasses import replace

from aiogram.types import BotCommand

from bot.domain.people import IN_CHARGE, INTAKE, KEEPERS, SEES_FIGURES, WATCHERS, Person, Role
from bot.services.people_outcomes import Bound, Guide, Invited, Joined, Menu, Spoken
from bot.views.callbacks import Go
from bot.views.screen import Button, Screen
from bot.views.typed import MOST
from bot.views.voice import Html, Voice, lines, lower_first
from bot.views.words import LANGUAGES

# What each command is called where it is typed: the name that is shown in Vietnamese, the one in
# English, then others. The way to another language is named in that language.
COMMANDS: dict[str, tuple[str, ...]] = {
    "report": ("baosuco", "report", "baocao"),
    "on_behalf": ("baoho", "onbehalf"),
    "status": ("tinhhinh", "status"),
    "tasks": ("viec", "tasks", "giaoviec"),
    "advance": ("giaidoan", "phase"),
    "scenario": ("tinhhuong", "scenario"),
    "playbook": ("kichban", "playbook"),
    "escalate": ("captren", "escalate"),
    "direction": ("chidao", "direction"),
    "convene": ("trieutap", "convene"),
    "spokesperson": ("phatngon", "spokesperson"),
    "deadlines": ("thoihan", "deadlines"),
    "sent_report": ("daguibaocao", "reportsent"),
    "personal": ("dulieucanhan", "personaldata"),
    "contacts": ("danhba", "contacts"),
    "check_contact": ("kiemtradanhba", "checkcontact"),
    "support": ("hotro", "support"),
    "support_answer": ("ketquahotro", "supportanswer"),
    "figures": ("thongke", "figures"),
    "swap": ("doica", "swap"),
    "cover": ("tructhay", "standin"),
    "absence": ("vangmat", "absence", "nghiphep"),
    "handover": ("bangiao", "handover"),
    "roster": ("lichtruc", "roster", "truc"),
    "call_list": ("danhsachgoi", "calllist"),
    "duty_table": ("bangtruc", "dutytable"),
    "import_roster": ("nhaplich", "importroster"),
    "close": ("ketthuc", "close"),
    "reopen": ("molai", "reopen"),
    "timeline": ("nhatky", "timeline", "log"),
    "files": ("tep", "files", "chungcu"),
    "hand_in": ("guitep", "sendfile"),
    "invite": ("moithamgia", "invite"),
    "bind": ("gannhom", "bind"),
    "english": ("english", "english"),
    "vietnamese": ("tiengviet", "tiengviet", "vietnamese"),
    "holder": ("doinguoi", "holder"),
    "readiness": ("lienlac", "readiness", "sansang"),
    "test_round": ("tinthu", "testround", "dienthu"),
    "rehearsal": ("aiduocbao", "whoistold"),
    "channels": ("kenh", "channels"),
    "link": ("ketnoi", "link"),
    "quiet_hours": ("yenlang", "quiethours"),
    "help": ("huongdan", "help"),
}
SHOWN_ALIAS = {"status": "/status", "escalate": "/escalate"}  # named in the product's brief
NEEDS_NUMBER = (
    "convene",
    "spokesperson",
    "deadlines",
    "sent_report",
    "personal",
    "support",
    "support_answer",
    "advance",
    "scenario",
    "playbook",
    "escalate",
    "direction",
    "close",
    "reopen",
    "timeline",
    "files",
)


def allowed(person: Person) -> tuple[str, ...]:
    """The commands that this person may do at all; the gate still asks for each incident."""
    doers = (Role.RESPONDER, Role.SECURITY_OFFICER)
    may = {
        "report": bool(person.posts),
        "on_behalf": person.holds(INTAKE),
        "status": bool(person.posts),
        "tasks": person.holds((*doers, Role.DUTY, Role.LEADER)),
        "advance": person.holds((*doers, *IN_CHARGE)),
        "scenario": person.holds((*doers, Role.DUTY)),
        "playbook": person.holds(WATCHERS),
        "escalate": person.holds((*doers, Role.DUTY)),
        "direction": person.holds((*doers, Role.DUTY)),
        "convene": person.holds((*doers, *IN_CHARGE)),
        "spokesperson": person.holds(WATCHERS),
        "deadlines": person.holds(WATCHERS),
        "sent_report": person.holds((*doers, *IN_CHARGE, Role.LEGAL)),
        "personal": person.holds((*doers, Role.DUTY)),
        "contacts": person.holds(WATCHERS),
        "check_contact": person.holds((Role.DUTY, Role.ADMIN)),
        "support": person.holds((*doers, *IN_CHARGE)),
        "support_answer": person.holds((*doers, *IN_CHARGE)),
        "figures": person.holds(SEES_FIGURES),
        "swap": person.holds((*doers, *IN_CHARGE)),
        "cover": person.holds(KEEPERS),
        "absence": person.holds(WATCHERS),
        "handover": person.holds((*doers, Role.DUTY)),
        "roster": bool(person.posts),
        "call_list": person.holds(KEEPERS),
        "duty_table": person.holds(KEEPERS),
        "import_roster": person.holds(KEEPERS),
        "close": person.holds((*doers, *IN_CHARGE)),
        "reopen": person.holds((*doers, *IN_CHARGE)),
        "timeline": person.holds(WATCHERS),
        "files": bool(person.posts),
        "hand_in": bool(person.posts),
        "invite": person.holds((Role.ADMIN,)),
        "bind": person.holds((Role.ADMIN,)),
        "english": bool(person.posts) and person.language != "en",
        "vietnamese": bool(person.posts) and person.language != "vi",
        "holder": bool(person.shared_by or person.device),
        "readiness": person.holds((*IN_CHARGE, Role.ADMIN)),
        "test_round": person.holds((*IN_CHARGE, Role.ADMIN)),
        "rehearsal": person.holds(WATCHERS),
        "channels": bool(person.posts),
        "link": bool(person.posts),
        "quiet_hours": bool(person.posts) and not person.shared_by,
        "help": bool(person.posts),
    }
    return tuple(command for command in COMMANDS if may[command])


def items(person: Person, resume: bool) -> list[str]:
    """The commands of the menu, in the order in which they stand there and are numbered."""
    hidden = {"advance", "bind", "direction", "reopen", "english", "vietnamese"}
    hidden |= {
        "scenario",
        "playbook",
        "channels",
        "link",
        "quiet_hours",
        "files",
        "hand_in",
        "deadlines",
        "sent_report",
        "personal",
    }
    hidden |= {"convene", "spokesperson"}
    hidden |= {"swap", "cover", "absence", "handover"}
    hidden |= {"contacts", "check_contact", "call_list", "duty_table", "import_roster"}
    hidden |= {"test_round", "rehearsal"}
    hidden |= {"support", "support_answer", "figures"}
    return [*(["resume"] if resume else []), *(c for c in allowed(person) if c not in hidden)]


def item(person: Person, resume: bool, number: int) -> str | None:
    listed = items(person, resume)[:MOST]
    return listed[number - 1] if 1 <= number <= len(listed) else None


def menu(outcome: Menu, voice: Voice) -> Screen:
    person, left = outcome.person, outcome.resume
    buttons = [
        Button(voice.plain(f"people.command.{c}"), Go(to=c))
        for c in items(person, left is not None)
    ]
    first = 1 if left is None else 2
    rows = [[button] for button in buttons[:first]]
    rest = buttons[first:]
    rows += [rest[start : start + 2] for start in range(0, len(rest), 2)]
    resume = Html("")
    if left is not None:
        about = {name: left.context.get(name, "") for name in ("number", "code")}
        form = voice.say(f"people.form.{left.form.id}", **about)
        resume = voice.say("people.menu.resume", form=form)
    contact = outcome.contact
    text = lines(
        voice.say("people.menu.greeting", name=person.name) if outcome.greeting else "",
        resume,
        voice.say("people.menu.head"),
        voice.say("people.menu.contact", phone=contact.phone, hours=contact.hours),
    )
    return Screen(text, rows, numbers=Go)


def called(command: str, voice: Voice) -> str:
    """What a command is called for who reads this language."""
    return COMMANDS[command][LANGUAGES.index(voice.language)]


def commands(person: Person, voice: Voice) -> list[BotCommand]:
    """The menu button's list: only what this person may do."""
    return [
        BotCommand(command=called(c, voice), description=voice.plain(f"people.slash.{c}"))
        for c in allowed(person)
    ]


def guide(outcome: Guide, voice: Voice) -> Screen:
    """/huongdan"""
    parts = []
    for command in allowed(outcome.person):
        number = " 12" if command in NEEDS_NUMBER else ""
        what = voice.say(f"people.slash.{command}")
        slash = _typed(command, voice)
        if SHOWN_ALIAS.get(command, slash) != slash:
            what = Html(f"{what} {voice.say('people.help.also', alias=SHOWN_ALIAS[command])}")
        parts.append(voice.say("people.help.line", slash=slash + number, what=what))
    contact = outcome.contact
    doer = outcome.person.holds((Role.RESPONDER, Role.SECURITY_OFFICER, Role.DUTY))
    text = lines(
        voice.say("people.help.head", name=outcome.person.name),
        *parts,
        voice.say("people.help.take") if doer else "",
        voice.say("people.help.form"),
        voice.say("people.help.plain"),
        voice.say("people.menu.contact", phone=contact.phone, hours=contact.hours),
    )
    return Screen(text, [[Button(voice.plain("people.command.report"), Go(to="report"))]])


def _typed(command: str, voice: Voice) -> str:
    """With a slash where the chat knows commands; elsewhere the plain word, if there is one."""
    word = f"typed.go.{command}"
    if voice.taps or not voice.knows(word):
        return f"/{called(command, voice)}"
    return voice.plain(word)


def joined(outcome: Joined, voice: Voice) -> Screen:
    """In the language of whoever has joined: before it, nobody was known."""
    contact, new = outcome.contact, replace(voice, language=outcome.person.language)
    return Screen(
        new.say(
            "people.joined",
            name=outcome.person.name,
            role=lower_first(new.plain(f"report.option.{outcome.role}")),
            unit=outcome.unit,
            phone=contact.phone,
            hours=contact.hours,
        )
    )


def spoken(outcome: Spoken, voice: Voice) -> Screen:
    """In the language that was chosen."""
    new = replace(voice, language=outcome.language)
    rows = [[Button(new.plain("incidents.reported.menu"), Go(to="menu"))]]
    return Screen(new.say("people.spoken"), rows)


def test(voice: Voice) -> Screen:
    answer = Button(voice.plain("people.test_button"), Go(to="test"))
    return Screen(voice.say("people.test"), [[answer]])


def invited(outcome: Invited, voice: Voice) -> Screen:
    return Screen(
        voice.say(
            "people.invited",
            code=outcome.code,
            who=outcome.person or voice.plain("people.invited_anybody"),
            role=lower_first(voice.plain(f"report.option.{outcome.role}")),
            unit=outcome.unit,
            until=voice.time(outcome.expires_at),
        )
    )


def bound(outcome: Bound, voice: Voice) -> Screen:
    return Screen(voice.say("people.bound", unit=outcome.unit))
