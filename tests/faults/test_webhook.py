"""The process when updates are posted to it: killed before it has answered, stopped, asked."""

import asyncio
from signal import SIGKILL, SIGTERM
from typing import Any

from aiohttp import ClientSession

from tests.faults.house import House
from tests.faults.story import REPEATED, SENTENCE
from tests.faults.test_stop import FOR_EVER, event, said_to, slow, stopped
from tests.flows.house import TOKEN, posted


def by_webhook() -> dict[str, str]:
    return {f"TRUCBAN_{name.upper()}": value for name, value in posted().items()}


async def waiting(house: House) -> int:
    """How many updates the platform still has."""
    url = f"{house.sandbox.address}/bot{TOKEN}/getWebhookInfo"
    async with ClientSession() as http, http.get(url) as answer:
        told: dict[str, Any] = (await answer.json())["result"]
        return int(told["pending_update_count"])


async def until_none_waits(house: House) -> None:
    async with asyncio.timeout(10):
        while await waiting(house):
            pass


async def test_killed_after_the_commit_and_before_its_answer_nothing_is_lost_or_doubled(
    house: House,
) -> None:
    settings, before = by_webhook(), await event(house)
    await house.stage.post("limits", {"webhook_retry_seconds": 0.1})
    process = await house.start(**settings)
    await slow(house, "sendMessage", FOR_EVER)
    await house.phones["lan"].says(text=SENTENCE)
    await house.hears_the_bot(before)  # so it is committed, and the bot does not know it was heard
    assert await waiting(house) == 1, "not taken before all is done"
    process.signal(SIGKILL)
    await process.ended()
    assert house.rows.one("SELECT count(*) FROM forms WHERE form = 'offer'") == 1
    await house.end_faults()
    await house.start(**settings)
    await house.phones["lan"].sees(REPEATED, "Anh/chị muốn báo sự cố?")
    assert house.rows.one("SELECT count(*) FROM forms WHERE form = 'offer'") == 1
    await until_none_waits(house)
    assert await house.end() == 0


async def test_it_stops_in_time_and_what_is_not_done_comes_again(house: House) -> None:
    settings, before = by_webhook(), await event(house)
    process = await house.start(**settings)
    await slow(house, "sendMessage", FOR_EVER)
    await house.phones["lan"].says(text=SENTENCE)
    await house.hears_the_bot(before)
    await stopped(process, SIGTERM)
    await house.phones["minh"].says(text="/start")
    await house.end_faults()
    process = await house.start(**settings)
    await house.phones["lan"].sees(REPEATED)
    await house.phones["minh"].sees("Anh/chị cần làm gì?")
    await until_none_waits(house)
    before = await event(house)
    await slow(house, "sendMessage", 1.0)
    await house.phones["binh"].says(text="/start")
    await house.hears_the_bot(before)
    await stopped(process)
    assert await waiting(house) == 0, "a running step is finished and answered"
    assert len(await said_to(house, "binh", before)) == 1


async def test_the_command_asks_the_program_how_it_does(house: House) -> None:
    listen = posted()["webhook_listen"]
    await house.start(TRUCBAN_HEALTH_LISTEN=listen)
    await house.phones["lan"].types("/start")
    asking = await house.command("health", TRUCBAN_HEALTH_LISTEN=listen)
    assert await asking.ended() == 0, asking.told()
    assert asking.out.lines == ["Ổn: cơ sở dữ liệu trả lời, tin vẫn gửi và nhận."]
