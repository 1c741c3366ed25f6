"""Pictures and files: what people send, what the bot fetches of it, what it sends itself."""

import base64
import io
from typing import Any

import aiohttp
import pytest

from tests.sandbox.wire import TOKEN, Wire

PNG = b"\x89PNG\r\n\x1a\n" + b"not much of a picture"


async def said(wire: Wire, person: int, **what: Any) -> Any:
    """What the bot hears of it."""
    await wire.people(f"people/{person}/say", what, status=201)
    (update,) = await wire.hear()
    return update["message"]


async def fetched(wire: Wire, file_id: str) -> bytes:
    file = await wire.ok("getFile", file_id=file_id)
    async with wire.http.get(f"/file/bot{TOKEN}/{file['file_path']}") as answer:
        assert answer.status == 200
        body = await answer.read()
    assert len(body) == file["file_size"]
    return body


async def test_a_picture_and_a_file_with_their_bytes(wire: Wire) -> None:
    person = await wire.person()
    picture = await said(wire, person, photo=base64.b64encode(PNG).decode(), caption="Đây")
    assert picture["caption"] == "Đây"
    assert await fetched(wire, picture["photo"][-1]["file_id"]) == PNG
    body = base64.b64encode(b"log").decode()
    log = (await said(wire, person, document="nhật ký.txt", bytes=body))["document"]
    assert (log["file_name"], log["mime_type"], log["file_size"]) == (
        "nhật ký.txt",
        "text/plain",
        3,
    )
    assert await fetched(wire, log["file_id"]) == b"log"
    assert (await wire.ok("getFile", file_id=log["file_id"]))["file_path"].startswith("documents/")
    shown = (await wire.people(f"chats/{person}/messages"))["messages"][-1]
    assert (shown["document"], shown["picture"]) == ("nhật ký.txt", None)
    async with wire.http.get(shown["file"]["address"]) as answer:
        assert await answer.read() == b"log"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    voice = (await said(wire, person, voice=True))["voice"]
    assert await fetched(wire, voice["file_id"])


async def test_pictures_that_are_made_up_differ(wire: Wire) -> None:
    person = await wire.person()
    bodies = set()
    for _ in range(2):
        picture = await said(wire, person, photo=True)
        bodies.add(await fetched(wire, picture["photo"][0]["file_id"]))
    assert len(bodies) == 2
    shown = (await wire.people(f"chats/{person}/messages"))["messages"][-1]
    async with wire.http.get(shown["picture"]) as answer:
        assert (await answer.read() in bodies, answer.content_type) == (True, "image/png")


async def test_a_file_may_be_too_big(wire: Wire) -> None:
    person = await wire.person()
    big = (await said(wire, person, document="đĩa.img", size=20_000_001))["document"]
    assert big["file_size"] == 20_000_001
    assert await wire.refused("getFile", file_id=big["file_id"]) == (
        400,
        "Bad Request: file is too big",
    )
    fits = (await said(wire, person, document="đĩa.img", size=1000))["document"]
    assert await fetched(wire, fits["file_id"]) == bytes(1000)
    assert (await wire.refused("getFile", file_id="x"))[1] == "Bad Request: invalid file_id"


@pytest.mark.parametrize(
    "what",
    [
        {"photo": False},
        {"photo": "không"},
        {"photo": base64.b64encode(b"text").decode()},
        {"photo": True, "document": "x"},
        {"document": "x", "bytes": "!"},
        {"document": "x", "size": -1},
        {"voice": False},
    ],
)
async def test_what_is_no_file(wire: Wire, what: dict[str, Any]) -> None:
    person = await wire.person()
    await wire.people(f"people/{person}/say", what, status=400)


async def test_files_of_others(wire: Wire) -> None:
    person = await wire.person()
    log = (await said(wire, person, document="a.txt"))["document"]
    path = (await wire.ok("getFile", file_id=log["file_id"]))["file_path"]
    number = log["file_unique_id"]
    for address, status in (
        (f"/file/bot42:other/{path}", 401),
        (f"/file/bot{TOKEN}/{path}x", 404),
        (f"/file/bot{TOKEN}/photos/{number}.txt", 404),
        (f"/zalo/media/{number}", 404),
        ("/sandbox/files/0", 404),
    ):
        async with wire.http.get(address) as answer:
            assert answer.status == status, address


def form(name: str, **fields: str) -> aiohttp.FormData:
    data = aiohttp.FormData(fields, quote_fields=False)
    part = io.BytesIO(b"%PDF-1.7")
    data.add_field(name, part, filename="công văn.pdf", content_type="application/pdf")
    return data


@pytest.mark.parametrize("name", ["document", "abc"])
async def test_the_bot_sends_a_file(wire: Wire, name: str) -> None:
    person = await wire.person()
    fields = {"chat_id": str(person), "caption": "<b>Công văn</b>", "parse_mode": "HTML"}
    if name != "document":
        fields["document"] = f"attach://{name}"
    async with wire.http.post(f"/bot{TOKEN}/sendDocument", data=form(name, **fields)) as answer:
        sent = (await answer.json())["result"]
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("Công văn", "bold")
    assert (sent["document"]["file_name"], sent["document"]["file_size"]) == ("công văn.pdf", 8)
    assert "sandbox" not in sent
    shown = (await wire.people(f"chats/{person}/messages"))["messages"][-1]
    async with wire.http.get(shown["file"]["address"]) as answer:
        assert (await answer.read(), answer.content_type) == (b"%PDF-1.7", "application/pdf")
    file_id = sent["document"]["file_id"]
    again = await wire.ok("sendDocument", chat_id=person, document=file_id)
    assert (again["document"], "caption" in again) == (sent["document"], False)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"document": "https://a.vn/x.pdf"}, "wrong remote file identifier"),
        ({"document": "attach://x"}, "wrong remote file identifier"),
        ({"document": "DOC", "caption": "a" * 1025}, "message caption is too long"),
        ({"document": "DOC", "chat_id": 9}, "chat not found"),
    ],
)
async def test_a_file_that_is_not_sent(wire: Wire, given: dict[str, Any], said: str) -> None:
    person = await wire.person()
    await wire.people(f"people/{person}/say", {"document": "a.txt"})
    (update,) = await wire.hear()
    known = update["message"]["document"]["file_id"]
    body = {"chat_id": person, **given}
    body["document"] = body["document"].replace("DOC", known)
    assert said in (await wire.refused("sendDocument", **body))[1]


async def test_an_empty_file(wire: Wire) -> None:
    data = aiohttp.FormData({"chat_id": str(await wire.person())})
    data.add_field("document", io.BytesIO(b""), filename="a.txt")
    async with wire.http.post(f"/bot{TOKEN}/sendDocument", data=data) as answer:
        assert (await answer.json())["description"] == "Bad Request: file must be non-empty"
