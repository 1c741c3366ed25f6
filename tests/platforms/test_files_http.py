"""The program's own pages, asked by a real HTTP client over the real listener and a real store."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import ClientSession

from bot.domain.errors import Repeated
from bot.domain.evidence import Given
from bot.domain.form import Move
from bot.domain.people import CONSOLE_IDENTITY, Act, Identity, Role
from bot.platforms.files_http import FilePages
from bot.platforms.listener import Listener
from bot.services import dialogs, evidence, handing_out, joining, reports
from bot.services.desk import Desk
from bot.services.file_outcomes import Kept
from bot.services.ports.books import Books
from bot.services.ports.store import Transaction
from bot.services.secrecy import keep_secret
from playbooks.agency_file import load_agency
from playbooks.loader import load_plans
from storage.store import SqlStore

AGENCY = Path(__file__).parents[1] / "flows" / "agency.yaml"
CONTENT = b"\x89PNG\r\n\x1a\n" + b"chung cu " * 2000
NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
CHAT = "zalo:9:abc"  # carries no files
LAN = Identity("zalo", "9", "abc")


@dataclass
class Office:
    """Lan has reported incident 1; she can be asked for pages and links."""

    desk: Desk
    store: SqlStore
    address: str
    http: ClientSession
    pages: FilePages = field(init=False)
    now: datetime = NOW
    acts: int = field(default=0)

    def act(self, identity: Identity = LAN) -> Act:
        self.acts += 1
        return Act(identity, self.now, CHAT, update_key=f"u{self.acts}")

    async def page(self) -> str:
        """The path of a new upload page for incident 1."""
        shown = (await self.desk.do(evidence.offer, self.act(), 1)).value
        assert isinstance(shown, evidence.UploadPage)
        return shown.url

    async def keeps(self, content: bytes = CONTENT, name: str = "nhật ký.png") -> None:
        await self.desk.do(evidence.keep, self.act(), Given(name, content))

    async def files(self) -> list[str]:
        found = await self.store.look(lambda tx: tx.files.of(1))
        return [file.sha256 for file in found]

    async def log(self) -> list[str]:
        links = await self.store.look(lambda tx: tx.events.chain("incident/1"))
        return [link.kind for link in links if link.kind.startswith("evidence.")]

    async def secret(self) -> None:
        def step(tx: Transaction) -> None:
            tx.incidents.save(keep_secret(tx, tx.incidents.get(1), self.now))

        await self.store.run(step)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    plans = load_plans()
    store = SqlStore(f"sqlite:///{tmp_path / 'trucban.db'}", Books(plans), "vi", address)
    desk = Desk(store)
    async with ClientSession() as http:
        there = Office(desk, store, address, http)
        console = Act(CONSOLE_IDENTITY, NOW)
        await desk.do(joining.apply_agency, console, load_agency(AGENCY, plans))
        invited = (await desk.do(joining.invite, console, Role.OFFICIAL, "tan_lap", "lan")).value
        await desk.do(joining.redeem, there.act(), invited.code)
        draft = (await desk.do(reports.begin, there.act(), "may cham")).value
        moved = await desk.do(
            dialogs.press, there.act(), draft.id, draft.version, Move("answer", "other")
        )
        draft = moved.value
        await desk.do(dialogs.press, there.act(), draft.id, draft.version, Move("early"))
        there.pages = FilePages(desk, lambda: there.now, address, 1, "vi", silence=0.5)
        listener = Listener("127.0.0.1", port, there.pages.routes())
        await listener.start()
        yield there
        await listener.stop()
    await store.close()


async def test_a_page_takes_one_file_and_shows_its_receipt_and_checksum(office: Office) -> None:
    url = await office.page()
    async with office.http.get(url) as answer:
        page = await answer.text()
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
    assert "cho sự cố số 1" in page
    assert "bí mật nhà nước" in page
    assert "Tối đa 1 MB" in page
    name = {"X-File-Name": "nh%E1%BA%ADt%20k%C3%BD.png"}
    async with office.http.put(url, data=CONTENT, headers=name) as answer:
        assert answer.status == 200
        told = await answer.json()
    assert "1.A1" in told["receipt"]
    assert told["sha256"] == sha256(CONTENT).hexdigest()
    assert await office.files() == [told["sha256"]]
    async with office.http.put(url, data=b"again") as answer:
        assert answer.status == 410
        assert "đã dùng" in (await answer.json())["said"]
    async with office.http.get(url) as answer:  # the phone that has lost the answer
        assert "1.A1" in await answer.text()
    kept = await office.store.look(lambda tx: tx.files.of(1)[0])
    assert (kept.name, kept.media, kept.platform) == ("nhật ký.png", "image/png", "web")
    assert await office.log() == ["evidence.received"]


async def test_a_page_that_is_over_says_what_to_do(office: Office) -> None:
    url = await office.page()
    office.now += timedelta(minutes=30)
    for path in (url, f"{office.address}/gui/{'x' * 32}", f"{office.address}/tep/1.2.3.abc"):
        async with office.http.get(path) as answer:
            page = await answer.text()
            assert answer.status == 410
            assert "Nhắn Trực Ban “gửi tệp”" in page
            assert "0262 000 000" in page
    async with office.http.put(url, data=CONTENT) as answer:
        assert answer.status == 410
    assert await office.files() == []


async def test_the_same_update_twice_is_one_file(office: Office) -> None:
    act = office.act()
    await office.desk.do(evidence.keep, act, Given("a.png", CONTENT))
    with pytest.raises(Repeated):
        await office.desk.do(evidence.keep, act, Given("a.png", CONTENT + b"again"))
    again = (await office.desk.do(evidence.keep, office.act(), Given("b.png", CONTENT))).value
    assert isinstance(again, Kept)
    assert again.known
    assert len(await office.files()) == 1


async def test_what_has_been_altered_is_not_given_out(office: Office) -> None:
    await office.keeps()
    with office.store.engine.begin() as rows:
        rows.exec_driver_sql("UPDATE file_bytes SET content = x'00'")
    shown = (await office.desk.do(handing_out.listed, office.act(), 1)).value
    async with office.http.post(f"{shown.url}/1") as answer:
        assert answer.status == 403
        assert "không còn khớp mã kiểm tra" in await answer.text()


async def test_too_much_is_refused_while_it_comes(office: Office) -> None:
    url = await office.page()

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 65536

    for body in (BytesIO(b"x" * (2**20 + 1)), endless()):
        async with office.http.put(url, data=body) as answer:
            assert answer.status == 413
            assert "tối đa 1 MB" in (await answer.json())["said"]
    async with office.http.put(url, data=b"") as answer:
        assert answer.status == 422
        assert "trống" in (await answer.json())["said"]
    marked = {"X-File-Name": quote("bản chụp đóng dấu mật.png")}
    async with office.http.put(url, data=CONTENT, headers=marked) as answer:
        assert answer.status == 422
        assert "tài liệu mật" in (await answer.json())["said"]
    assert await office.files() == []
    async with office.http.put(url, data=CONTENT) as answer:  # it is still good
        assert answer.status == 200


async def test_a_connection_that_breaks_loses_nothing(office: Office) -> None:
    url = await office.page()
    _, writer = await _half(office, url)
    await _read_from(office, 1)
    writer.close()
    await _read_from(office, 0)
    slow_reader, slow = await _half(office, url)
    said = await slow_reader.readline()  # silent for too long
    assert b" 408 " in said
    slow.close()
    stuck_reader, stuck = await _half(office, url)
    await _read_from(office, 1)
    async with office.http.put(url, data=CONTENT) as answer:  # begun anew on another network
        assert answer.status == 200
    assert await stuck_reader.read() == b""  # that one was cut off
    stuck.close()
    assert await office.files() == [sha256(CONTENT).hexdigest()]


async def test_a_slow_upload_holds_up_nobody(office: Office) -> None:
    pages = [await office.page() for _ in range(4)]
    slow = [await _half(office, url) for url in pages[:3]]
    await _read_from(office, 3)
    async with office.http.get(pages[3]) as answer:
        assert answer.status == 200
    async with office.http.put(pages[3], data=CONTENT) as answer:
        assert answer.status == 503
        assert "Chờ một phút" in (await answer.json())["said"]
    for _, writer in slow:
        writer.close()


async def test_a_link_shows_the_list_and_a_press_downloads(office: Office) -> None:
    await office.keeps()
    shown = (await office.desk.do(handing_out.listed, office.act(), 1)).value
    assert not shown.carried
    async with office.http.get(shown.url) as answer:
        page = await answer.text()
    assert "1.A1" in page
    assert sha256(CONTENT).hexdigest() in page
    assert await office.log() == ["evidence.received"]  # looking is no download
    async with office.http.post(f"{shown.url}/1") as answer:
        assert await answer.read() == CONTENT
        held = answer.headers["Content-Disposition"]
        assert held == "attachment; filename*=UTF-8''1.A1%20nh%E1%BA%ADt%20k%C3%BD.png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert await office.log() == ["evidence.received", "evidence.fetched"]
    async with office.http.post(f"{shown.url}/2") as answer:
        assert answer.status == 403
    forged = shown.url.replace("/tep/1.", "/tep/2.")
    async with office.http.get(forged) as answer:
        assert answer.status == 410
    await _leaves(office)
    async with office.http.post(f"{shown.url}/1") as answer:  # asked again at the moment
        assert answer.status in (403, 410)
        assert CONTENT not in await answer.read()


async def test_a_link_ends_and_a_secret_has_none(office: Office) -> None:
    await office.keeps()
    shown = (await office.desk.do(handing_out.listed, office.act(), 1)).value
    url = await office.page()
    await office.secret()
    async with office.http.post(f"{shown.url}/1") as answer:
        assert answer.status == 403
        assert "bí mật nhà nước" in await answer.text()
    async with office.http.put(url, data=CONTENT) as answer:
        assert answer.status == 403
    assert await office.files() == []
    office.now += timedelta(minutes=15)
    async with office.http.get(shown.url) as answer:
        assert answer.status == 410


async def test_the_code_at_the_pc_leads_there_once(office: Office) -> None:
    await office.keeps()
    shown = (await office.desk.do(handing_out.listed, office.act(), 1)).value
    async with office.http.get(f"{office.address}/ma") as answer:
        assert 'name="code"' in await answer.text()
    spoken = f" {shown.code[:4].lower()}-{shown.code[4:]} "
    async with office.http.post(f"{office.address}/ma", data={"code": spoken}) as answer:
        assert answer.status == 200
        assert re.search(r"/tep/1\.\d+\.\d+\.\S+$", str(answer.url))
        assert "Tải 1.A1" in await answer.text()
    async with office.http.post(f"{office.address}/ma", data={"code": spoken}) as answer:
        assert answer.status == 422
        assert "Mã không đúng" in await answer.text()


async def test_guessing_a_code_is_stopped(office: Office) -> None:
    await office.keeps()
    shown = (await office.desk.do(handing_out.listed, office.act(), 1)).value
    for number in range(8):
        async with office.http.post(f"{office.address}/ma", data={"code": f"AAAA{number}"}) as no:
            assert no.status == 422
    async with office.http.post(f"{office.address}/ma", data={"code": shown.code}) as answer:
        assert answer.status == 429
        assert "Chờ 15 phút" in await answer.text()
    clerk = {"X-Forwarded-For": "203.0.113.7"}  # as the proxy beside us tells it
    code = {"code": shown.code}
    async with office.http.post(f"{office.address}/ma", data=code, headers=clerk) as answer:
        assert answer.status == 200


async def _half(office: Office, url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """An upload of which only a part has come."""
    host, port = office.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    path = url.removeprefix(office.address)
    head = f"PUT {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(CONTENT)}\r\n\r\n"
    writer.write(head.encode() + CONTENT[:1000])
    await writer.drain()
    return reader, writer


async def _read_from(office: Office, uploads: int) -> None:
    """Waits until so many uploads are being read."""
    async with asyncio.timeout(5):
        while office.pages.under_way != uploads:
            await _looks(office)


async def _looks(office: Office) -> None:
    """Somebody else is answered meanwhile."""
    async with office.http.get(f"{office.address}/ma") as answer:
        assert answer.status == 200


async def _leaves(office: Office) -> None:
    """Lan is in the agency's file no more."""
    agency = load_agency(AGENCY, load_plans())
    without = replace(agency, people=tuple(p for p in agency.people if p.id != "lan"))
    await office.desk.do(joining.apply_agency, Act(CONSOLE_IDENTITY, office.now), without)
