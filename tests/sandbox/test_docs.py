"""docs/sandbox.md is held to the routes, and its examples are run."""

import json
import re
from pathlib import Path

import pytest

from bot.sandbox.chats import BotAccount
from bot.sandbox.fields import METHODS
from bot.sandbox.server import routes
from bot.sandbox.world import World
from tests.sandbox.wire import TOKEN, Wire

DOC = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text()
NO_JSON = ("/sandbox/events", "/sandbox/files/{id}")
EXAMPLE = re.compile(r"```http\n(\w+) (\S+)\n(.*?)```\n```json\n(.*?)\n```", re.DOTALL)


def test_every_call_has_its_heading(world_file: Path) -> None:
    world = World(world_file, BotAccount(42, "x", "x_bot"))
    there = {
        f"{route.method} {route.path}"
        for route in routes(world, TOKEN)
        if route.path.startswith("/sandbox")
    }
    world.store.close()
    documented = re.findall(r"^### ((?:GET|POST|DELETE) \S+)$", DOC, re.MULTILINE)
    assert sorted(documented) == sorted(there)


def test_every_call_has_an_example(world_file: Path) -> None:
    shown = {(method, path.partition("?")[0]) for method, path, _, _ in EXAMPLE.findall(DOC)}
    for heading in re.findall(r"^### ((?:GET|POST|DELETE) \S+)$", DOC, re.MULTILINE):
        method, _, path = heading.partition(" ")
        pattern = re.sub(r"\\{id\\}", r"-?\\d+", re.escape(path))
        fits = any(verb == method and re.fullmatch(pattern, at) for verb, at in shown)
        assert fits or path in NO_JSON, heading


def test_the_methods_of_the_bot_are_named() -> None:
    listed = DOC.partition("Methods: ")[2].partition(";")[0]
    assert re.findall(r"`(\w+)`", listed) == list(METHODS)


async def test_the_examples_do_what_they_show(wire: Wire) -> None:
    for method, path, body, shown in EXAMPLE.findall(DOC):
        headers = {"Content-Type": "application/json"} if body else {}
        data = body.encode() or None
        async with wire.http.request(method, path, data=data, headers=headers) as answer:
            said = await answer.json()
            assert answer.ok, (path, said)
        expected = json.loads(shown)
        assert set(said) == set(expected), path
        if method == "POST" and not path.startswith("/bot"):
            made_up = {
                key
                for key, value in expected.items()
                if "…" in json.dumps(value, ensure_ascii=False)
            }
            fixed = {key: expected[key] for key in expected.keys() - made_up - {"date", "query"}}
            assert said == said | fixed, path


@pytest.mark.parametrize("part", ["message", "chat"])
async def test_the_shapes_are_whole(wire: Wire, part: str) -> None:
    await wire.person()
    (chat,) = (await wire.people("state"))["chats"]
    if part == "message":
        described = DOC.partition("### A message")[2].partition("##")[0]
        there = set(chat["messages"][0])
    else:
        described = DOC.partition("A chat is ")[2].partition("\n")[0]
        there = set(chat)
    missing = {name for name in there if not re.search(rf"[`\"]{name}\b", described)}
    assert missing == set()
