"""Giờ yên lặng: when one person is not to be disturbed by what can wait until the morning.

Minutes of the local day, `Asia/Ho_Chi_Minh`. They begin at `begins` and end just before `ends`;
past midnight where the second is the smaller. A serious page (tin khẩn) asks nobody.
"""

import re
from datetime import datetime, timedelta

from bot.domain.duty import HERE
from bot.domain.folding import fold

Hours = tuple[int, int]  # begins, ends: minutes of the local day, never the same

DAY = 24 * 60
LOOKS = timedelta(minutes=10)  # between two looks whether the reader is awake after all
# No pages, yet of what would make every page too late: that nothing comes in any more.
URGENT = ("webhook.dark",)
OFF = ("tat", "tat di", "bo", "huy", "khong", "off", "none")  # folded
_ASKED = re.compile(r"(?:(?:dat )?(?:gio )?yen ?lang|quiet ?hours?) (.+)")
_CLOCK = r"(\d{1,2}) ?(?:[:hg](?:io)?)? ?(\d{2})?"
_SPAN = re.compile(rf"\b{_CLOCK} ?(?:[-–—]|den|toi|to) ?{_CLOCK}\b")  # folded


def is_quiet(hours: Hours, minute: int) -> bool:
    """Whether these hours hold at this minute of the local day."""
    begins, ends = hours
    if begins < ends:
        return begins <= minute < ends
    return minute >= begins or minute < ends


def minute_of(at: datetime) -> int:
    """The minute of the local day."""
    here = at.astimezone(HERE)
    return here.hour * 60 + here.minute


def over_at(hours: Hours, at: datetime) -> datetime:
    """When the hours that hold now are over."""
    whole = at.replace(second=0, microsecond=0)
    return whole + timedelta(minutes=(hours[1] - minute_of(at)) % DAY)


def looked_at(hours: Hours, at: datetime) -> datetime:
    """When what waits is looked at again: at full ten minutes, so that all of it is seen at once,
    and when the hours are over."""
    start = at.replace(minute=0, second=0, microsecond=0)
    return min(start + ((at - start) // LOOKS + 1) * LOOKS, over_at(hours, at))


def typed(words: str) -> Hours | None:
    """ "22-6", "22h30 đến 6h", "từ 22:00 đến 06:00"; None: no such hours are read there."""
    found = _SPAN.search(fold(words))
    if found is None:
        return None
    first, second = (_minute(found[at], found[at + 1]) for at in (1, 3))
    if first is None or second is None or first == second:
        return None
    return first, second


def read(option: str) -> Hours | None:
    """ "22_6", "h19_h5", as a form's options have it; None: "off"."""
    return typed(option.replace("h", "").replace("_", "-"))


def asked(text: str) -> tuple[Hours | None] | None:
    """What "yên lặng 22-6", "/yenlang tắt" sets; None: it is no such command."""
    said = _ASKED.fullmatch(fold(text).lstrip("/"))
    if said is None:
        return None
    hours = typed(said[1])
    return (hours,) if hours or said[1] in OFF else None


def _minute(hour: str, minute: str | None) -> int | None:
    whole, part = int(hour), int(minute or 0)
    if whole > 24 or part > 59:
        return None
    return (whole * 60 + part) % DAY
