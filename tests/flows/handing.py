"""Pictures and files in people's hands: sent, brought to a page, asked for, and got."""

import base64
import re
import socket
from typing import Any

from aiohttp import ClientSession

from bot.domain.people import Act, Identity
from bot.services import handing_out
from tests.flows.house import House
from tests.flows.person import Phone

PICTURE = b"\xff\xd8\xff\xe0" + b"chung-cu-manhinhxyz " * 400
SECOND = b"\xff\xd8\xff\xe0" + b"chung-cu-nhatkyxyz " * 300
FILE = b"%PDF-1.7 nhatkyxyz " * 300


def pages() -> dict[str, str]:
    """The settings with which the program serves its own pages, on a free port of loopback."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return {"public_url": f"http://127.0.0.1:{port}", "webhook_listen": f"127.0.0.1:{port}"}


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


async def sends(who: Phone, content: bytes, caption: str = "") -> None:
    """A picture; nothing is waited for."""
    more = {"caption": caption} if caption else {}
    await who.says(photo=b64(content), **more)


async def got(house: House, who: Phone, words: str) -> tuple[str, bytes]:
    """The file that came with these words: its name and bytes."""

    def found(messages: list[dict[str, Any]]) -> Any:
        return next(
            (m["file"] for m in reversed(messages) if words in m["text"] and m["file"]), None
        )

    file = await house.stage.until(who.number, found)
    url = f"{house.sandbox.address}{file['address']}"
    async with ClientSession() as http, http.get(url) as answer:
        return file["name"], await answer.read()


async def address(who: Phone, part: str) -> str:
    """The newest address on the screen with this in it."""
    await who.sees(part)
    return re.findall(rf"http\S+{part}\S+", await who.sees(part))[-1]


async def hands_in(who: Phone, content: bytes, name: str = "") -> None:
    """By the page whose address stands on the screen."""
    url = await address(who, "/gui/")
    async with ClientSession() as http:
        async with http.get(url) as answer:
            assert answer.status == 200
        async with http.put(url, data=content, headers={"X-File-Name": name}) as answer:
            assert answer.status == 200, await answer.text()


async def a_file_is_handed_in_and_out(house: House, who: Phone) -> None:
    """By the chat, by the page, of two incidents, to the chat, by a link and by a code."""
    for place in (1, 2):
        await who.types("/baosuco")
        await who.picks("Khác, chưa rõ")
        await who.types(f"may thu {place} cham")
        await who.picks("Gửi ngay, bổ sung sau")
        await who.sees("Đã ghi nhận: sự cố số")
    await sends(who, PICTURE)
    numbers = re.findall(r"\d+", await who.sees("chưa ghi vào sự cố nào"))
    await who.picks(f"Số {numbers[0]}")
    await who.sees(f"Số biên nhận: {numbers[0]}.A1")
    await who.says(document="anh-dia.img", size=30_000_000)
    await who.sees("Gửi tệp: sự cố nào?")
    await who.picks(f"Số {numbers[0]}")
    await hands_in(who, SECOND)
    await who.types(f"/tep {numbers[0]}")
    await who.taps_on(f"{numbers[0]}.A2")
    assert (await got(house, who, f"Chứng cứ {numbers[0]}.A2"))[1] == SECOND
    await _at_the_pc(house, who, int(numbers[0]))


async def _at_the_pc(house: House, who: Phone, number: int) -> None:
    """What somebody on a platform that carries no files is given."""
    known = Identity("telegram", str(house.program.bots[0].id), str(who.number))
    act = Act(known, house.office.clock.now(), "zalo:1:nowhere")
    shown = (await house.office.desk.do(handing_out.listed, act, number)).value
    async with ClientSession() as http:
        async with http.post(shown.desk, data={"code": shown.code}) as answer:
            assert f"{number}.A2" in await answer.text()
            link = str(answer.url)
        async with http.post(f"{link}/1") as answer:
            assert await answer.read() == PICTURE
