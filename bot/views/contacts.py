"""Contacts beyond the agency (danh bạ ngoài cơ quan) as people see them.

The list, whom to telephone at a step, what administrators are told. Telephone numbers stand in
private chats only.
"""

from collections.abc import Sequence
from datetime import date

from bot.domain.contact import ON_SHEET, WRONG, Call, Outside, Standing
from bot.domain.notice import Notice
from bot.services.contact_outcomes import Directory, Entry
from bot.views.callbacks import Go
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, cut, lines, moment, upper_first

TOLD = ("contact.due", "contact.wrong")
MOST = 3300  # characters of the list; a platform takes 4096 with what stands above and below
NAMED = 6  # contacts named in one message
SHORT = 60  # characters of a name where it is not the subject


def listed(outcome: Directory, voice: Voice) -> Screen:
    """/danhba, /danhba 12; what has just become of telephoning stands above."""
    did = _did(outcome, voice)
    if not outcome.entries:
        empty = "contacts.list.empty_edit" if outcome.edits else "contacts.list.empty"
        return Screen(lines(did, voice.say(empty)))
    head = "contacts.list.head_one" if outcome.number else "contacts.list.head"
    count = len(outcome.entries)
    due = any(one.now.is_due for one in outcome.entries)
    foot = ("check" if outcome.checks else "wait") if due else "rest"
    text = lines(
        did,
        voice.say(head, count=count, number=outcome.number),
        *_that_fit(outcome.entries, voice),
        voice.say(f"contacts.list.foot_{foot}"),
    )
    return Screen(text, [[_record(voice)]] if outcome.checks else [])


def calls(found: Sequence[Call], number: int, voice: Voice) -> Html:
    """Under a task's sheet: whom to telephone for it, and where the others are."""
    if not found:
        return Html("")
    told = [_call(one, voice) for one in found[:ON_SHEET]]
    return lines(*told, voice.say("contacts.call.foot", number=number))


def told(notice: Notice, voice: Voice) -> Screen:
    facts = notice.facts
    if notice.kind == "contact.wrong":
        by, time = upper_first(str(facts["by"])), voice.time(moment(facts["at"]))
        return Screen(voice.say("contacts.wrong", **{**facts, "by": by, "time": time}))
    names = facts["names"] if isinstance(facts["names"], list) else []
    hidden = len(names) - NAMED
    shown = [cut(name, SHORT) for name in names[:NAMED]]
    shown += [voice.say("contacts.due.hidden", count=hidden)] if hidden > 0 else []
    text = lines(
        voice.say("contacts.due.head", count=len(names)),
        voice.several(shown),
        voice.say("contacts.due.foot"),
    )
    return Screen(text, [[_record(voice), Button(_command("contacts", voice), Go(to="contacts"))]])


def _did(outcome: Directory, voice: Voice) -> Html:
    if not outcome.did:
        return Html("")
    if outcome.did == WRONG and outcome.edits:
        return voice.say(f"contacts.did.{outcome.did}_edit", name=outcome.name)
    return voice.say(f"contacts.did.{outcome.did}", name=outcome.name)


def _that_fit(entries: Sequence[Entry], voice: Voice) -> list[Html]:
    """Each under its kind; those that do not fit are counted."""
    found: list[Html] = []
    kind = ""
    for place, entry in enumerate(entries):
        here = entry.now.contact.kind
        head = voice.say("contacts.list.kind", kind=voice.plain(f"contacts.kind.{here}"))
        text = lines(head if here != kind else "", _entry(entry, voice))
        if sum(map(len, found)) + len(text) > MOST:
            left = len(entries) - place
            return [*found, voice.say("contacts.list.hidden", count=left)]
        found.append(text)
        kind = here
    return found


def _entry(entry: Entry, voice: Voice) -> Html:
    contact = entry.now.contact
    where = [contact.needed, voice.plain("contacts.list.scenario") if entry.in_scenario else ""]
    where += [_use(one.plan, one.steps, one.duties, voice) for one in entry.uses]
    when = voice.several(part for part in where if part)
    return lines(
        voice.say(
            "contacts.list.line", name=contact.name, phone=contact.phone, more=_more(contact, voice)
        ),
        voice.say("contacts.list.needed", when=when) if when else "",
        contact.note and voice.names([contact.note]),
        _checked(entry.now, voice),
    )


def _more(contact: Outside, voice: Voice) -> Html:
    other = contact.other_phone
    said = voice.say("contacts.list.other_phone", phone=other) if other else ""
    beside = voice.names(part for part in (contact.hours, contact.email) if part)
    return Html(f"{said}{voice.say('contacts.list.more', more=beside) if beside else ''}")


def _use(plan: str, steps: Sequence[str], duties: Sequence[str], voice: Voice) -> Html:
    parts = []
    if steps:
        parts.append(voice.say("contacts.list.steps", steps=voice.names(steps)))
    if duties:
        parts.append(voice.say("contacts.list.duties", sections=voice.names(duties)))
    return voice.say("contacts.list.of_plan", plan=plan, where=voice.names(parts))


def _checked(now: Standing, voice: Voice) -> Html:
    if now.is_wrong:
        return voice.say("contacts.list.wrong")
    if now.last is None:
        return voice.say("contacts.list.never")
    key = "contacts.list.due" if now.is_due else "contacts.list.checked"
    return voice.say(key, day=_day(now.last))


def _call(one: Call, voice: Voice) -> Html:
    name, phone = cut(one.contact.name, SHORT), one.contact.phone
    if not one.as_named:
        return voice.say("contacts.call.scenario", name=name, phone=phone)
    return voice.say("contacts.call.plan", named=cut(one.as_named, SHORT), name=name, phone=phone)


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _record(voice: Voice) -> Button:
    return Button(_command("check_contact", voice), Go(to="check_contact"))


def _command(name: str, voice: Voice) -> str:
    return voice.plain(f"people.command.{name}")
