"""What can be put right is said in one line with its cure, and the exit code is 2."""

from pathlib import Path

import pytest

from tests.cli.conftest import Bot
from tests.faults.processes import PATIENCE, Process, really_started
from tests.flows.house import TOKEN, posted

TROUBLE = 2
NOWHERE = "http://127.0.0.1:1"  # nothing listens on this port
SECRET = "42:a-secret-that-nobody-may-read"


def told(process: Process, *words: str, lines: int = 1) -> None:
    assert process.code == TROUBLE, process.told()
    assert process.out.lines == []
    assert len(process.err.lines) == lines, process.told()
    said = "\n".join(process.err.lines)
    assert all(word in said for word in words), said
    assert "Traceback" not in said
    assert SECRET not in said


async def test_without_a_token(bot: Bot) -> None:
    names = ("TRUCBAN_TELEGRAM_TOKEN", "TRUCBAN_ZALO_TOKEN")
    told(await bot("run"), "Chưa đặt", *names, "BotFather", "Zalo Bot Manager", "make run")


async def test_without_a_token_in_an_empty_environment(tmp_path: Path) -> None:
    """The same, as anybody starts it."""
    process = await really_started("run", folder=tmp_path, environ={})
    await process.ended(PATIENCE)
    told(process, "Chưa đặt TRUCBAN_TELEGRAM_TOKEN")


async def test_a_token_that_the_platform_does_not_know(bot: Bot, api: str) -> None:
    process = await bot("run", TELEGRAM_TOKEN=SECRET, TELEGRAM_API=api)
    told(process, "Mã (token) không đúng", "bot số 42", "TRUCBAN_TELEGRAM_TOKEN", "BotFather")


async def test_zalo_alone(bot: Bot, api: str) -> None:
    """It is enough, and its own settings are named."""
    process = await bot("run", ZALO_TOKEN=SECRET, ZALO_API=f"{api}/zalo")
    told(process, "Mã (token) không đúng", "bot số 42", "TRUCBAN_ZALO_TOKEN", "Zalo Bot Manager")
    process = await bot("run", ZALO_TOKEN=SECRET, ZALO_API=NOWHERE)
    told(process, f"Không tới được máy chủ Bot API ở {NOWHERE}", "TRUCBAN_ZALO_API")


async def test_one_of_several_tokens_that_the_platform_does_not_know(bot: Bot, api: str) -> None:
    process = await bot("run", TELEGRAM_TOKEN=f"{TOKEN},{SECRET}", TELEGRAM_API=api)
    told(process, "Mã (token) không đúng, bot số 42:")


async def test_an_address_that_the_platform_does_not_deliver_to(bot: Bot, api: str) -> None:
    url, listen = "https://agency.example", posted()["webhook_listen"]
    settings = {"WEBHOOK_URL": url, "WEBHOOK_LISTEN": listen}
    process = await bot("run", TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=api, **settings)
    told(process, f"không nhận địa chỉ {url}/telegram/424242 (Bad Request:", "TRUCBAN_WEBHOOK_URL")


@pytest.mark.parametrize("name", ["WEBHOOK_LISTEN", "HEALTH_LISTEN"])
async def test_a_port_of_its_own_that_is_taken(bot: Bot, api: str, name: str) -> None:
    where = api.removeprefix("http://")
    settings = {name: where} | ({"WEBHOOK_URL": api} if name == "WEBHOOK_LISTEN" else {})
    process = await bot("run", TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=api, **settings)
    told(process, f"Không nghe được ở {where}", "TRUCBAN_WEBHOOK_LISTEN", "TRUCBAN_HEALTH_LISTEN")


async def test_asking_how_it_does_when_it_does_not_run(bot: Bot) -> None:
    process = await bot("health", HEALTH_LISTEN="127.0.0.1:1")
    assert process.code == 1
    assert process.out.lines == ["Bot không trả lời ở http://127.0.0.1:1/healthz (URLError)."]
    assert process.err.lines == []


async def test_an_api_that_cannot_be_reached(bot: Bot) -> None:
    process = await bot("run", TELEGRAM_TOKEN=SECRET, TELEGRAM_API=NOWHERE)
    told(process, f"Không tới được máy chủ Bot API ở {NOWHERE}", "TRUCBAN_TELEGRAM_API")


async def test_an_address_that_is_no_api(bot: Bot, api: str) -> None:
    process = await bot("run", TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=f"{api}/sandbox")
    told(process, f"{api}/sandbox", "TRUCBAN_TELEGRAM_API")


@pytest.mark.parametrize("path", ["file/trucban.db", ".", "file", "/proc/trucban.db"])
async def test_a_database_that_cannot_be_opened_or_written(
    bot: Bot, api: str, tmp_path: Path, path: str
) -> None:
    """Below a file, a folder, a file that is no database, a place where nothing can be made."""
    (tmp_path / "file").write_text("không phải cơ sở dữ liệu\n" * 100, encoding="utf-8")
    database = f"sqlite:///{tmp_path / path}"
    process = await bot("run", TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=api, DATABASE=database)
    told(process, "không ghi được cơ sở dữ liệu", "TRUCBAN_DATABASE")


async def test_a_setting_that_does_not_exist(bot: Bot) -> None:
    process = await bot("run", TELEGRM_TOKEN=SECRET)
    told(process, "TRUCBAN_TELEGRM_TOKEN: không có", "Có phải TRUCBAN_TELEGRAM_TOKEN?")


async def test_every_wrong_setting_has_its_line(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TRUCBAN_POLL_TIMEOUT=60\n", encoding="utf-8")
    process = await bot("verify", LOG_LEVEL="loud", TELEGRAM_TOKEN="none")
    names = ("TRUCBAN_LOG_LEVEL", "TRUCBAN_TELEGRAM_TOKEN", "TRUCBAN_POLL_TIMEOUT")
    told(process, *names, lines=3)


@pytest.mark.parametrize("address", ["https://api.example.vn", ""])
async def test_a_pushed_clock_beside_a_real_platform(bot: Bot, address: str) -> None:
    clock = f"{NOWHERE}/sandbox/clock"
    process = await bot("run", TELEGRAM_TOKEN=SECRET, TELEGRAM_API=address, CLOCK_URL=clock)
    told(process, "TRUCBAN_CLOCK_URL", "127.0.0.1")


async def test_a_pushed_clock_that_is_not_there(bot: Bot, api: str) -> None:
    clock = f"{NOWHERE}/sandbox/clock"
    process = await bot("run", TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=api, CLOCK_URL=clock)
    told(process, clock, "bỏ TRUCBAN_CLOCK_URL")


async def test_a_port_that_is_taken(bot: Bot, api: str, tmp_path: Path) -> None:
    """Nothing is cleared away then: whoever has the port may be using these very files."""
    (tmp_path / "stage").mkdir()
    (tmp_path / "stage" / "trucban.db").touch()
    port = api.rpartition(":")[2]
    process = await bot("sandbox", "--fresh", "--port", port, "--folder", "stage")
    told(process, f"cổng {port} đang bận", "make run PORT=")
    assert (tmp_path / "stage" / "trucban.db").exists()


async def test_an_invitation_before_there_is_an_agency(bot: Bot) -> None:
    process = await bot("invite", "--role", "duty", "--unit", "thi_xa")
    told(process, "Chưa có dữ liệu của cơ quan", "python -m bot init")


async def test_a_log_that_has_never_been_written(bot: Bot) -> None:
    """Nobody is told that a log is intact which is not there."""
    told(await bot("verify"), "Chưa có nhật ký", "TRUCBAN_DATABASE")
