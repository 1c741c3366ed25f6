"""Two bots in one group: what one says there, and whether the other hears it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.wire import TOKEN, Wire

GROUP = -1_000_400_000_077
COMMAND = "/kiemtra@trucban_bot A1"


@pytest.fixture
async def others(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Sandbox]:
    """Another bot's sandbox beside the first; its number is the same, so Wire knows its token."""
    server = Sandbox(tmp_path / "beside.db", TOKEN.replace("42", "43"), username="giamsat_bot")
    await server.start()
    sandbox.meet(server)
    yield server
    await server.stop()


async def posted(server: Sandbox, wire: Wire, text: str, **more: Any) -> Any:
    """What the other bot says in the group."""
    url = f"{server.address}/bot{server.token}/sendMessage"
    async with wire.http.post(url, json={"chat_id": GROUP, "text": text, **more}) as answer:
        body = await answer.json()
        assert body["ok"], body
        return body["result"]


async def founded(server: Sandbox, wire: Wire) -> None:
    for address in (server.address, wire.address):
        base = f"{address}/sandbox"
        async with wire.http.post(f"{base}/people", json={"name": "Bình", "id": 5}) as answer:
            assert answer.ok
        group = {"title": "Kiểm tra", "members": [5], "id": GROUP}
        async with wire.http.post(f"{base}/groups", json=group) as answer:
            assert answer.ok
    await wire.hear()


@pytest.mark.parametrize("mode", ["mine", "theirs"])
async def test_a_command_with_its_name_is_heard(
    sandbox: Sandbox, others: Sandbox, wire: Wire, mode: str
) -> None:
    await founded(others, wire)
    for one, on in ((sandbox, mode == "mine"), (others, mode == "theirs")):
        assert one._world is not None
        one._world.bot_to_bot = on
    await posted(others, wire, "chuyện khác")
    await posted(others, wire, COMMAND)
    (update,) = await wire.hear()
    said = update["message"]
    assert (said["text"], said["chat"]["id"]) == (COMMAND, GROUP)
    assert (said["from"]["is_bot"], said["from"]["username"]) == (True, "giamsat_bot")
    (*_, shown) = (await wire.people(f"chats/{GROUP}/messages"))["messages"]
    assert (shown["text"], shown["from"]["is_bot"]) == (COMMAND, True)


async def test_without_the_mode_nothing_of_it_is_heard(
    sandbox: Sandbox, others: Sandbox, wire: Wire
) -> None:
    await founded(others, wire)
    await posted(others, wire, COMMAND)
    assert await wire.hear() == []
    others_only = -1_000_400_000_078  # a group that the first does not have
    base = f"{others.address}/sandbox"
    group = {"title": "Nơi khác", "members": [5], "id": others_only}
    async with wire.http.post(f"{base}/groups", json=group) as answer:
        assert answer.ok
    await posted(others, wire, COMMAND, chat_id=others_only)
    assert await wire.hear() == []


async def test_one_that_has_stopped_is_beside_nobody(
    sandbox: Sandbox, others: Sandbox, wire: Wire
) -> None:
    await founded(others, wire)
    await others.stop()
    assert (await wire.send(GROUP))["text"] == "Xin chào"
    with pytest.raises(ValueError, match="meets nobody"):
        sandbox.meet(others)
