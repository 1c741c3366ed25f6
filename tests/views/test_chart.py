"""The picture of the figures: drawn off the loop, in every language, at a telephone's width."""

import os
import struct
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.figures import THIS_MONTH, Course, Period, period, tally
from bot.domain.incident import Standing
from bot.domain.severity import Needs, Serious, SeriousByPlan
from bot.services.figure_outcomes import Counted, PictureLink
from bot.services.ports.figures import Rounds
from bot.views import chart
from bot.views.figures import called, counted, link
from bot.views.screen import plain
from bot.views.voice import Voice
from tests.contracts.tracked import ROOT

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
VI, EN = Voice("vi", NOON), Voice("en", NOON)
TELEPHONE = 390  # pixels
STANDINGS = (
    Standing(Needs.YES),
    Standing(Needs.YES, Serious.YES),
    Standing(Needs.YES, Serious.NO, SeriousByPlan.CONFIRMED),
    Standing(),
    Standing(Needs.NO),
)


def courses(count: int) -> list[Course]:
    """Of every level, unit and month; every seventh is still open."""
    found = []
    for place in range(count):
        began = NOON - timedelta(days=7 * place, hours=1)
        after = [began + timedelta(minutes=(place + 4) * times) for times in (1, 9, 300)]
        one = Course(f"xa_{place % 9}", STANDINGS[place % 5], began, *after, is_open=False)
        found.append(one if place % 7 else Course(one.unit, one.standing, began))
    return found


def outcome(count: int, code: int = 0, **changes: object) -> Counted:
    of: Period = period(code, NOON.date())
    drill = replace(Course("xa_1", STANDINGS[0], NOON), is_drill=True, taken_at=NOON)
    secret = replace(drill, is_drill=False, is_secret=True)
    inside = [one for one in courses(count) if of.begins <= one.reported_at < of.ends]
    found = tally([*inside, drill, secret] if count else [], of, NOON)
    units = {unit: f"UBND xã <b>Số {unit[-1]}</b> & bạn" for unit in found.units}
    rounds = Rounds(1, 40, 33) if count else Rounds(0, 0, 0)
    whole = Counted(of, found, rounds, units, "UBND thị xã Mẫu", NOON)
    return replace(whole, **changes)  # type: ignore[arg-type]


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize(("count", "voice"), [(0, VI), (1, VI), (45, EN)])
def test_a_picture_for_a_telephone_whatever_there_is_to_show(count: int, voice: Voice) -> None:
    shown = outcome(count)
    width, height = size_of(chart.png(shown, called(shown.period, voice), voice))
    assert width == 2 * TELEPHONE
    assert width < height < 5000  # a platform refuses a picture of 10,000 in both together


def test_of_one_month_there_is_no_row_of_months() -> None:
    month = outcome(2, THIS_MONTH)
    assert len(month.tally.months) == 1
    year = size_of(chart.png(outcome(2), "", VI))
    assert size_of(chart.png(month, called(month.period, VI), VI))[1] < year[1]


def test_the_font_that_comes_along_has_every_vietnamese_letter() -> None:
    """A letter that it lacks is a warning of matplotlib's, and warnings are errors here."""
    every = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA))
    chart.png(outcome(1), every, VI)


def test_nothing_is_imported_before_it_is_drawn_nor_written_into_a_home(tmp_path: Path) -> None:
    code = (
        "import sys, os, bot.app\n"
        "assert 'matplotlib' not in sys.modules\n"
        "from tests.views.test_chart import chart, outcome, VI\n"
        "chart.png(outcome(1), '', VI)\n"
        "assert 'matplotlib' in sys.modules\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
        "assert 'MPLCONFIGDIR' not in os.environ\n"
    )
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": ""}
    known = {key: value for key, value in os.environ.items() if not key.startswith("MPL")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env={**known, **home},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("voice", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("count", [0, 45])
def test_six_lines_and_the_details_behind_a_button(count: int, voice: Voice) -> None:
    short = counted(outcome(count), voice)
    lines = plain(short.text).split("\n")
    assert len(lines) <= 6
    assert "xa_" not in short.text
    whole = counted(outcome(count, whole=True), voice)
    assert len(whole.text) < 4096
    assert plain(whole.text).split("\n")[0] == lines[0]
    assert plain(whole.text).split("\n")[-1] == lines[-1]


def test_what_does_not_fit_is_counted_and_text_of_people_is_escaped() -> None:
    many = outcome(45, whole=True)
    units = {f"xa_{place}": many.tally.whole for place in range(60)}
    names = {unit: f"UBND xã <b>{unit}</b>" for unit in units}
    shown = counted(replace(many, tally=replace(many.tally, units=units), units=names), VI)
    assert "dòng nữa" in shown.text
    assert "&lt;b&gt;xa_0" in shown.text
    assert len(shown.text) < 4096


def test_secrets_are_counted_and_nothing_else() -> None:
    said = plain(counted(outcome(45, whole=True), VI).text)
    assert "Trong đó 1 sự cố liên quan bí mật nhà nước, đang mở 1: chỉ đếm." in said
    assert "46 sự cố" in said.split("\n")[0]
    assert "Diễn tập (tính riêng): 1. Đến lúc tiếp nhận: 0 phút" in said
    assert "Tin thử (tính riêng): 1 đợt, 33/40 người trả lời" in said


def test_a_month_of_secrets_alone_is_no_month_without_incidents() -> None:
    alone = outcome(0)
    tally = replace(alone.tally, secret=1, secret_open=1)
    said = plain(counted(replace(alone, tally=tally), VI).text)
    assert "1 sự cố, đang mở 1" in said.split("\n")[0]
    assert "Trong đó 1 sự cố liên quan bí mật nhà nước" in said
    assert "chưa có sự cố nào" not in said
    none = plain(counted(replace(alone, tally=replace(tally, secret=0)), VI).text)
    assert "chưa có sự cố nào" in none


def test_periods_are_named_with_their_year() -> None:
    today = NOON.date()
    names = [called(period(code, today), VI) for code in (0, 101, 102, 103, 104, 11, 2025)]
    assert names == [
        *("12 tháng qua", "tháng 11/2026", "quý 4/2026", "năm 2026"),
        *("tháng 10/2026", "tháng 11/2026", "năm 2025"),
    ]
    buttons = [b for row in counted(outcome(1, 2025, carried=False), VI).rows for b in row]
    assert next(b.typed for b in buttons) == "chi tiết thống kê 2025"
    assert "Hình" not in [b.label for b in buttons]  # no way to hand it out
    nowhere = link(PictureLink("", NOON, period(0, today)), VI)
    assert "chi tiết thống kê" in nowhere.text
