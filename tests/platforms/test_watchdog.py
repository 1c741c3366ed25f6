"""The watchdog's parts: when somebody is called, what it remembers, whom it hears, what it logs.

With real processes and wires it is watched in tests/faults/test_watchdog.py.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from httpx import AsyncClient
from pydantic import SecretStr
from telegram import Bot

from bot.watchdog import testing
from bot.watchdog.alarm import Alarm, Fault, follow, said
from bot.watchdog.heartbeat import Heartbeat
from bot.watchdog.means import Means
from bot.watchdog.memory import Memory, keep, remembered
from bot.watchdog.program import Watchdog
from bot.watchdog.settings import WatchdogSettings
from bot.watchdog_command import _log_without

NOW = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
AGAIN = 15 * MINUTE
SILENT, LOST = (Fault("silent", "ConnectError"),), (Fault("lost"),)
CALLED = Alarm(NOW, NOW, SILENT)
ALL_WELL = {"store": True, "outbox": True, "updates": True, "audit": True}
AROUND = {"Location": "/healthz"}
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.mark.parametrize(
    ("before", "faults", "after", "says"),
    [
        (Alarm(), (), 0, None),
        (Alarm(), SILENT, 0, "call"),
        (Alarm(NOW, None, SILENT), SILENT, 1, "call"),  # nobody could be told yet
        (Alarm(NOW, None, SILENT), (), 1, None),  # and need not be told that it is over
        (CALLED, SILENT, 14, None),
        (CALLED, LOST, 14, None),  # what joins is said with the next repetition
        (CALLED, LOST, 15, "again"),
        (CALLED, SILENT, -60, "again"),  # the clock was set back: it is not waited for
        (CALLED, SILENT, 60 * 24 * 365, "again"),
        (CALLED, (), -60, "over"),
    ],
)
def test_when_somebody_is_called(
    before: Alarm, faults: tuple[Fault, ...], after: int, says: str | None
) -> None:
    now = NOW + after * MINUTE
    alarm, what = follow(before, faults, now, AGAIN)
    assert what == says
    assert alarm.faults == faults or what == "over"
    if what is not None:
        assert said(alarm, what, now).said_at == (None if what == "over" else now)
    if faults:
        assert alarm.since == (before.since or now)


def test_what_it_knows_is_kept_over_a_restart_and_a_broken_file_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "data" / "state.json"
    assert remembered(file) == Memory()
    known = Memory(CALLED, NOW - MINUTE)
    keep(file, known)
    assert remembered(file) == known
    for broken in ("", "[]", "{}", '{"faults": [1], "since": 5}', "\udcff", "null"):
        file.write_bytes(broken.encode("utf-8", "surrogateescape"))
        assert remembered(file) == Memory(), broken
    file.write_text(
        '{"faults": [], "since": "2026-11-21T02:00:00", "said_at": null, "tested_at": null}'
    )
    assert remembered(file) == Memory(), "a moment without its zone"
    keep(tmp_path, known)  # a folder stands there: it is said, and the watch goes on
    assert "cannot be written" in caplog.text


@asynccontextmanager
async def answering(answer: Answer) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("/healthz"))


async def asked(address: str) -> Fault | None:
    async with AsyncClient(follow_redirects=True) as http:
        return await Heartbeat(http, address, "strange").ask()


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (lambda: web.json_response(ALL_WELL), None),
        (lambda: web.json_response({**ALL_WELL, "audit": False}, status=503), "unwell audit"),
        (lambda: web.json_response({**ALL_WELL, "new": None}), "unwell new"),
        (lambda: web.json_response(ALL_WELL, status=500), "unwell "),
        (lambda: web.json_response(["store"]), "silent strange"),
        (lambda: web.json_response({"ok": True}), "silent strange"),
        (lambda: web.Response(text="<html>log in first</html>"), "silent strange"),
        (lambda: web.Response(body=b"\xff\xfe{"), "silent strange"),
        (lambda: web.Response(status=302, headers=AROUND), "silent TooManyRedirects"),
    ],
)
async def test_a_heart_beats_only_where_the_program_says_that_all_is_well(
    answer: Callable[[], web.StreamResponse], fault: str | None
) -> None:
    async def reply(request: web.Request) -> web.StreamResponse:
        return answer()

    async with answering(reply) as address:
        found = await asked(address)
    assert (found and f"{found.kind} {found.why}") == fault


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/healthz", "http://máy_chủ:8081/healthz"])
async def test_an_address_where_nobody_is_or_can_be_is_a_silent_heart(address: str) -> None:
    """And no end of the watch: whoever is watched cannot know that the watchdog fell over it."""
    assert WatchdogSettings(heartbeat=address).heartbeat == address
    found = await asked(address)
    assert found is not None
    assert found.kind == "silent"


async def test_a_way_that_fails_keeps_no_other_from_being_taken(tmp_path: Path) -> None:
    """Telegram is dead or set wrongly: the letter goes out all the same, and that is a call."""
    came: list[str] = []

    async def takes(request: web.Request) -> web.StreamResponse:
        came.append(await request.text())
        return web.Response()

    async with answering(takes) as address, AsyncClient() as http:
        other = address.replace("http://", "json://").removesuffix("/healthz")
        for base in ("http://127.0.0.1:9", "http://máy_chủ"):
            bot = Bot("737373:nobody-may-see", base_url=f"{base}/bot")
            means = Means(bot, (104,), (other,))
            assert [bool(why) for why in await means.call("🔴 một\nhai")] == [True, False]
        chosen = WatchdogSettings(heartbeat="http://127.0.0.1:9", state=str(tmp_path / "s.json"),
                                  heartbeat_seconds=0.05)  # fmt: skip
        heart = Heartbeat(http, chosen.heartbeat or "", "strange")
        dog = Watchdog(chosen, http, means, heart, None)
        assert not await dog.round()
    assert len(came) == 3
    assert remembered(tmp_path / "s.json").alarm.said_at is not None


def test_no_secret_stands_in_the_log_whoever_says_it(capsys: pytest.CaptureFixture[str]) -> None:
    chosen = WatchdogSettings(
        token=SecretStr("737373:nobody-may-see"),
        ping=SecretStr("https://hc.example.vn/ping/quiet-word"),
        apprise=SecretStr("mailtos://truc:hidden@a.example.vn json://b.example.vn/key"),
    )
    kept = logging.root.handlers[:], logging.root.level
    try:
        _log_without(chosen.secrets)
        for secret in chosen.secrets:
            try:
                raise OSError(f"no way to {secret}/sendMessage")
            except OSError:
                logging.getLogger("httpx").exception("%s failed", f"https://x/bot{secret}/get")
        told = capsys.readouterr().err
    finally:
        logging.root.handlers[:], level = kept
        logging.root.setLevel(level)
    assert told.count("*** ") + told.count("***/get") >= 4
    for secret in ("nobody-may-see", "quiet-word", "hidden", "key"):
        assert secret not in told


@pytest.mark.parametrize(
    ("tested", "is_due"),
    [(-59, False), (-61, True), (0, False), (60 * 24 * 3650, True)],
)
async def test_a_test_page_is_due_though_the_clock_was_years_ahead(
    tmp_path: Path, tested: int, is_due: bool
) -> None:
    """Nobody answers there, so that a round is well only where none was due."""
    file = tmp_path / "s.json"
    keep(file, Memory(Alarm(), datetime.now(UTC) + tested * MINUTE))
    chosen = WatchdogSettings(state=str(file), heartbeat_seconds=0.05, page_minutes=60.0)
    bot = Bot("737373:nobody-may-see", base_url="http://127.0.0.1:9/bot")
    tester = testing.Tester(bot, -100, "trucban_bot", 1.0)
    async with AsyncClient() as http:
        dog = Watchdog(chosen, http, Means(None, (), ()), None, tester)
        assert await dog.round() is not is_due
    assert [one.kind for one in remembered(file).alarm.faults] == ["telegram"] * is_due
