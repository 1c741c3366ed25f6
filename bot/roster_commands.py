"""The commands of python -m bot roster: a roster brought in from a file, the monthly table."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.config import Settings
from bot.console import do, say, settings_of_here, stop
from bot.domain.duty import HERE, Roster
from bot.domain.errors import NoAgency
from bot.domain.roster_import import Hours, Usual, usual_of
from bot.office import Office, opened
from bot.services import duty_tables, importing
from bot.services.import_outcomes import Wish
from bot.views import importing as shown
from bot.views.voice import Voice
from playbooks.roster_times import hours_in, month_in

LEFT_OUT = 1  # exit code: something of the file was not taken over

app = typer.Typer(
    name="roster",
    help="Lịch trực: nhập từ bảng tính hoặc lịch điện tử, lập bảng kê trực của tháng.",
    no_args_is_help=True,
)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx, .csv hoặc .ics.")],
    roster: Annotated[str, typer.Option(help="Mã lịch trực trong tệp của cơ quan.")] = "",
    month: Annotated[str, typer.Option(help="Chỉ tháng này, ví dụ 11/2026.")] = "",
    column: Annotated[str, typer.Option(help="Cột người trực, nếu tệp có nhiều cột.")] = "",
    seat: Annotated[int, typer.Option(min=1, max=9, help="Người thứ mấy trong mỗi ô.")] = 1,
    person: Annotated[
        list[str] | None, typer.Option("--as", help='Tên trong tệp là ai: "Bình=binh".')
    ] = None,
    whole: Annotated[str, typer.Option(help="Giờ của ca cả ngày khi tệp không ghi.")] = "",
    day: Annotated[str, typer.Option(help="Giờ của ca ngày khi tệp không ghi.")] = "",
    night: Annotated[str, typer.Option(help="Giờ của ca đêm khi tệp không ghi.")] = "",
    apply: Annotated[bool, typer.Option("--apply", help="Áp dụng; bỏ trống: xem trước.")] = False,
) -> None:
    """Nhập lịch trực: xem trước sẽ thay đổi gì; thêm --apply mới ghi."""
    wish = Wish(roster, _month(month), column, seat, dict(map(_named, person or [])))
    hours = (_hours(whole), _hours(day), _hours(night))
    content = _content(file)
    settings = settings_of_here()
    do(lambda: _import(settings, content, file.name, wish, hours, apply))


@app.command()
def table(
    month: Annotated[str, typer.Option(help="Tháng, ví dụ 10/2026.")],
    out: Annotated[Path, typer.Option(help="Ghi vào tệp .xlsx này.")],
    roster: Annotated[str, typer.Option(help="Mã lịch trực; bỏ trống: mọi lịch trực.")] = "",
) -> None:
    """Lập bảng kê trực của một tháng (giờ ngày, đêm, ngày nghỉ, lễ) để đơn vị tính chế độ."""
    first = _month(month)
    if first is None:
        stop("Nêu tháng, ví dụ: --month 10/2026")
    settings = settings_of_here()
    do(lambda: _table(settings, first, roster, out))


async def _import(
    settings: Settings,
    content: bytes,
    name: str,
    wish: Wish,
    hours: Sequence[Hours | None],
    apply: bool,
) -> None:
    from bot.views.screen import plain
    from playbooks.roster_files import read_roster

    async with opened(settings, plans_only=True) as office:
        console = office.console()
        roster = _chosen(await _rosters(office), wish.roster)
        wish = Wish(roster.id, wish.month, wish.column, wish.seat, wish.chosen)
        usual = _usual(roster, hours)
        voice = Voice(settings.language, office.clock.now(), taps=False)
        today = voice.now.astimezone(HERE).date()
        reading = read_roster(content, name, usual, wish.month, today)
        seen = (await office.desk.look(importing.preview, console, reading, wish)).value
        say(plain(shown.preview(seen, voice, usual)))
        for one in seen.unsure:
            for who in one.near if one.why != "no_role" else ():
                say(f'  nếu là {who.said} ({who.name}): --as "{one.name}={who.key}"')
        if apply and seen.is_new:
            put = (await office.desk.do(importing.bring_in, console, reading, wish)).value
            say(plain(shown.done(put, voice)))
    if seen.trouble:
        raise typer.Exit(LEFT_OUT)
    if seen.is_new and not apply:
        say("Chưa ghi gì. Đúng như vậy thì chạy lại lệnh này, thêm: --apply")
    whole = not seen.unsure and all(one.kind in shown.TAKEN for one in reading.notes)
    raise typer.Exit(0 if whole else LEFT_OUT)


async def _table(settings: Settings, month: date, roster: str, out: Path) -> None:
    from bot.views import duty_sheet

    async with opened(settings, plans_only=True) as office:
        if roster:
            _chosen(await _rosters(office), roster)
        elif not await _rosters(office):
            stop(NO_ROSTER)
        looked = await office.desk.look(duty_tables.of_month, office.console(), month, roster)
        voice = Voice(settings.language, office.clock.now(), taps=False)
    _write(out, duty_sheet.workbook(looked.value, voice))
    for one in looked.value.tables:
        say(f"{one.roster.name}: {len(one.table.rows)} người, tháng {month:%m/%Y}.")
    say(f"Đã ghi {out} (dự thảo: người lập bảng và thủ trưởng ký sau khi đối chiếu).")


async def _rosters(office: Office) -> Sequence[Roster]:
    try:
        return (await office.desk.look(importing.rosters, office.console())).value
    except NoAgency:
        return ()


NO_ROSTER = (
    "Cơ quan chưa có lịch trực nào. Thêm mục rosters vào tệp của cơ quan (mẫu: "
    "playbooks/samples/agency.yaml), rồi chạy: python -m bot init TỆP"
)


def _chosen(rosters: Sequence[Roster], roster_id: str) -> Roster:
    if not rosters:
        return stop(NO_ROSTER)
    found = [one for one in rosters if one.id == roster_id]
    if not roster_id and len(rosters) == 1:
        found = list(rosters)
    if not found:
        there = "; ".join(f"{one.id} ({one.name})" for one in rosters)
        why = f"Không có lịch trực nào mã “{roster_id}”" if roster_id else "Nhập vào lịch trực nào"
        return stop(f"{why}: nêu --roster, một trong: {there}.")
    return found[0]


def _usual(roster: Roster, said: Sequence[Hours | None]) -> Usual:
    """The hours that were said; those of the roster's own layer for a whole turn, else ours."""
    ours, (whole, day, night) = usual_of(roster), said
    return Usual(whole or ours.whole, day or ours.day, night or ours.night)


def _write(out: Path, content: bytes) -> None:
    """OSError is the console's to tell."""
    out.write_bytes(content)


def _content(file: Path) -> bytes:
    from playbooks.workbooks import MOST_BYTES

    try:
        if file.stat().st_size > MOST_BYTES:
            stop(f"{file.name}: tệp quá lớn cho một lịch trực (tối đa 5 MB). Chỉ giữ trang lịch.")
        return file.read_bytes()
    except OSError as error:
        return stop(f"{file}: {error.strerror or error} (kiểm tra đường dẫn và quyền đọc)")


def _month(said: str) -> date | None:
    if not said:
        return None
    found = month_in(f"tháng {said}")
    if found is None or not found[0]:
        return stop(f"“{said}” không phải một tháng (viết tháng/năm, ví dụ 11/2026).")
    return date(*found, 1)


def _hours(said: str) -> Hours | None:
    found = hours_in(said)
    if said and found is None:
        return stop(f"“{said}” không rõ từ mấy giờ đến mấy giờ (ví dụ 7h30-17h30).")
    return found


def _named(said: str) -> tuple[str, str]:
    name, sign, key = said.partition("=")
    if not (name.strip() and sign and key.strip()):
        return stop(f'“{said}”: viết tên trong tệp, dấu =, mã người, ví dụ "Bình=binh".')
    return name.strip(), key.strip()
