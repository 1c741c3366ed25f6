"""A person's channels, one more account of theirs, and who of those called was told where."""

from datetime import datetime

from bot.domain.channel import Channel
from bot.domain.notice import Notice
from bot.services.people_outcomes import Channels, LinkCode, Linked
from bot.services.ports.incidents import Brief
from bot.views.callbacks import Go, Prefer
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines, upper_first

TOLD = ("channel.linked",)


def shown(outcome: Channels, voice: Voice) -> Screen:
    """/kenh: a button for each, in their order; a number puts one first."""
    rows = [[_choice(one, name, voice)] for one, name in outcome.of]
    link = Button(voice.plain("people.command.link"), Go(to="link"))
    head = voice.say("channels.chosen") if outcome.chosen else ""
    several = "channels.several" if len(rows) > 1 else "channels.single"
    beside = [_beside(one, voice) for one in outcome.beside]
    also = voice.say("channels.beside", ways=voice.names(beside)) if beside else ""
    return Screen(lines(head, voice.say(several), also), [*rows, [link]], numbers=Prefer)


def link_code(outcome: LinkCode, voice: Voice) -> Screen:
    """/ketnoi: what to type, and where."""
    bots = [named(bot.platform, bot.name, voice) for bot in outcome.bots]
    where = voice.say("channels.where", bots=voice.names(bots))
    until = voice.time(outcome.expires_at)
    text = lines(
        voice.say("channels.code", code=outcome.code, until=until),
        where if bots else voice.say("channels.nowhere"),
        voice.say("channels.own"),
    )
    return Screen(text)


def linked(outcome: Linked, voice: Voice) -> Screen:
    """Said in the new channel, in the language of the person whose it is now."""
    person, contact = outcome.person, outcome.contact
    new = Voice(person.language, voice.now, voice.taps)
    text = new.say("channels.linked", name=person.name, phone=contact.phone, hours=contact.hours)
    order = Button(new.plain("people.command.channels"), Go(to="channels"))
    return Screen(text, [[order]])


def told(notice: Notice, voice: Voice) -> Screen:
    """Said in the channels that were there before."""
    facts = notice.facts
    return Screen(
        voice.say(
            "channels.added",
            bot=named(str(facts["platform"]), str(facts["name"]), voice),
            time=voice.time(datetime.fromisoformat(str(facts["at"]))),
            phone=facts["phone"],
        )
    )


def who_was_told(brief: Brief, voice: Voice) -> Html:
    """One line: whom a page has reached, by what, and who has seen it; whom it has not."""
    page = brief.page
    if page is None:
        return Html("")
    reached, missed = [], []
    for who, name in brief.told.items():
        calls = [one for one in page.heard if one.person_id == who]
        chats = [one.chat for one in calls if one.chat]
        if chats or any(not one.why for one in calls):
            marks = [platform(chat.partition(":")[0], voice) for chat in dict.fromkeys(chats)]
            marks += [voice.plain("channels.seen")] if any(one.seen for one in calls) else []
            beside = voice.names(dict.fromkeys(marks))
            said = voice.say("channels.by", name=name, by=beside) if marks else name
            reached.append(said)
        elif calls or who in _passed(brief):
            missed.append(name)
    parts = [voice.say("channels.told", names=voice.names(reached))] if reached else []
    parts += [voice.say("channels.missed", names=voice.names(missed))] if missed else []
    return Html(upper_first(voice.several(parts)) + ".") if parts else Html("")


def platform(name: str, voice: Voice) -> str:
    key = f"channels.platform.{name}"
    return voice.plain(key) if voice.knows(key) else name


def named(platform_id: str, name: str, voice: Voice) -> str:
    """ "Zalo Trực Ban": the platform, and what the bot is called there."""
    called = platform(platform_id, voice)
    return name if name.startswith(called) else f"{called} {name}".strip()


def _passed(brief: Brief) -> set[int]:
    """Who stands in the order before the one who is told now; all of them in a later round."""
    page = brief.page
    if page is None:
        return set()
    until = len(page.ladder) if page.round > 1 else page.rung + 1
    return {who for rung in page.ladder[:until] for who in rung.person_ids}


def _beside(one: Channel, voice: Voice) -> str:
    """ "thư điện tử binh@thixa.example.vn" """
    way, _, address = one.address.split(":", 2)
    return f"{platform(way, voice)} {address}"


def _choice(one: Channel, name: str, voice: Voice) -> Button:
    platform_id, _, account = one.account.partition(":")
    state = voice.plain("channels.open")
    if one.stopped:
        state = voice.plain("channels.stopped")
    elif one.lost:
        state = voice.say("channels.lost", why=voice.plain(f"timeline.why.{one.lost}"))
    label = voice.say("channels.one", bot=named(platform_id, name, voice), state=state)
    return Button(label, Prefer(platform=platform_id, account=account))
