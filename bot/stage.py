"""What `make run` starts: the sandbox, the sample agency on it, and the bot as it always is."""

import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from bot.app import Program, run_bot
from bot.config import Settings
from bot.domain.people import Role
from bot.office import opened
from bot.sandbox.cast import Cast
from bot.sandbox.server import Sandbox
from bot.services import joining
from playbooks.agency_file import load_agency
from playbooks.loader import load_plans

SAMPLE = Path(__file__).parent.parent / "playbooks" / "samples" / "agency.yaml"
# The people who have a phone on the page, in the order in which they stand there.
PHONES = {
    "lan": (101, "Lan – Văn phòng xã"),
    "minh": (102, "Minh – Đội ứng cứu"),
    "hung": (103, "Hùng – Đội phó"),
    "binh": (104, "Bình – Trực ban"),
    "phuc": (105, "Phúc – Lãnh đạo"),
    "son": (106, "Sơn – Chủ tịch xã"),
    "hoa": (107, "Hoa – An toàn thông tin xã"),
    "thao": (108, "Thảo – Văn phòng thị xã"),
}
# Who has a second one, on Zalo: the same person, joined with a code of their own.
ZALO = "@zalo"
ZALO_PHONES = {
    f"lan{ZALO}": (201, "Lan – Văn phòng xã"),
    f"hung{ZALO}": (203, "Hùng – Đội phó"),
}
TEAM, ADMIN, TEAM_UNIT = ["binh", "minh", "hung", "hoa", "thao"], "binh", "doi_ung_cuu"
JOINED = "joined"
GROUP_TITLE, STRANGER = "Đội ứng cứu sự cố", "Người lạ"


async def play(
    settings: Settings, folder: Path, port: int, fresh: bool, say: Callable[[str], None]
) -> None:
    """Until SIGTERM or SIGINT. OSError: the port is taken, or the folder cannot be written.

    CastFailed: the people of the sample agency could not join.
    """
    try:
        socket.create_server(("127.0.0.1", port)).close()  # who runs there may use these files
    except OSError as error:
        raise OSError(
            error.errno, f"cổng {port} đang bận; chọn cổng khác: make run PORT=8801"
        ) from error
    joined = _have_joined(folder, fresh)
    token, zalo_token = _token(folder, "token", 424242), _token(folder, "zalo_token", 515151)
    server = Sandbox(folder / "sandbox.db", token, port=port, zalo_token=zalo_token)
    await server.start()
    try:
        chosen = _local(settings, folder, server)
        await _with_bot(chosen, server, None if joined else folder / JOINED, say)
    finally:
        await server.stop()


async def _with_bot(
    settings: Settings, server: Sandbox, to_join: Path | None, say: Callable[[str], None]
) -> None:
    """`to_join`: the file that says so once everybody of the sample agency has joined."""
    agency = load_agency(SAMPLE, load_plans())
    async with opened(settings, plans_only=True) as office:
        await office.desk.do(joining.apply_agency, office.console(), agency)

    async def ready(program: Program) -> None:
        if to_join is not None:
            say("Đang dựng cơ quan mẫu …")
            await Cast(server.address, {**ZALO_PHONES, **PHONES}, ZALO_PHONES).enter(
                lambda key: _code(program, key), ADMIN, TEAM, TEAM_UNIT, GROUP_TITLE, STRANGER
            )
            _mark(to_join)
        say(f"Mở trang này trong trình duyệt: {server.address}")

    await run_bot(settings, say, ready)


async def _code(program: Program, key: str) -> str:
    """An invitation for one person of the sample agency."""
    office, key = program.office, key.removesuffix(ZALO)
    agency = load_agency(SAMPLE, office.plans)
    post = next(person for person in agency.people if person.id == key).roles[0]
    done = await office.desk.do(joining.invite, office.console(), Role(post.role), post.unit, key)
    return done.value.code


def _local(settings: Settings, folder: Path, server: Sandbox) -> Settings:
    """The settings of the sandbox: its own tokens, addresses, clock, database and pages."""
    address, pages = server.address, _free_address()
    return settings.model_copy(
        update={
            "telegram_token": SecretStr(server.token),
            "telegram_api": address,
            "zalo_token": SecretStr(server.zalo_token),
            "zalo_api": f"{address}/zalo",
            "clock_url": f"{address}/sandbox/clock",
            "database": f"sqlite:///{folder / 'trucban.db'}",
            "webhook_url": None,
            "public_url": f"http://{pages}",
            "webhook_listen": pages,
            "health_listen": None,
            "poll_timeout": min(settings.poll_timeout, 10),
        }
    )


def _free_address() -> str:
    """Where the pages for evidence are served, on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"


def _mark(file: Path) -> None:
    file.touch()


def _have_joined(folder: Path, fresh: bool) -> bool:
    """Else everything begins anew: what an earlier run has left is cleared away, nothing else.

    A run that was broken off while people joined has left nothing that anybody has played.
    """
    if (folder / JOINED).exists() and not fresh:
        return True
    for name in (JOINED, "token", "zalo_token", "sandbox.db*", "trucban.db*"):
        for file in folder.glob(name):
            file.unlink()
    return False


def _token(folder: Path, name: str, bot: int) -> str:
    """Made once: the second run speaks to the same sandbox."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    if not file.exists():
        file.write_text(f"{bot}:{secrets.token_hex(16)}\n", encoding="ascii")
    return file.read_text(encoding="ascii").strip()
