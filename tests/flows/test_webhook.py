"""The same program when updates are posted to it: the story, troubles, several bots, the watch."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiohttp import ClientSession, web

from bot.domain.people import Role
from bot.sandbox.server import Sandbox
from bot.services.ports.store import StoreDown, Transaction
from tests.flows import test_main_story
from tests.flows.filing import all_said, rows
from tests.flows.house import TOKEN, House, copy_of, posted, running
from tests.flows.person import Phone, Stage

T = TypeVar("T")
SECOND = "434343:another-bot"


@pytest.fixture
async def house(template: Path, tmp_path: Path) -> AsyncIterator[House]:
    async with running(copy_of(template, tmp_path), **posted()) as house:
        yield house


async def webhook_info(house: House) -> dict[str, Any]:
    return await api(house, "getWebhookInfo")


async def api(house: House, method: str, **arguments: Any) -> Any:
    """Said to the platform with the token, by somebody who is not the program."""
    async with (
        ClientSession() as http,
        http.post(f"{house.sandbox.address}/bot{TOKEN}/{method}", json=arguments) as answer,
    ):
        return (await answer.json()).get("result")


async def until(holds: Callable[[dict[str, Any]], bool], house: House) -> dict[str, Any]:
    async with asyncio.timeout(10):
        while not holds(info := await webhook_info(house)):
            pass
    return info


async def test_the_main_story_plays_by_webhook(house: House) -> None:
    await test_main_story.test_a_report_on_a_phone_becomes_an_acknowledged_page(house)
    info = await until(lambda info: not info["pending_update_count"], house)
    assert "last_error_message" not in info
    assert info["allowed_updates"] == ["message", "callback_query", "my_chat_member"]
    assert info["url"].endswith("/telegram/424242")


async def test_what_cannot_be_stored_comes_again_and_is_done_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer fails twice: at the update, and when it has come again."""
    down = 2
    run = house.office.store.run

    async def failing(step: Callable[[Transaction], T]) -> T:
        nonlocal down
        if down and "Desk.do" in step.__qualname__ and waiting.is_set():
            down -= 1
            raise StoreDown("locked")
        return await run(step)

    waiting = asyncio.Event()
    monkeypatch.setattr(house.office.store, "run", failing)
    await all_said(house)
    house.office.store.stirred.clear()
    waiting.set()
    await house.lan.says(text="may em mo khong duoc, hien chu doi tien")
    await house.lan.sees("Anh/chị muốn báo sự cố?")
    await until(lambda info: not info["pending_update_count"], house)
    assert down == 0
    assert rows(house, "SELECT count(*) FROM forms WHERE form = 'offer'") == [(1,)]


async def test_an_update_that_is_posted_twice_changes_nothing(house: House) -> None:
    lan = house.lan
    await lan.picks("Báo sự cố")
    await lan.sees("Câu 1/10")
    await api(house, "deleteWebhook")
    await lan.says(text="1")
    (update,) = await api(house, "getUpdates", timeout=5)
    way_in = house.program.entrance.ways[424242]
    forms = []
    for _ in range(2):
        async with (
            ClientSession(headers={"X-Telegram-Bot-Api-Secret-Token": way_in.secret}) as http,
            http.post(way_in.url, json=update) as answer,
        ):
            assert answer.status == 200
        forms.append(rows(house, "SELECT at, version FROM forms WHERE form = 'report'"))
    assert forms[0] == forms[1]
    assert await lan.count("Câu 2/10") == 2, "done once, and the present screen shown again"


async def test_two_bots_in_one_program_and_one_person_on_both(
    template: Path, tmp_path: Path
) -> None:
    second = Sandbox(tmp_path / "second.db", SECOND)
    await second.start()
    async with (
        running(copy_of(template, tmp_path), second, **posted()) as house,
        ClientSession() as http,
    ):
        stage = Stage(second.address, http)
        await stage.post("limits", {"on": False})
        await stage.post("people", {"id": 102, "name": "Minh"})
        minh, there = house.minh, Phone(stage, 102, "Minh")
        await there.types("/start")
        await there.sees("dành cho cán bộ đã đăng ký")
        code = await house.invite(Role.RESPONDER, "doi_ung_cuu", "minh")
        await there.types(code)
        await there.sees("Đã kết nối: anh Minh")
        await there.picks("Tôi nhận được")
        await house.lan.reports("Có")
        await there.sees("TIN KHẨN – sự cố số 1")
        assert await minh.count("TIN KHẨN – sự cố số 1") == 0, "only where he wrote last"
        await there.block()
        await house.forward(5)
        await minh.sees("TIN KHẨN – sự cố số 1")
        await minh.taps_on("Tôi tiếp nhận xử lý")
        await house.card("Chủ trì ứng cứu: anh Minh")
        names = rows(house, "SELECT account FROM accounts WHERE left_at IS NULL ORDER BY account")
        assert names == [("424242",), ("434343",)]
        assert (await house.proof()).broken is None
    await second.stop()


async def test_a_bot_that_is_not_run_any_more_is_not_written_to(
    template: Path, tmp_path: Path
) -> None:
    folder = copy_of(template, tmp_path)
    second = Sandbox(tmp_path / "second.db", SECOND)
    await second.start()
    async with running(folder, second) as house, ClientSession() as http:
        stage = Stage(second.address, http)
        await stage.post("people", {"id": 102, "name": "Minh"})
        there = Phone(stage, 102, "Minh")
        await there.types(await house.invite(Role.RESPONDER, "doi_ung_cuu", "minh"))
        await there.sees("Đã kết nối: anh Minh")
        await all_said(house)
    await second.stop()
    async with running(folder) as house:
        await house.lan.reports("Có")
        await house.minh.sees("TIN KHẨN – sự cố số 1")


@dataclass
class Proxy:
    """Stands before the program, as in an agency; `broken`: it answers for itself."""

    to: str
    broken: bool = False

    async def forward(self, request: web.Request) -> web.Response:
        if self.broken:
            return web.Response(status=502)
        async with (
            ClientSession() as http,
            http.post(
                self.to + request.path, data=await request.read(), headers=request.headers
            ) as answer,
        ):
            return web.Response(status=answer.status)


@asynccontextmanager
async def proxied() -> AsyncIterator[tuple[Proxy, dict[str, Any]]]:
    inside = posted()
    proxy = Proxy(inside["webhook_url"])
    app = web.Application()
    app.add_routes([web.post("/telegram/{bot}", proxy.forward)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    outside = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield proxy, {**inside, "webhook_url": outside, "watch_seconds": 0.1}
    finally:
        await runner.cleanup()


async def test_a_dark_webhook_is_told_once_over_a_restart_and_so_is_its_end(
    template: Path, tmp_path: Path
) -> None:
    folder = copy_of(template, tmp_path)
    async with proxied() as (proxy, settings):
        async with running(folder, **settings) as house:
            await house.stage.post("limits", {"webhook_retry_seconds": 0.2})
            proxy.broken = True
            await house.lan.says(text="/start")
            said = await house.binh.sees("@trucban_bot không nhận được tin", "502 Bad Gateway")
            assert "1 tin đang chờ" in said
        async with running(folder, **settings) as house:
            before = await webhook_info(house)
            await until(lambda info: "last_error_date" in info, house)
            assert before["pending_update_count"] == 1
            proxy.broken = False
            await house.lan.sees("Anh/chị cần làm gì?")
            await house.binh.sees("@trucban_bot nhận tin bình thường trở lại")
            await all_said(house)
            assert await house.binh.count("không nhận được tin") == 1
            assert await house.binh.count("trở lại") == 1
            kinds = rows(house, "SELECT kind FROM events WHERE kind LIKE 'webhook.%' ORDER BY seq")
            assert kinds == [("webhook.dark",), ("webhook.well",)]


@pytest.mark.parametrize("by_webhook", [True, False])
async def test_a_way_in_that_somebody_has_changed_is_set_again(
    template: Path, tmp_path: Path, by_webhook: bool
) -> None:
    """Polled or posted: whoever knows the token can lead the updates elsewhere."""
    settings = {**(posted() if by_webhook else {}), "watch_seconds": 0.1}
    async with running(copy_of(template, tmp_path), **settings) as house:
        ours = (await webhook_info(house))["url"]
        await api(house, "setWebhook", url="http://127.0.0.1:1/thief")
        await house.binh.sees("Địa chỉ nhận tin của @trucban_bot bị đổi", "BotFather")
        await house.binh.sees("nhận tin bình thường trở lại")
        assert (await webhook_info(house))["url"] == ours
        await house.lan.types("/start")
        assert await house.binh.count("bị đổi") == 1
