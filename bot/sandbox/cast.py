"""The people of the sample agency as phones: they are made, joined and put into their group.

Everything goes the way that real people go: an invitation code typed to the bot, a test message
answered with a tap, a group bound by an administrator.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import ClientSession

GROUP = -1001  # the team's group
STRANGER = 199
PATIENCE = 30.0  # seconds for the bot to answer one step

Invite = Callable[[str], Awaitable[str]]  # a person's id in the agency's file -> a code


class CastFailed(Exception):
    """The sandbox's people could not be set up; the text says at which step."""


class Cast:
    """`phones`: the sandbox's user id of each person of the agency's file, in screen order."""

    def __init__(self, address: str, phones: Mapping[str, tuple[int, str]]) -> None:
        self._address, self._phones = address, phones

    async def enter(
        self, invite: Invite, admin: str, team: list[str], unit: str, title: str, stranger: str
    ) -> None:
        """Once, on the first start. CastFailed: the bot did not answer in time."""
        async with ClientSession() as session:
            for number, name in self._phones.values():
                await self._post(session, "people", {"id": number, "name": name})
            codes = [(number, await invite(key)) for key, (number, _) in self._phones.items()]
            try:
                async with asyncio.TaskGroup() as joining:  # a chat takes but a message a second
                    for number, code in codes:
                        joining.create_task(self._join(session, number, code))
            except ExceptionGroup as several:
                raise several.exceptions[0] from None
            await self._post(session, "people", {"id": STRANGER, "name": stranger})
            members = [self._phones[key][0] for key in team]
            await self._post(session, "groups", {"id": GROUP, "title": title, "members": members})
            await self._bind(session, self._phones[admin][0], unit)

    async def _join(self, session: ClientSession, number: int, code: str) -> None:
        await self._post(session, f"people/{number}/say", {"text": f"/start {code}"})
        message = await self._waiting_for(session, number, "g:test:0")
        await self._tap(session, number, number, message, "g:test:0")
        await self._waiting_for(session, number, "g:menu:0")
        await self._post(session, f"people/{number}/say", {"text": "/start"})
        await self._waiting_for(session, number, "g:report:0")

    async def _bind(self, session: ClientSession, admin: int, unit: str) -> None:
        await self._post(session, f"people/{admin}/say", {"chat": GROUP, "text": "/gannhom"})
        message, data = await self._find(session, GROUP, f":{unit}")
        await self._tap(session, admin, GROUP, message, data)

    async def _tap(
        self, session: ClientSession, person: int, chat: int, message: int, data: str
    ) -> None:
        body = {"chat": chat, "message": message, "data": data}
        await self._post(session, f"people/{person}/tap", body)

    async def _waiting_for(self, session: ClientSession, chat: int, data: str) -> int:
        return (await self._find(session, chat, data))[0]

    async def _find(self, session: ClientSession, chat: int, ends: str) -> tuple[int, str]:
        """The newest message of a chat with a button whose data ends so; waited for."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    state = await self._get(session, "state")
                    found = _button(state, chat, ends)
                    if found is not None:
                        return found
                    after = state["event"]
                    await self._wait_for_event(session, after)
        except TimeoutError:
            raise CastFailed(f"no answer of the bot in chat {chat}: {ends}") from None

    async def _wait_for_event(self, session: ClientSession, after: int) -> None:
        url = f"{self._address}/sandbox/events"
        async with session.get(url, params={"after": after}) as stream:
            async for line in stream.content:
                if line.startswith(b"id:"):
                    return

    async def _get(self, session: ClientSession, path: str) -> Any:
        async with session.get(f"{self._address}/sandbox/{path}") as answer:
            answer.raise_for_status()
            return await answer.json()

    async def _post(self, session: ClientSession, path: str, body: dict[str, Any]) -> Any:
        async with session.post(f"{self._address}/sandbox/{path}", json=body) as answer:
            if answer.status >= 400:
                raise CastFailed(f"{path}: {answer.status} {await answer.text()}")
            return await answer.json()


def _button(state: Any, chat: int, ends: str) -> tuple[int, str] | None:
    for one in state["chats"]:
        if one["id"] != chat:
            continue
        for message in reversed(one["messages"]):
            for row in message.get("buttons") or []:
                for button in row:
                    if str(button.get("data", "")).endswith(ends):
                        return int(message["id"]), str(button["data"])
    return None
