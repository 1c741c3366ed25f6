"""What a request for support and the figures hand back to be shown."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.contact import Outside
from bot.domain.figures import period
from bot.domain.support import Body, Support
from bot.services.figure_outcomes import PictureLink
from bot.services.support_outcomes import Asked
from tests.views.support_lists import LONG
from tests.views.test_chart import outcome
from tests.views.values import MINH, NOON

WAITS = Support(3, 12, "doi", LONG, "waiting", "send_people", "by_phone", 4, NOON, remind_at=NOON)
NEXT = Body("dp", "national", LONG, Outside("dp", "national", LONG, "101"))


def support_outcomes() -> Iterator[object]:
    yield Asked(12, "asked", LONG, WAITS)
    for state in ("accepted", "refused"):
        settled = replace(WAITS, state=state, remind_at=None)
        yield from (Asked(12, "answered", LONG, settled, next=one) for one in (NEXT, None))
    yield from (Asked(12, "requested", LONG, to=to) for to in ((), (MINH,)))
    yield from (Asked(12, did, LONG) for did in ("not_asked", "nobody", "nothing_waits"))


def figure_outcomes() -> Iterator[object]:
    for count in (0, 1, 45):
        yield from (outcome(count), outcome(count, whole=True), outcome(count, carried=False))
    yield outcome(1, drawn=True)
    of = period(0, NOON.date())
    yield from (PictureLink(url, NOON, of) for url in ("", "https://bot.example/thongke/f0.1.2"))
