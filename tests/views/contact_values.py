"""The directory beyond the agency: each kind, each standing, and more than one message holds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.domain.contact import KINDS, TRIED, Call, Outside, Standing
from bot.services import outcomes
from bot.services.contact_outcomes import Directory, Entry, Use
from tests.views.task_values import may, sheet
from tests.views.values import EVIL

DAY = date(2026, 3, 1)
WORDY = Outside(
    *("ca", "police", f"Phòng An ninh mạng {EVIL} " * 3, "0262 000 113", "0905 000 113"),
    *("ca@mau.example.vn", f"24/24 {EVIL}", ("police",), f"khi {EVIL}", f"hỏi {EVIL}", DAY),
)
SHORT = Outside("dl", "power", "Điện lực", "1900 0000")
USES = (Use(f"Kế hoạch {EVIL}", ("I.2", "III.4"), ("II.1.5",)), Use("Kế hoạch", (), ("3",)))
ENTRIES = (
    Entry(Standing(WORDY, DAY, is_wrong=False, is_due=False), USES),
    Entry(Standing(WORDY, DAY, is_wrong=False, is_due=True), USES[:1], in_scenario=True),
    Entry(Standing(WORDY, None, is_wrong=True, is_due=True), ()),
    *(Entry(Standing(replace(SHORT, kind=kind), None, False, True), ()) for kind in KINDS),
)
CALLS = (Call(WORDY, f"Cục phòng chống tội phạm {EVIL}"), Call(SHORT, ""), Call(SHORT, EVIL))


def contact_outcomes() -> Iterator[object]:
    for checks, edits in ((True, True), (True, False), (False, False)):
        yield Directory((), checks, edits)
        yield Directory(ENTRIES[:1], checks, edits, number=12)
        yield Directory(ENTRIES, checks, edits)
        yield Directory(ENTRIES * 20, checks, edits, number=12)
        yield from (Directory(ENTRIES, checks, edits, 0, did, EVIL) for did in TRIED)
    one = sheet()
    yield from (outcomes.TaskShown(one, may(one), calls=CALLS[:most]) for most in (1, 2, 3))
