"""The commands of python -m bot. What goes wrong is one clear line and exit code 2."""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.app import configure_logs, fast_loop, opened, run_bot
from bot.config import PREFIX, Settings
from bot.domain.agency import Change
from bot.domain.errors import NotFound
from bot.domain.people import Role
from bot.environment import BadSettings, load_settings
from bot.health import ask
from bot.platforms.clock import NoClock
from bot.platforms.handshake import BadWebhook, CannotReach, WrongToken
from bot.platforms.listener import CannotListen
from bot.sandbox.cast import CastFailed
from bot.services import joining, sealing
from bot.stage import STAGE, play
from playbooks.agency_file import load_agency
from playbooks.errors import BadData
from storage.store import CannotOpen

TROUBLE = 2  # exit code: something is to be put right before this can be done
BROKEN = 1  # exit code of verify: the log does not hold

app = typer.Typer(
    name="bot",
    help="Trực Ban: báo và phối hợp ứng phó sự cố an toàn thông tin mạng.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
out = Console(highlight=False, soft_wrap=True)


@app.command()
def run() -> None:
    """Chạy bot trên các nền tảng đã đặt mã (token)."""
    settings = _settings()
    if not (settings.tokens or settings.zalo_tokens):
        _stop(
            "Chưa đặt TRUCBAN_TELEGRAM_TOKEN hay TRUCBAN_ZALO_TOKEN: chép mã của BotFather, "
            "của Zalo Bot Manager vào tệp .env, hoặc chạy thử: make run"
        )
    _do(lambda: run_bot(settings, _say))


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Cổng của trang mô phỏng.")] = 8800,
    fresh: Annotated[bool, typer.Option("--fresh", help="Bỏ lần chạy thử trước.")] = False,
    folder: Annotated[Path, typer.Option(help="Nơi giữ dữ liệu chạy thử.")] = STAGE,
) -> None:
    """Chạy thử trên máy này: bot, điện thoại mô phỏng và một cơ quan mẫu; không cần mạng."""
    settings = _settings()
    _do(lambda: play(settings, folder, port, fresh, _say))


@app.command()
def init(file: Annotated[Path, typer.Argument(help="Tệp YAML của cơ quan.")]) -> None:
    """Nạp cơ quan từ một tệp; chạy lại thì chỉ cập nhật chỗ khác."""
    _do(lambda: _init(_settings(), file))


@app.command()
def invite(
    role: Annotated[Role, typer.Option(help="Vai trò.")],
    unit: Annotated[str, typer.Option(help="Mã đơn vị trong tệp của cơ quan.")],
    person: Annotated[str, typer.Option(help="Mã người trong tệp; bỏ trống: ai dùng trước.")] = "",
) -> None:
    """Tạo một mã mời, in ở dòng cuối; dùng một lần trong 24 giờ."""
    _do(lambda: _invite(_settings(), role, unit, person))


@app.command()
def verify(
    anchor: Annotated[str, typer.Option(help="Mã niêm phong đã ghi lại ở nơi khác.")] = "",
) -> None:
    """Kiểm tra nhật ký: nguyên vẹn, hay hỏng từ đâu."""
    _do(lambda: _verify(_settings(), anchor))


@app.command()
def health() -> None:
    """Hỏi bot đang chạy có ổn không: mã thoát 0 là ổn, 1 là không."""
    raise typer.Exit(ask(os.environ))


async def _init(settings: Settings, file: Path) -> None:
    async with opened(settings) as office:
        agency = load_agency(file, office.plans)
        done = await office.desk.do(joining.apply_agency, office.console(), agency)
    if not done.value:
        _say(f"{agency.name}: không có gì khác, không ghi gì.")
        return
    out.print(_table(done.value))
    _say(f"{agency.name}: đã ghi {len(done.value)} thay đổi.")


async def _invite(settings: Settings, role: Role, unit: str, person: str) -> None:
    async with opened(settings) as office:
        if (await office.desk.look(joining.contact, office.console())).value is None:
            _stop("Chưa có dữ liệu của cơ quan. Chạy trước: python -m bot init TỆP")
        try:
            done = await office.desk.do(joining.invite, office.console(), role, unit, person)
        except NotFound as error:
            name = error.facts.get("name", unit)
            _stop(f"Không có “{name}” trong tệp của cơ quan. Xem mã đơn vị, mã người ở tệp đã nạp.")
    made = done.value
    _say(f"Mã mời ({made.unit}, {role}), dùng một lần, hết hạn sau 24 giờ:")
    print(made.code)  # noqa: T201 (scripts read the last line)


async def _verify(settings: Settings, anchor: str) -> None:
    async with opened(settings) as office:
        proof = await office.store.look(lambda tx: sealing.prove(tx, anchor))
    if proof.broken is not None:
        chain, seq = proof.broken.chain, proof.broken.seq
        where = f"niêm phong {seq}" if chain == "seals" else f"nhật ký {chain}, mục {seq}"
        _say(f"HỎNG: {where}: {BREAKS[proof.broken.why]}")
        raise typer.Exit(BROKEN)
    if not proof.events:
        _stop("Chưa có nhật ký nào trong cơ sở dữ liệu này. Kiểm tra TRUCBAN_DATABASE.")
    _say(
        f"Nguyên vẹn: {proof.chains} chuỗi, {proof.events} mục "
        f"({proof.erased} mục đã xóa nội dung theo quy định), {proof.seals} niêm phong."
    )
    if proof.anchor:
        _say(f"Niêm phong mới nhất, nên ghi lại ở nơi khác: {proof.anchor}")


BREAKS = {
    "link": "mục này đã bị sửa, chèn hoặc mất mục trước nó.",
    "payload": "nội dung của mục này đã bị sửa.",
    "cut": "phần cuối đã bị cắt.",
    "unreadable": "có mục đã bị sửa đến mức không đọc được.",
    "seal": "niêm phong này đã bị sửa, chèn hoặc mất niêm phong trước nó.",
    "missing_seal": "không có niêm phong đã ghi lại; nhật ký đã bị thay hoặc cắt.",
}


def _settings() -> Settings:
    try:
        settings = load_settings(os.environ)
    except BadSettings as error:
        _stop("\n".join(error.messages))
    configure_logs(settings.log_level, settings.log_format == "json")
    return settings


def _do(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run it; what the person at the console can put right is said in one line."""
    try:
        with asyncio.Runner(loop_factory=fast_loop()) as runner:
            runner.run(work())
    except WrongToken as error:
        _stop(
            f"Mã (token) không đúng, bot số {error.number}: chép lại "
            f"{_setting(error.platform, 'token')} từ BotFather (Telegram), Zalo Bot Manager (Zalo)."
        )
    except BadWebhook as error:
        _stop(f"Nền tảng không nhận địa chỉ {error.url} ({error.reason}). Sửa TRUCBAN_WEBHOOK_URL.")
    except CannotListen as error:
        _stop(
            f"Không nghe được ở {error.address} ({error.reason}). "
            "Sửa TRUCBAN_WEBHOOK_LISTEN hoặc TRUCBAN_HEALTH_LISTEN."
        )
    except CannotReach as error:
        _stop(
            f"Không tới được máy chủ Bot API ở {error.address} ({error.reason}). "
            f"Kiểm tra mạng, hoặc đặt {_setting(error.platform, 'api')}."
        )
    except NoClock as error:
        _stop(f"Không có đồng hồ mô phỏng ở {error.url}: bỏ TRUCBAN_CLOCK_URL, hoặc chạy make run.")
    except CannotOpen as error:
        _stop(f"Không mở hoặc không ghi được cơ sở dữ liệu ({error}). Kiểm tra TRUCBAN_DATABASE.")
    except CastFailed as error:
        _stop(f"Chưa dựng được cơ quan mẫu ({error}). Làm lại từ đầu: make run FRESH=1")
    except BadData as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _setting(platform: str, name: str) -> str:
    return f"{PREFIX}{platform}_{name}".upper()


def _table(changes: tuple[Change, ...] | Any) -> Table:
    table = Table("", "Mục", "Mã", "Chỗ", "Trước", "Sau")
    signs = {"added": "+", "changed": "~", "removed": "−"}
    names = {"unit": "đơn vị", "person": "người", "system": "hệ thống", "agency": "cơ quan"}
    for c in changes:
        table.add_row(signs[c.kind], names[c.what], c.id, c.field, c.before, c.after)
    return table


def _say(text: str) -> None:
    out.print(text, markup=False)
    sys.stdout.flush()


def _stop(text: str) -> Any:
    Console(stderr=True, highlight=False, soft_wrap=True).print(text, markup=False)
    raise typer.Exit(TROUBLE)
