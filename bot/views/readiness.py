"""Liên lạc được hay không, as people see it: what is wrong first, for a telephone's screen."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.domain.notice import Notice
from bot.domain.platform import can
from bot.domain.quiet import Hours
from bot.domain.reach import Needed, Reach, Result
from bot.services.readiness_outcomes import Readiness, Ready
from bot.views.callbacks import Go
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines, upper_first

TOLD = ("reach.lost", "reach.weekly")
MOST = 3000  # characters of the lists; a platform takes 4096 with what stands around them
WRONG: tuple[Result, ...] = ("unreachable", "one_way", "spared")


def listed(outcome: Readiness, voice: Voice) -> Screen:
    """/lienlac; of one person /lienlac 5."""
    if outcome.one is not None:
        return _one(outcome.one, outcome.mends, voice)
    if outcome.brief:
        return _brief(outcome, voice)
    found = {result: _having(outcome.people, result) for result in WRONG}
    fine = _having(outcome.people, "reachable")
    parts: list[Html] = []
    for result, people in found.items():
        if people:
            parts.append(voice.say(f"readiness.head.{result}", count=len(people)))
            parts += _by_unit(people, voice)
    alone = [one for one in found["one_way"] if one.reach.why == "only_network"]
    head = voice.say("readiness.list.head", time=voice.time(outcome.at))
    wrong = bool(found["unreachable"] or found["one_way"])
    text = lines(
        head,
        *_that_fit(parts, voice),
        voice.say("readiness.list.alone", count=len(alone)) if alone else "",
        _fine(fine, len(outcome.people), voice),
        _foot(outcome, wrong, voice),
    )
    return Screen(text, _buttons(outcome, wrong, voice))


def told(notice: Notice, voice: Voice) -> Screen:
    """Who was just lost, or the week's list: name, unit, why not, by which networks."""
    people = notice.facts["people"]
    those = people if isinstance(people, list) else []
    said = [
        voice.say(
            "readiness.told.line",
            name=upper_first(name),
            unit=unit,
            why=_why(Reach("unreachable", why, tuple(networks)), voice),
        )
        for name, unit, why, networks in those
    ]
    kind = notice.kind.partition(".")[2]
    head = voice.say(f"readiness.told.{kind}", count=len(said))
    rows = [[Button(voice.plain("people.command.readiness"), Go(to="readiness"))]]
    return Screen(lines(head, *said, voice.say("readiness.told.foot")), rows)


def why(reach: Reach, voice: Voice, acting: str = "", hours: Hours | None = None) -> Html:
    """The sentence that names what is missing, and the cure; without a full stop."""
    return _why(reach, voice, acting, hours)


def _brief(outcome: Readiness, voice: Voice) -> Screen:
    """Ten seconds: the conclusion, who is not reached, whom to telephone."""
    lost, alone = _having(outcome.people, "unreachable"), _having(outcome.people, "one_way")
    key = "bad" if lost else "weak" if alone else "good"
    count = len(outcome.people)
    names = voice.names(f"{one.person.name} ({one.unit})" for one in lost[:8])
    duty = [voice.say("readiness.brief.duty", name=upper_first(one.name), phone=one.phone)
            for one in outcome.duty if one.phone]  # fmt: skip
    facts = {"count": count, "reached": count - len(lost), "lost": len(lost), "alone": len(alone)}
    more = len(lost) - 8
    return Screen(
        lines(
            voice.say(f"readiness.brief.{key}", **facts),
            voice.say("readiness.brief.names", names=names) if names else "",
            voice.say("readiness.brief.more", count=more) if more > 0 else "",
            voice.say(f"readiness.brief.{key}_next"),
            *duty,
        )
    )


def _one(one: Ready, mends: bool, voice: Voice) -> Screen:
    """Through every path: each way, the last signs of it, each verdict."""
    known = one.known
    ways = [_way(channel.address, "open", voice) for channel in known.ways]
    ways += [
        _way(channel.address, "stopped" if channel.stopped else "lost", voice)
        for channel in known.channels
        if not channel.is_open
    ]
    ways += [voice.say("readiness.way.phone" if known.has_phone else "readiness.way.no_phone")]
    signs = {
        "answered": known.proof.answered_at,
        "seen": known.seen_at,
        "delivered": known.proof.delivered_at,
    }
    shown = [
        voice.say(f"readiness.proof.{name}", time=voice.time(at))
        for name, at in signs.items()
        if at
    ]
    return Screen(
        lines(
            voice.say("readiness.one.head", name=upper_first(one.person.name), unit=one.unit),
            voice.say("readiness.one.ways", ways=voice.several(ways)),
            voice.say("readiness.one.proof", proof=voice.several(shown))
            if shown
            else voice.say("readiness.one.no_proof"),
            *_verdicts(one.each, one, voice),
            _quiet(one.hours, voice),
            voice.say("readiness.one.mend" if mends else "readiness.one.rest"),
        ),
        [[Button(voice.plain("people.command.readiness"), Go(to="readiness"))]],
    )


def _verdicts(each: Mapping[Needed, Reach], one: Ready, voice: Voice) -> list[Html]:
    """One line for all the verdicts where they are alike; else a line for each."""
    if len(set(each.values())) == 1:
        said = _result(one.reach, one, voice)
        return [voice.say("readiness.one.all", what=said)]
    return [
        voice.say("readiness.one.case", case=voice.say(f"readiness.case.{needed}"), what=what)
        for needed, reach in each.items()
        if (what := _result(reach, one, voice))
    ]


def _result(reach: Reach, one: Ready, voice: Voice) -> Html:
    word = voice.say(f"readiness.result.{reach.result}")
    said = _why(reach, voice, one.acting, one.hours)
    return voice.say("readiness.one.because", what=word, why=said) if said else word


def _why(reach: Reach, voice: Voice, acting: str = "", hours: Hours | None = None) -> Html:
    if not reach.why:
        return Html("")
    networks = voice.names(_network(one, voice) for one in reach.networks)
    chats = any(can(one).answers for one in reach.networks)
    key: str = "network_beside" if reach.why == "network" and not chats else reach.why
    begins, ends = hours or (0, 0)
    since = voice.time(reach.since) if reach.since else ""
    if key in ("blocked", "lost_one") and not since:
        key = f"{key}_once"
    return voice.say(
        f"readiness.why.{key}",
        networks=networks,
        time=since,
        name=acting,
        begins=_clock(begins),
        ends=_clock(ends),
    )


def _by_unit(people: Sequence[Ready], voice: Voice) -> list[Html]:
    """Under the name of each unit those of it; whoever shares a common cause is not repeated."""
    those = [one for one in people if one.reach.why != "only_network"]
    found = []
    for unit, group in groupby(sorted(those, key=lambda one: one.unit), lambda one: one.unit):
        found.append(voice.say("readiness.list.unit", unit=unit))
        found += [_line(one, voice) for one in group]
    return found


def _line(one: Ready, voice: Voice) -> Html:
    return voice.say(
        "readiness.list.line",
        number=one.person.id,
        name=upper_first(one.person.name),
        why=_why(one.reach, voice, one.acting, one.hours),
        phone="" if one.known.has_phone else voice.say("readiness.list.no_phone"),
    )


def _that_fit(parts: Sequence[Html], voice: Voice) -> list[Html]:
    found: list[Html] = []
    for place, part in enumerate(parts):
        if sum(map(len, found)) + len(part) > MOST:
            return [*found, voice.say("readiness.list.hidden", count=len(parts) - place)]
        found.append(part)
    return found


def _fine(fine: Sequence[Ready], count: int, voice: Voice) -> Html:
    """Those of whom nothing, or little, is missing: counted."""
    said = [voice.say("readiness.list.fine", count=len(fine), of=count)]
    small = {why: sum(one.reach.why == why for one in fine) for why in ("untested", "phone")}
    said += [voice.say(f"readiness.list.{why}", count=n) for why, n in small.items() if n]
    return Html(" ".join(said))


def _foot(outcome: Readiness, wrong: bool, voice: Voice) -> Html:
    if not wrong:
        return voice.say("readiness.list.foot_fine")
    return voice.say("readiness.list.foot_mend" if outcome.mends else "readiness.list.foot_ask")


def _buttons(outcome: Readiness, wrong: bool, voice: Voice) -> list[list[Button]]:
    round_ = Button(voice.plain("people.command.test_round"), Go(to="test_round"))
    invite = Button(voice.plain("people.command.invite"), Go(to="invite"))
    rehearsal = Button(voice.plain("people.command.rehearsal"), Go(to="rehearsal"))
    return [[round_, rehearsal], *([[invite]] if wrong and outcome.mends else [])]


def _having(people: Sequence[Ready], result: Result) -> list[Ready]:
    return [one for one in people if one.reach.result == result]


def _way(address: str, state: str, voice: Voice) -> Html:
    return voice.say(f"readiness.way.{state}", network=_network(address.partition(":")[0], voice))


def _network(name: str, voice: Voice) -> str:
    return voice.plain(f"channels.platform.{name}")


def _quiet(hours: Hours | None, voice: Voice) -> Html:
    if hours is None:
        return Html("")
    begins, ends = hours
    return voice.say("readiness.one.hours", begins=_clock(begins), ends=_clock(ends))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
