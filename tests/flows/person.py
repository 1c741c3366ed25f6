"""A person with a phone, over the sandbox's people's side: types, taps, reads what is shown."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from aiohttp import ClientSession

PATIENCE = 20.0  # real seconds; a test that waits so long has failed
TOLD = "Mở máy thấy chữ đòi tiền, các tệp không mở được."


class Stage:
    """The people's side of one sandbox, over HTTP, and its events as they come."""

    def __init__(self, address: str, http: ClientSession) -> None:
        self._base, self._http = f"{address}/sandbox", http

    async def get(self, path: str, **query: Any) -> Any:
        async with self._http.get(f"{self._base}/{path}", params=query) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        async with self._http.post(f"{self._base}/{path}", json=body) as answer:
            assert answer.status < 300, f"{path}: {answer.status} {await answer.text()}"
            return await answer.json()

    async def delete(self, path: str) -> None:
        async with self._http.delete(f"{self._base}/{path}") as answer:
            assert answer.status == 200, await answer.text()

    async def events(self, after: int) -> AsyncIterator[dict[str, Any]]:
        async with self._http.get(f"{self._base}/events", params={"after": after}) as stream:
            async for line in stream.content:
                if line.startswith(b"data:"):
                    yield json.loads(line[5:])

    async def either(self, *since: tuple[int, int]) -> int:
        """Waits until the bot has said something newer in one of these chats; in which."""
        state = await self.get("state", messages=1)
        async with asyncio.timeout(PATIENCE):
            async for _ in self.events(max(state["event"] - 1, 0)):
                for chat, newest in since:
                    if _answered(await self.messages(chat), newest):
                        return chat
        raise AssertionError("the events have ended")

    async def messages(self, chat: int) -> list[dict[str, Any]]:
        return (await self.get(f"chats/{chat}/messages", last=100))["messages"]

    async def until(self, chat: int, holds: Callable[[list[dict[str, Any]]], Any]) -> Any:
        """What `holds` finds in the chat's messages, as soon as it finds something."""
        state = await self.get("state", messages=1)
        try:
            async with asyncio.timeout(PATIENCE):
                if found := holds(await self.messages(chat)):
                    return found
                async for _ in self.events(state["event"]):
                    if found := holds(await self.messages(chat)):
                        return found
        except TimeoutError:
            pass
        shown = "\n---\n".join(_read(m) for m in (await self.messages(chat))[-6:])
        raise AssertionError(f"never seen in chat {chat}; there is:\n{shown}")


def _read(message: dict[str, Any]) -> str:
    labels = " ".join(f"[{b['label']}]" for row in message["buttons"] for b in row)
    return f"{message['from']['name']}: {message['text']}\n{labels}"


class Phone:
    """`chat`: the private chat; a group's card is read through `in_group`."""

    def __init__(self, stage: Stage, number: int, name: str) -> None:
        self._stage, self.number, self.full = stage, number, name
        self.name = name.partition(" – ")[0]  # without what the page says of the person
        self.taps = 0
        self.toast = ""

    async def types(self, text: str, chat: int | None = None) -> None:
        """Writes, and waits until the bot has answered in that chat."""
        where = chat or self.number
        said = await self._stage.post(f"people/{self.number}/say", {"chat": where, "text": text})
        await self._stage.until(where, lambda ms: _answered(ms, said["id"]))

    async def says(self, chat: int | None = None, **what: Any) -> int:
        """Writes without waiting: a sticker, a picture, words nobody answers."""
        body = {"chat": chat or self.number, **what}
        return int((await self._stage.post(f"people/{self.number}/say", body))["id"])

    async def replies(self, text: str, words: str, group: int) -> None:
        """Replies to a card in a group, and waits until the bot answers in the private chat."""
        before = [m["id"] for m in await self.messages()][-1]
        cards = await self._stage.until(group, lambda ms: [m for m in ms if words in m["text"]])
        await self.says(group, text=text, reply_to=cards[-1]["id"])
        await self._stage.until(self.number, lambda ms: _answered(ms, before))

    async def taps_card(self, words: str, label: str, group: int) -> str:
        """Presses a button of the card with these words; returns what is said over it."""
        message, data = await self.card_button(words, label, group)
        self.taps += 1
        return await self.presses(message, data, group)

    async def card_button(self, words: str, label: str, group: int) -> tuple[int, str]:
        def found(messages: list[dict[str, Any]]) -> tuple[int, str] | None:
            cards = [m for m in messages if m["from"]["is_bot"] and f"{words} ·" in m["text"]]
            return _button(cards, label)

        message, data = await self._stage.until(group, found)
        return int(message), str(data)

    async def number_of(self, label: str) -> int:
        """What is typed in place of pressing an option: its number among those on the screen."""

        def found(messages: list[dict[str, Any]]) -> int | None:
            newest = next(m for m in reversed(messages) if m["from"]["is_bot"])
            buttons = [button for row in newest["buttons"] for button in row]
            options = [b["label"] for b in buttons if b["data"].startswith("c:")]
            return options.index(label) + 1 if label in options else None

        return int(await self._stage.until(self.number, found))

    async def taps_on(self, label: str, chat: int | None = None) -> str:
        """Presses the newest button with this label; returns what is said over it."""
        where = chat or self.number
        message, data = await self._stage.until(where, lambda ms: _button(ms, label))
        self.taps += 1
        return await self.presses(message, data, where)

    async def picks(self, label: str) -> str:
        """Presses, and waits until what was pressed has given way to the next screen; its text."""
        message, data = await self._stage.until(self.number, lambda ms: _button(ms, label))
        before = next(m for m in await self.messages() if m["id"] == message)
        self.taps += 1
        await self.presses(message, data)
        return str(
            await self._stage.until(self.number, lambda ms: _moved_on(ms, message, before["edits"]))
        )

    async def presses(
        self, message: int, data: str, chat: int | None = None, stale: bool = False
    ) -> str:
        body: dict[str, Any] = {"chat": chat or self.number, "message": message, "data": data}
        body |= {"stale": True} if stale else {}
        answer = await self._stage.post(f"people/{self.number}/tap", body)
        assert answer["answered"], f"nothing answered the press on {data}"
        self.toast = answer["text"] or ""
        return self.toast

    async def sees(self, *words: str, chat: int | None = None) -> str:
        """Waits until the bot's newest message with all of these words is there; its text."""
        where = chat or self.number
        return str(await self._stage.until(where, lambda ms: _with(ms, words)))

    async def sees_last(self, *words: str) -> None:
        """Waits until the newest message in the chat says so: an older one may say it, too."""
        await self._stage.until(self.number, lambda ms: _with(ms[-1:], words))

    async def button(self, label: str, chat: int | None = None) -> tuple[int, str]:
        return await self._stage.until(chat or self.number, lambda ms: _button(ms, label))

    async def waits(self, holds: Callable[[list[dict[str, Any]]], Any]) -> Any:
        """What `holds` finds in the private chat's messages, as soon as it finds something."""
        return await self._stage.until(self.number, holds)

    async def screen(self, chat: int | None = None) -> str:
        """The text of the bot's newest message."""
        messages = await self._stage.messages(chat or self.number)
        return next((m["text"] for m in reversed(messages) if m["from"]["is_bot"]), "")

    async def shows(self, words: str) -> bool:
        """Whether these words stand in the bot's newest message."""
        return words in await self.screen()

    async def labels(self) -> list[str]:
        """The buttons of the bot's newest message."""
        messages = await self._stage.messages(self.number)
        newest = next(m for m in reversed(messages) if m["from"]["is_bot"])
        return [button["label"] for row in newest["buttons"] for button in row]

    async def all_texts(self, chat: int | None = None) -> list[str]:
        messages = await self._stage.messages(chat or self.number)
        return [m["text"] for m in messages if m["from"]["is_bot"]]

    async def loud(self) -> list[str]:
        """The texts that came with a sound."""
        messages = await self._stage.messages(self.number)
        return [m["text"] for m in messages if m["from"]["is_bot"] and not m["silent"]]

    async def messages(self, chat: int | None = None) -> list[dict[str, Any]]:
        """The chat as it stands, as the people's side tells it."""
        return await self._stage.messages(chat or self.number)

    async def reports(
        self, *criteria: str, system: str = "Một cửa, dịch vụ công", told: str = TOLD
    ) -> None:
        """The whole form by tapping; `criteria`: c1, c2 … as labels, those left out are "Không"."""
        await self.types("/baosuco")
        await self.picks(system)
        await self.types(told)
        await self.picks("Vừa phát hiện")
        for answer in [*criteria, *["Không"] * (6 - len(criteria))]:
            await self.picks(answer)
        await self.picks("Vẫn đang xảy ra")
        await self.picks("Gửi")
        await self.sees("Đã ghi nhận")

    async def count(self, *words: str, chat: int | None = None) -> int:
        """How many of the bot's messages hold all of these words."""
        texts = await self.all_texts(chat)
        return sum(all(word in text for word in words) for text in texts)

    async def sees_times(self, times: int, *words: str) -> None:
        """Waits until so many of the bot's messages hold all of these words."""
        await self._stage.until(
            self.number, lambda ms: sum(_with([m], words) is not None for m in ms) >= times
        )

    async def menu(self) -> list[str]:
        """The commands behind the menu button."""
        people = (await self._stage.get("state", messages=1))["people"]
        shown = next(one for one in people if one["id"] == self.number)["commands"]
        return [command["command"] for command in shown]

    async def block(self) -> None:
        await self._stage.post(f"people/{self.number}/block", {})

    async def unblock(self) -> None:
        await self._stage.post(f"people/{self.number}/unblock", {})


def _answered(messages: list[dict[str, Any]], said: int) -> bool:
    return any(m["from"]["is_bot"] and m["id"] > said for m in messages)


def _moved_on(messages: list[dict[str, Any]], pressed: int, edits: int) -> str | None:
    message = next(m for m in messages if m["id"] == pressed)
    return str(message["text"]) if message["edits"] > edits else None


def _button(messages: list[dict[str, Any]], label: str) -> tuple[int, str] | None:
    for message in reversed(messages):
        for row in message["buttons"]:
            for button in row:
                if button["label"] == label:
                    return int(message["id"]), str(button["data"])
    return None


def _with(messages: list[dict[str, Any]], words: tuple[str, ...]) -> str | None:
    for message in reversed(messages):
        if message["from"]["is_bot"] and all(word in message["text"] for word in words):
            return str(message["text"])
    return None
