"""How the program does, as it is asked from outside; and the command that asks."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from bot.health import ask
from bot.platforms.health import Health
from bot.services.ports.store import StoreDown
from tests.platforms.scripted import serving


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def answers() -> None:
    """A store that is there."""


async def is_down() -> None:
    raise StoreDown("locked")


async def hangs() -> None:
    await asyncio.Event().wait()


def health(store: Callable[..., object] = answers, **parts: bool) -> web.Application:
    told = {"outbox": True, "updates": True, "audit": True, "ticks": True, **parts}
    app = web.Application()
    of = {name: lambda well=well: well for name, well in told.items()}
    app.add_routes(Health(store, of).routes())  # type: ignore[arg-type]
    return app


async def asked(app: web.Application, *, by: str = "HEALTH_LISTEN") -> int:
    async with serving(app) as address:
        where = {f"TRUCBAN_{by}": address.removeprefix("http://")}
        if by == "WEBHOOK_LISTEN":
            where["TRUCBAN_WEBHOOK_URL"] = "https://agency.example"
        return await asyncio.to_thread(ask, where)


@pytest.mark.parametrize("by", ["HEALTH_LISTEN", "WEBHOOK_LISTEN"])
async def test_well(capsys: pytest.CaptureFixture[str], by: str) -> None:
    assert await asked(health(), by=by) == 0
    assert capsys.readouterr().out.startswith("Ổn: ")


@pytest.mark.parametrize(
    ("app", "said"),
    [
        (health(is_down), "Không ổn: cơ sở dữ liệu không trả lời."),
        (health(outbox=False), "Không ổn: việc gửi tin bị dừng."),
        (health(updates=False), "Không ổn: không nhận được tin từ nền tảng."),
        (health(audit=False), "Không ổn: có tin khẩn bị tắc, hoặc việc tự kiểm tra đã dừng."),
        (health(ticks=False), "Không ổn: có việc định kỳ (nhắc việc, nhắc thời hạn, lịch trực)"),
        (health(is_down, outbox=False), "cơ sở dữ liệu không trả lời, việc gửi tin bị dừng."),
        (web.Application(), "Bot không trả lời ở http://127.0.0.1:"),
    ],
)
async def test_not_well(
    capsys: pytest.CaptureFixture[str], app: web.Application, said: str
) -> None:
    assert await asked(app) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert said in line


async def test_a_store_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.platforms.health.PATIENCE", 0.05)
    async with (
        serving(health(hangs)) as address,
        ClientSession() as http,
        http.get(f"{address}/healthz") as answer,
    ):
        assert answer.status == 503
        well = {"outbox": True, "updates": True, "audit": True, "ticks": True}
        assert await answer.json() == {"store": False, **well}


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({}, "Chưa đặt TRUCBAN_HEALTH_LISTEN"),
        ({"TRUCBAN_HEALTH_LISTEN": "127.0.0.1:1"}, "không trả lời ở http://127.0.0.1:1/healthz"),
        ({"TRUCBAN_HEALTH_LISTEN": "0.0.0.0:1"}, "không trả lời ở http://127.0.0.1:1/healthz"),
        ({"TRUCBAN_HEALTH_LISTEN": "[::]:1"}, "không trả lời ở http://[::1]:1/healthz"),
        ({"TRUCBAN_HEALTH_LISTEN": "here"}, "TRUCBAN_HEALTH_LISTEN: không đúng dạng"),
    ],
)
def test_nobody_to_ask(
    capsys: pytest.CaptureFixture[str], environ: dict[str, str], said: str
) -> None:
    assert ask(environ) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert said in line
