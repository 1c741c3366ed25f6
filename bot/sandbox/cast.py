"""The people of the sample agency as phones: they are made, joined and put into their group.

Everything goes the way that real people go: an invitation code typed to the bot, a test message
answered with a tap (on Zalo with a word), a group bound by an administrator.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any

from aiohttp import ClientSession

from bot.sandbox import zalo_cast
from bot.sandbox.chats import TELEGRAM, ZALO
from bot.sandbox.people_side import CastFailed, PeopleSide

__all__ = ["GROUP", "STRANGER", "Cast", "CastFailed"]

GROUP = -1001  # the team's group
STRANGER = 199

Invite = Callable[[str], Awaitable[str]]  # a person's id in the agency's file -> a code


class Cast:
    """`phones`: the sandbox's number of each person of the agency's file, in screen order.

    `on_zalo`: who of them is there; everybody else is on Telegram.
    """

    def __init__(
        self,
        address: str,
        phones: Mapping[str, tuple[int, str]],
        on_zalo: Collection[str] = (),
    ) -> None:
        self._address, self._phones, self._on_zalo = address, phones, on_zalo

    async def enter(
        self,
        invite: Invite,
        admin: str,
        team: list[str],
        unit: str,
        title: str,
        stranger: str,
        unit_name: str = "",
    ) -> None:
        """Once, on the first start. CastFailed: the bot did not answer in time.

        The group is on the administrator's network, with those of the team who are there.
        `unit_name`: what the bot calls the unit, typed on Zalo; the group's title if left out.
        """
        async with ClientSession() as session:
            side = PeopleSide(self._address, session)
            for key, (number, name) in self._phones.items():
                await side.post("people", {"id": number, "name": name, "network": self._of(key)})
            if self._on_zalo:
                await zalo_cast.listening(side)
            codes = [(key, await invite(key)) for key in self._phones]
            try:
                for network in (ZALO, TELEGRAM):  # who is on both is told on the later one first
                    async with asyncio.TaskGroup() as joining:  # a chat takes a message a second
                        for key, code in codes:
                            if self._of(key) == network:
                                joining.create_task(self._join(side, key, code))
            except ExceptionGroup as several:
                raise several.exceptions[0] from None
            there = self._of(admin)
            newcomer = {"id": STRANGER, "name": stranger, "network": there}
            await side.post("people", newcomer)
            members = [self._phones[key][0] for key in team if self._of(key) == there]
            group = {"id": GROUP, "title": title, "members": members, "network": there}
            await side.post("groups", group)
            if there == ZALO:
                await zalo_cast.bind(side, self._phones[admin][0], GROUP, unit_name or title)
            else:
                await _bind(side, self._phones[admin][0], unit)

    def _of(self, key: str) -> str:
        return ZALO if key in self._on_zalo else TELEGRAM

    async def _join(self, side: PeopleSide, key: str, code: str) -> None:
        join = zalo_cast.join if self._of(key) == ZALO else _join
        await join(side, self._phones[key][0], code)


async def _join(side: PeopleSide, number: int, code: str) -> None:
    await side.post(f"people/{number}/say", {"text": f"/start {code}"})
    message, _ = await _find(side, number, "g:test:0")
    await _tap(side, number, number, message, "g:test:0")
    await _find(side, number, "g:menu:0")
    await side.post(f"people/{number}/say", {"text": "/start"})
    await _find(side, number, "g:report:0")


async def _bind(side: PeopleSide, admin: int, unit: str) -> None:
    await side.post(f"people/{admin}/say", {"chat": GROUP, "text": "/gannhom"})
    message, data = await _find(side, GROUP, f":{unit}")
    await _tap(side, admin, GROUP, message, data)


async def _tap(side: PeopleSide, person: int, chat: int, message: int, data: str) -> None:
    body = {"chat": chat, "message": message, "data": data}
    await side.post(f"people/{person}/tap", body)


async def _find(side: PeopleSide, chat: int, ends: str) -> tuple[int, str]:
    """The newest message of a chat with a button whose data ends so; waited for."""

    def found(shown: list[dict[str, Any]]) -> tuple[int, str] | None:
        for message in reversed(shown):
            for button in (each for row in message["buttons"] for each in row):
                if str(button.get("data", "")).endswith(ends):
                    return int(message["id"]), str(button["data"])
        return None

    return await side.wait(chat, ends, found)
