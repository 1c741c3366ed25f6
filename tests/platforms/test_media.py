"""Bytes of what people send, over real connections to a loopback server that plays tricks."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import Chat, Document, Message, PhotoSize
from aiohttp import ClientError, web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from bot.domain.evidence import Given
from bot.platforms import media
from bot.platforms.media import Incoming, MediaRefused, Pictures
from bot.platforms.pace import Pace
from bot.platforms.paced import PacedBot
from bot.platforms.telegram import make_bot

PICTURE = b"\x89PNG\r\n\x1a\n" + b"x" * 200_000
TOKEN = "42:a-token-that-nobody-may-see"
HOSTS = ("zdn.vn", "zadn.vn")


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    app = web.Application()
    released = asyncio.Event()

    async def picture(request: web.Request) -> web.Response:
        return web.Response(body=PICTURE, content_type="image/png")

    async def page(request: web.Request) -> web.Response:
        return web.Response(text="<html>sign in first</html>", content_type="image/png")

    async def elsewhere(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "/picture"})

    async def hang(request: web.Request) -> web.Response:
        await released.wait()
        return web.Response()

    async def get_file(request: web.Request) -> web.Response:
        wanted = (await request.post())["file_id"]
        if wanted == "huge":
            said = {"ok": False, "error_code": 400, "description": "Bad Request: file is too big"}
            return web.json_response(said, status=400)
        told = {"file_id": wanted, "file_unique_id": "u", "file_path": wanted}
        return web.json_response({"ok": True, "result": told})

    app.router.add_get("/picture", picture)
    app.router.add_get("/page", page)
    app.router.add_get("/elsewhere", elsewhere)
    app.router.add_get("/hang", hang)
    app.router.add_post("/bot{token}/getFile", get_file)
    for path, answer in (("picture", picture), ("hang", hang)):
        app.router.add_get(f"/file/bot{{token}}/{path}", answer)
    async with TestServer(app) as server:
        yield server
        released.set()


@pytest.fixture
async def bot(server: TestServer) -> AsyncIterator[PacedBot]:
    bot = make_bot(TOKEN, str(server.make_url("")).rstrip("/"), Pace())
    yield bot
    await bot.session.close()


async def whole(pictures: Pictures, url: object) -> bytes:
    return b"".join([chunk async for chunk in pictures.stream(str(url))])


def message(bot: PacedBot, **what: Any) -> Message:
    sent = Message(message_id=1, date=datetime(2026, 1, 1, tzinfo=UTC), chat=_chat(), **what)
    return sent.as_(bot)


def photo(file_id: str) -> list[PhotoSize]:
    small = PhotoSize(file_id="thumbnail", file_unique_id="t", width=9, height=9)
    return [small, PhotoSize(file_id=file_id, file_unique_id="u", width=90, height=90)]


async def test_a_picture_at_home(server: TestServer) -> None:
    assert await whole(Pictures((), at_home=True), server.make_url("/picture")) == PICTURE


@pytest.mark.parametrize("path", ["/elsewhere", "/page", "/nowhere"])
async def test_what_is_no_picture_or_leads_elsewhere_is_refused(
    server: TestServer, path: str
) -> None:
    with pytest.raises(MediaRefused):
        await whole(Pictures((), at_home=True), server.make_url(path))


async def test_who_says_nothing_is_left(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "SILENCE", 0.1)
    with pytest.raises(TimeoutError):
        await whole(Pictures((), at_home=True), server.make_url("/hang"))


@pytest.mark.parametrize(
    "url",
    [
        "http://photo.zdn.vn/a.jpg",  # not encrypted
        "https://zdn.vn.evil.example/a.jpg",
        "https://evilzdn.vn/a.jpg",
        "https://zdn.vn@evil.example/a.jpg",
        "https://lan@photo.zdn.vn/a.jpg",
        "https://photo.zdn.vn:8443/a.jpg",
        "https://127.0.0.1/a.jpg",
        "http://localhost/a.jpg",
        "https://[::1]/a.jpg",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
        "https://[broken",
        "",
    ],
)
async def test_only_hosts_of_the_list_are_asked(url: str) -> None:
    with pytest.raises(MediaRefused, match=r"host|no address"):
        await whole(Pictures(HOSTS), url)


async def test_a_name_of_the_list_that_leads_into_the_own_network_leads_nowhere() -> None:
    with pytest.raises((MediaRefused, ClientError), match="private address"):
        await whole(Pictures(("localhost",)), "https://localhost/a.jpg")


async def test_the_largest_picture_and_a_file_with_its_name(bot: PacedBot) -> None:
    incoming = Incoming(most=len(PICTURE))
    assert await incoming.fetch(message(bot, photo=photo("picture"))) == Given("", PICTURE, True)
    document = Document(file_id="picture", file_unique_id="u", file_name="ảnh.png")
    assert await incoming.fetch(message(bot, document=document)) == Given("ảnh.png", PICTURE)


async def test_too_big_is_known_before_while_and_from_the_platform(bot: PacedBot) -> None:
    incoming = Incoming(most=len(PICTURE) - 1)
    assert await incoming.fetch(message(bot, photo=photo("picture"))) == "not_here"
    assert await incoming.fetch(message(bot, photo=photo("huge"))) == "not_here"
    told = Document(file_id="picture", file_unique_id="u", file_size=10**9)
    assert await incoming.fetch(message(bot, document=told)) == "not_here"


async def test_what_cannot_be_fetched_is_said_without_its_address(bot: PacedBot) -> None:
    with capture_logs() as logs:
        for file_id in ("gone", "hang"):
            sent = message(bot, photo=photo(file_id))
            assert await Incoming(len(PICTURE), 0.3).fetch(sent) == "unreachable"
    assert [entry["why"] for entry in logs] == ["ClientResponseError", "TimeoutError"]
    assert TOKEN not in str(logs)


def _chat() -> Chat:
    return Chat(id=7, type="private")
