"""Watches that what people write still finds its way in, account by account (getWebhookInfo).

A way that leads elsewhere is set again, and one that could not be set at the start is set once the
platform answers. What it finds is judged, kept and told by a use case.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.domain.account import Account, Sight
from bot.domain.people import CLOCKWORK_IDENTITY, Act
from bot.platforms.handshake import introduce
from bot.platforms.paced import PacedBot
from bot.platforms.troubles import BadWebhook, CannotReach, WrongToken
from bot.platforms.way_in import WayIn, open_way_in
from bot.services import accounts
from bot.services.desk import Desk

MISSED = 3  # looks that fail one after another


class Watch:
    """`ways`: by bot id, as they were set. `heard`: by bot id, when it last took an update."""

    def __init__(
        self,
        desk: Desk,
        now: Callable[[], datetime],
        bots: Iterable[PacedBot],
        ways: Mapping[int, WayIn],
        heard: Mapping[int, datetime],
    ) -> None:
        self._desk, self._now = desk, now
        self._bots, self._ways, self._heard = tuple(bots), ways, heard
        self._begun = now()
        self._missed = {bot.id: 0 for bot in self._bots}
        self._unmet: set[int] = set()
        self._log = structlog.get_logger("watch")

    def unmet(self, bot_id: int) -> None:
        """The platform could not be reached: nobody has said there yet how updates come in."""
        self._unmet.add(bot_id)

    async def look(self) -> None:
        for bot in self._bots:
            await self._look_at(bot.id, bot)

    async def _look_at(self, bot_id: int, bot: PacedBot) -> None:
        try:
            if bot_id in self._unmet:
                await self._meet(bot_id, bot)
            sight: Sight | None = await self._sight(bot_id, bot)
            self._missed[bot_id] = 0
        except (AiogramError, CannotReach, WrongToken, BadWebhook) as error:
            self._log.warning("watch.unanswered", bot=bot_id, why=type(error).__name__)
            self._missed[bot_id] += 1
            if self._missed[bot_id] < MISSED:
                return
            sight = None
        heard = self._heard.get(bot_id, self._begun)
        act = Act(CLOCKWORK_IDENTITY, self._now())
        done = await self._desk.do(accounts.sighted, act, bot.platform, str(bot_id), sight, heard)
        if sight is not None and done.value:
            await self._open_again(bot_id, bot)

    async def _meet(self, bot_id: int, bot: PacedBot) -> None:
        """Its way in is set even if it seems to be: the secret is another one at each start."""
        me = await introduce(bot, self._ways[bot_id])
        names = {bot_id: bot.called(me)}
        here = [Account(one.platform, str(one.id), names.get(one.id, "")) for one in self._bots]
        await self._desk.do(accounts.enter, Act(CLOCKWORK_IDENTITY, self._now()), here)
        self._unmet.discard(bot_id)

    async def _sight(self, bot_id: int, bot: Bot) -> Sight:
        info = await bot.get_webhook_info()
        return Sight(
            ours=info.url == self._ways[bot_id].url,
            pending=info.pending_update_count,
            error=info.last_error_message or "",
            error_at=info.last_error_date,
        )

    async def _open_again(self, bot_id: int, bot: Bot) -> None:
        """Also where only the secret was changed, which nothing tells but the refusals."""
        try:
            await open_way_in(bot, self._ways[bot_id])
        except AiogramError as error:
            self._log.warning("watch.not_opened", bot=bot_id, why=type(error).__name__)
