"""Server-sent events: what happened, in order, resumed by id."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.sandbox.wire import Wire, button, keyboard


class Stream:
    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def next(self) -> tuple[str, Any, int | None]:
        """Kind, body, id; comments are passed over."""
        fields: dict[str, str] = {}
        while True:
            line = (await self._answer.content.readline()).decode()
            assert line, "the stream has ended"
            name, _, value = line.strip().partition(": ")
            if name:
                fields[name] = value
            elif "data" in fields:
                number = int(fields["id"]) if "id" in fields else None
                return fields["event"], json.loads(fields["data"]), number


@asynccontextmanager
async def events(wire: Wire, query: str = "", **headers: str) -> AsyncIterator[Stream]:
    async with wire.http.get(f"/sandbox/events{query}", headers=headers) as answer:
        assert answer.content_type == "text/event-stream"
        stream = Stream(answer)
        kind, body, _ = await stream.next()
        assert kind == "hello"
        assert body["world"]
        yield stream


async def test_what_happens_is_told_in_order(wire: Wire) -> None:
    person = await wire.person()
    async with events(wire) as stream:
        sent = await wire.send(person, reply_markup=keyboard([button("Có", "a:1")]))
        body = {"message": sent["message_id"], "data": "a:1", "wait": 0}
        query = (await wire.people(f"people/{person}/tap", body))["query"]
        await wire.ok("answerCallbackQuery", callback_query_id=query, text="Được")
        edit = {"chat_id": person, "message_id": sent["message_id"], "text": "Xong"}
        await wire.ok("editMessageText", **edit)
        await wire.people("clock/push", {"minutes": 1})
        await wire.people(f"people/{person}/block", {})
        told = [await stream.next() for _ in range(6)]
    assert [kind for kind, _, _ in told] == [
        "message",
        "tap",
        "callback",
        "edit",
        "clock",
        "person",
    ]
    assert told[0][1]["buttons"] == [[{"label": "Có", "data": "a:1"}]]
    assert told[2][1]["text"] == "Được"
    assert told[3][1]["edited"]
    assert told[4][1]["offset_seconds"] == 60
    assert told[5][1]["blocked"]
    ids = [number for _, _, number in told]
    assert ids == sorted(ids)


async def test_a_watcher_goes_on_where_he_was(wire: Wire) -> None:
    person = await wire.person()
    start = (await wire.people("state"))["event"]
    await wire.send(person, "một")
    await wire.send(person, "hai")
    async with events(wire, f"?after={start}") as stream:
        _, first, number = await stream.next()
        assert first["text"] == "một"
    async with events(wire, f"?after={start}", **{"Last-Event-ID": str(number)}) as stream:
        _, second, _ = await stream.next()
        assert second["text"] == "hai"


async def test_who_comes_from_another_world_starts_afresh(wire: Wire) -> None:
    async with events(wire, "?after=9999") as stream:
        kind, _, _ = await stream.next()
        assert kind == "reset"
        await wire.people("clock/push", {"minutes": 1})
        kind, _, _ = await stream.next()
        assert kind == "clock"
