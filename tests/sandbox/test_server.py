"""Starting, stopping, going on after a restart; and who is kept out."""

import asyncio
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.wire import TOKEN, Wire, button, keyboard


async def test_everything_survives_a_restart(world_file: Path) -> None:
    first = Sandbox(world_file, TOKEN)
    await first.start()
    async with Wire(first.address) as wire:
        person = await wire.person()
        group = await wire.group(person)
        sent = await wire.send(person, reply_markup=keyboard([button("Có", "a:1")]))
        await wire.say(person, "chưa ai nghe")
        body = {"message": sent["message_id"], "data": "a:1", "wait": 0}
        query = (await wire.people(f"people/{person}/tap", body))["query"]
        await wire.people("clock/push", {"seconds": 30})
        await wire.people("limits", {"callback_seconds": 90})
        await wire.people(f"groups/{group}/kick", {})
        before = await wire.people("state")
        waiting = await wire.updates()
    await first.stop()
    second = Sandbox(world_file, TOKEN)
    await second.start()
    async with Wire(second.address) as wire:
        after = await wire.people("state")
        del before["clock"]["now"], after["clock"]["now"]
        assert after == before
        assert await wire.updates() == waiting
        assert await wire.ok("answerCallbackQuery", callback_query_id=query)
        assert (await wire.people("limits"))["callback_seconds"] == 90
        assert (await wire.send(person))["message_id"] > sent["message_id"]
    await second.stop()


async def test_a_new_world_goes_on_counting_updates(tmp_path: Path) -> None:
    """A bot that remembers which updates it has had is not fooled by a fresh sandbox."""
    first = []
    for name in ("one", "two"):
        sandbox = Sandbox(tmp_path / name, TOKEN)
        await sandbox.start()
        async with Wire(sandbox.address) as wire:
            person = (await wire.people("people", {"name": "x"}))["id"]
            await wire.say(person, "x")
            first.append((await wire.updates())[0]["update_id"])
        await sandbox.stop()
    assert 2**30 < first[0] <= first[1] < 2**31


async def test_stopping_ends_whatever_waits(sandbox: Sandbox, wire: Wire) -> None:
    person = await wire.person()
    sent = await wire.send(person, reply_markup=keyboard([button("Có", "a:1")]))
    body = {"message": sent["message_id"], "data": "a:1", "wait": 60}
    tap = asyncio.create_task(wire.people(f"people/{person}/tap", body))
    (update,) = await wire.updates(timeout=10)
    poll = asyncio.create_task(wire.updates(offset=update["update_id"] + 1, timeout=50))
    clock = asyncio.create_task(wire.people("clock?after=0&wait=60"))
    async with wire.http.get("/sandbox/events") as events:
        await events.content.readline()
        await wire.people("state")
        async with asyncio.timeout(2):
            await sandbox.stop()
            assert await events.content.read()
            assert await poll == []
            assert (await clock)["version"] == 0
            assert (await tap)["answered"] is False


async def test_a_taken_port(sandbox: Sandbox, tmp_path: Path) -> None:
    port = int(sandbox.address.rpartition(":")[2])
    other = Sandbox(tmp_path / "other.db", TOKEN, port=port)
    with pytest.raises(OSError, match="address already in use"):
        await other.start()
    await other.stop()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.vn", ""])
def test_only_loopback(world_file: Path, host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        Sandbox(world_file, TOKEN, host=host)


@pytest.mark.parametrize("token", ["", "secret", "42:", "42:a/b"])
def test_a_token_that_is_none(world_file: Path, token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        Sandbox(world_file, token)


@pytest.mark.parametrize("host", ["evil.vn", "evil.vn:8081", "127.0.0.1.evil.vn", "[x"])
@pytest.mark.parametrize("path", ["/", "/sandbox/state", f"/bot{TOKEN}/getMe"])
async def test_a_name_that_was_rebound(wire: Wire, host: str, path: str) -> None:
    async with wire.http.get(path, headers={"Host": host}) as answer:
        assert answer.status in (400, 403)


async def test_localhost_is_this_machine_too(wire: Wire) -> None:
    async with wire.http.get("/sandbox/state", headers={"Host": "localhost:8081"}) as answer:
        assert answer.status == 200


async def test_forms_of_other_sites(wire: Wire) -> None:
    path, body = "/sandbox/people", b'{"name": "x"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        async with wire.http.post(path, data=body, headers={"Content-Type": kind}) as answer:
            assert answer.status == 415
    kind = "application/json"
    for origin, status in (("https://evil.vn", 403), ("null", 403), (wire.address, 201)):
        headers = {"Content-Type": kind, "Origin": origin}
        async with wire.http.post(path, data=body, headers=headers) as answer:
            assert answer.status == status


async def test_the_page_lets_nothing_else_in(wire: Wire) -> None:
    async with wire.http.get("/") as answer:
        page = await answer.text()
        policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in policy
    assert "<style" not in page
    assert " style=" not in page
    for name in ("app.js", "phone.js", "style.css", "icon.svg"):
        async with wire.http.get(f"/page/{name}") as answer:
            assert answer.status == 200
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "http://" not in (await answer.text()).replace("http://www.w3.org/", "")
    for name in ("nothing.js", "..%2fserver.py", "%2e%2e%2fserver.py"):
        async with wire.http.get(f"/page/{name}") as answer:
            assert answer.status == 404
