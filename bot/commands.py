"""The commands of python -m bot. What goes wrong is one clear line and exit code 2.

What takes seconds to be imported (a platform's library) is imported by the command that needs it.
"""

import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from bot import plan_commands, roster_commands
from bot.config import Settings
from bot.console import do, out, say, settings_of_here, stop
from bot.domain.agency import Change
from bot.domain.errors import NotFound
from bot.domain.people import Role
from bot.health import ask
from bot.office import opened
from bot.recognise_command import recognise_told
from bot.services import call_list, joining, sealing
from bot.services.clocks import HERE
from bot.views.voice import Voice
from bot.watchdog_command import watchdog
from playbooks.agency_file import load_agency

STAGE = Path("data/sandbox")
BROKEN = 1  # exit code of verify: the log does not hold

app = typer.Typer(
    name="bot",
    help="Trực Ban: báo và phối hợp ứng phó sự cố an toàn thông tin mạng.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(plan_commands.app, name="plan")
app.add_typer(roster_commands.app, name="roster")
app.command("recognise")(recognise_told)
app.command("watchdog")(watchdog)


@app.command()
def run() -> None:
    """Chạy bot trên các nền tảng đã đặt mã (token)."""
    settings = settings_of_here()
    if not (settings.tokens or settings.zalo_tokens):
        stop(
            "Chưa đặt TRUCBAN_TELEGRAM_TOKEN hay TRUCBAN_ZALO_TOKEN: chép mã của BotFather, "
            "của Zalo Bot Manager vào tệp .env, hoặc chạy thử: make run"
        )
    from bot.app import run_bot

    do(lambda: run_bot(settings, say))


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Cổng của trang mô phỏng.")] = 8800,
    fresh: Annotated[bool, typer.Option("--fresh", help="Bỏ lần chạy thử trước.")] = False,
    folder: Annotated[Path, typer.Option(help="Nơi giữ dữ liệu chạy thử.")] = STAGE,
) -> None:
    """Chạy thử trên máy này: bot, điện thoại mô phỏng và một cơ quan mẫu; không cần mạng."""
    settings = settings_of_here()
    from bot.stage import play

    do(lambda: play(settings, folder, port, fresh, say))


@app.command()
def init(file: Annotated[Path, typer.Argument(help="Tệp YAML của cơ quan.")]) -> None:
    """Nạp cơ quan từ một tệp; chạy lại thì chỉ cập nhật chỗ khác."""
    do(lambda: _init(settings_of_here(), file))


@app.command()
def invite(
    role: Annotated[Role, typer.Option(help="Vai trò.")],
    unit: Annotated[str, typer.Option(help="Mã đơn vị trong tệp của cơ quan.")],
    person: Annotated[str, typer.Option(help="Mã người trong tệp; bỏ trống: ai dùng trước.")] = "",
) -> None:
    """Tạo một mã mời, in ở dòng cuối; dùng một lần trong 24 giờ."""
    do(lambda: _invite(settings_of_here(), role, unit, person))


@app.command()
def verify(
    anchor: Annotated[str, typer.Option(help="Mã niêm phong đã ghi lại ở nơi khác.")] = "",
) -> None:
    """Kiểm tra nhật ký: nguyên vẹn, hay hỏng từ đâu."""
    do(lambda: _verify(settings_of_here(), anchor))


@app.command("call-list")
def print_call_list(
    to: Annotated[Path | None, typer.Option(help="Tệp khác; bỏ trống: cạnh cơ sở dữ liệu.")] = None,
) -> None:
    """Ghi danh sách gọi để in: ai trực, gọi ai trước, số điện thoại."""
    do(lambda: _call_list(settings_of_here(), to))


@app.command()
def health() -> None:
    """Hỏi bot đang chạy có ổn không: mã thoát 0 là ổn, 1 là không."""
    raise typer.Exit(ask(os.environ))


async def _init(settings: Settings, file: Path) -> None:
    async with opened(settings, plans_only=True) as office:
        today = office.clock.now().astimezone(HERE).date()
        agency = load_agency(file, office.plans, today)
        done = await office.desk.do(joining.apply_agency, office.console(), agency)
    if not done.value:
        say(f"{agency.name}: không có gì khác, không ghi gì.")
        return
    out.print(_table(done.value))
    say(f"{agency.name}: đã ghi {len(done.value)} thay đổi.")


async def _invite(settings: Settings, role: Role, unit: str, person: str) -> None:
    async with opened(settings, plans_only=True) as office:
        if (await office.desk.look(joining.contact, office.console())).value is None:
            stop("Chưa có dữ liệu của cơ quan. Chạy trước: python -m bot init TỆP")
        try:
            done = await office.desk.do(joining.invite, office.console(), role, unit, person)
        except NotFound as error:
            name = error.facts.get("name", unit)
            stop(f"Không có “{name}” trong tệp của cơ quan. Xem mã đơn vị, mã người ở tệp đã nạp.")
    made = done.value
    say(f"Mã mời ({made.unit}, {role}), dùng một lần, hết hạn sau 24 giờ:")
    print(made.code)  # noqa: T201 (scripts read the last line)


async def _call_list(settings: Settings, to: Path | None) -> None:
    from bot.jobs.printing import write
    from bot.views.call_list import NAME, page

    async with opened(settings) as office:
        found = (await office.desk.look(call_list.as_it_is, office.console())).value
        if found is None:
            stop("Chưa có dữ liệu của cơ quan. Chạy trước: python -m bot init TỆP")
        path = to or (office.store.folder or Path()) / NAME
        text = page(found, Voice(office.language, office.clock.now()))
    try:
        write(path, text)
    except OSError as error:
        stop(f"Không ghi được {path}: {error.strerror}. Chọn nơi khác: --to TỆP")
    say(f"Đã ghi {path}. Mở bằng trình duyệt rồi in khổ A4.")


async def _verify(settings: Settings, anchor: str) -> None:
    async with opened(settings, plans_only=True) as office:
        proof = await office.store.look(lambda tx: sealing.prove(tx, anchor))
    if proof.broken is not None:
        chain, seq = proof.broken.chain, proof.broken.seq
        where = f"niêm phong {seq}" if chain == "seals" else f"nhật ký {chain}, mục {seq}"
        say(f"HỎNG: {where}: {BREAKS[proof.broken.why]}")
        raise typer.Exit(BROKEN)
    if not proof.events:
        stop("Chưa có nhật ký nào trong cơ sở dữ liệu này. Kiểm tra TRUCBAN_DATABASE.")
    say(
        f"Nguyên vẹn: {proof.chains} chuỗi, {proof.events} mục "
        f"({proof.erased} mục đã xóa nội dung theo quy định), {proof.seals} niêm phong."
    )
    if proof.anchor:
        say(f"Niêm phong mới nhất, nên ghi lại ở nơi khác: {proof.anchor}")


BREAKS = {
    "link": "mục này đã bị sửa, chèn hoặc mất mục trước nó.",
    "payload": "nội dung của mục này đã bị sửa.",
    "cut": "phần cuối đã bị cắt.",
    "unreadable": "có mục đã bị sửa đến mức không đọc được.",
    "seal": "niêm phong này đã bị sửa, chèn hoặc mất niêm phong trước nó.",
    "missing_seal": "không có niêm phong đã ghi lại; nhật ký đã bị thay hoặc cắt.",
}


def _table(changes: tuple[Change, ...] | Any) -> Table:
    table = Table("", "Mục", "Mã", "Chỗ", "Trước", "Sau")
    signs = {"added": "+", "changed": "~", "removed": "−"}
    names = {
        "unit": "đơn vị",
        "person": "người",
        "system": "hệ thống",
        "contact": "liên hệ",
        "roster": "lịch trực",
        "day_off": "ngày nghỉ, làm bù",
        "agency": "cơ quan",
    }
    for c in changes:
        table.add_row(signs[c.kind], names[c.what], c.id, c.field, c.before, c.after)
    return table
