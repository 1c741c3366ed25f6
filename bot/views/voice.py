"""How things are said to one person at one moment: language, time of day, lists of names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from bot.domain.moment import Moment
from bot.domain.people import Act
from bot.domain.platform import can
from bot.views import words

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
BEGINNING = re.compile(r"(^|[.?] )((?:<[^<>]+>|[🔴🟡🟢 ])*)([^\W\d_])", re.MULTILINE)


class Html(str):
    """Words of ours, escaped already; any other text is escaped when it is said."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """`now`: aware; times of the same day are said without the date. `taps`: there are buttons;
    where there are none, the words "a.b_typed" are said instead of "a.b"."""

    language: str
    now: datetime
    taps: bool = True

    def say(self, key: str, **facts: object) -> Html:
        """Words with their facts filled in, as HTML. KeyError: no such words."""
        return Html(self.plain(key).format(**{k: _safe(v) for k, v in facts.items()}))

    def plain(self, key: str) -> str:
        """Words without facts, for a button."""
        typed = f"{key}_typed"
        if not self.taps and words.has(self.language, typed):
            key = typed
        return words.text(self.language, key)

    def knows(self, key: str) -> bool:
        return words.has(self.language, key)

    def time(self, moment: datetime) -> str:
        """22:05 today, else 22:05 ngày 21/11/2026 (words.md rule 11)."""
        local = moment.astimezone(HERE)
        clock = f"{local:%H:%M}"
        if local.date() == self.now.astimezone(HERE).date():
            return clock
        date = f"{local.day}/{local.month}/{local.year}"
        return words.text(self.language, "common.date_time").format(time=clock, date=date)

    def moment(self, moment: Moment) -> str:
        """A moment as it was told: "khoảng" where it is not exact, a span from its start."""
        said = self.time(moment.at)
        if moment.until is not None:
            start, end = moment.at.astimezone(HERE), moment.until.astimezone(HERE)
            if start.date() == end.date():  # the day is said once
                said = f"{start:%H:%M}"
            between = words.text(self.language, "common.between")
            return between.format(start=said, end=self.time(moment.until))
        if moment.approximate:
            return words.text(self.language, "common.about").format(time=said)
        return said

    def span(self, length: timedelta) -> str:
        minutes = max(int(length.total_seconds() // 60), 0)
        if minutes < 60:
            return self.say("incidents.ago.minutes", minutes=minutes)
        hours, minutes = divmod(minutes, 60)
        if hours < 24:
            return self.say("incidents.ago.hours", hours=hours, minutes=minutes)
        days, hours = divmod(hours, 24)
        return self.say("incidents.ago.days", days=days, hours=hours)

    def names(self, people: Iterable[str]) -> Html:
        return Html(self.plain("common.list").join(map(_escaped, people)))

    def several(self, parts: Iterable[str]) -> Html:
        return Html(self.plain("common.semicolon").join(map(_escaped, parts)))


def voice_of(act: Act, language: str) -> Voice:
    """For the answer to an act, where it was done."""
    return Voice(language, act.at, can(act.chat).buttons)


def cut(text: str, length: int) -> str:
    """The beginning of somebody's own words, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentences(text: str) -> Html:
    """Each begins with a capital, whatever name stands there; a name within stays as it is."""
    return Html(BEGINNING.sub(lambda one: one[1] + one[2] + one[3].upper(), text))


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def lines(*parts: str) -> Html:
    """The lines that have something to say."""
    return Html("\n".join(part for part in parts if part))


def _safe(value: object) -> object:
    return _escaped(value) if isinstance(value, str) else value


def _escaped(text: str) -> str:
    return text if isinstance(text, Html) else escape(text, quote=False)


def moment(stored: object) -> datetime:
    """A moment as the facts of a notice keep it."""
    return datetime.fromisoformat(str(stored))
