"""Watches that what people write still finds its way in, account by account (getWebhookInfo).

A way that leads elsewhere is set again. What it finds is judged, kept and told by a use case.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.domain.account import Sight
from bot.domain.people import CLOCKWORK_IDENTITY, Act
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
        platform: str,
        bots: Mapping[int, Bot],
        ways: Mapping[int, WayIn],
        heard: Mapping[int, datetime],
    ) -> None:
        self._desk, self._now, self._platform = desk, now, platform
        self._bots, self._ways, self._heard = bots, ways, heard
        self._begun = now()
        self._missed = dict.fromkeys(bots, 0)
        self._log = structlog.get_logger("watch")

    async def look(self) -> None:
        for bot_id, bot in self._bots.items():
            await self._look_at(bot_id, bot)

    async def _look_at(self, bot_id: int, bot: Bot) -> None:
        try:
            sight: Sight | None = await self._sight(bot_id, bot)
            self._missed[bot_id] = 0
        except AiogramError as error:
            self._log.warning("watch.unanswered", bot=bot_id, why=type(error).__name__)
            self._missed[bot_id] += 1
            if self._missed[bot_id] < MISSED:
                return
            sight = None
        heard = self._heard.get(bot_id, self._begun)
        act = Act(CLOCKWORK_IDENTITY, self._now())
        done = await self._desk.do(accounts.sighted, act, self._platform, str(bot_id), sight, heard)
        if sight is not None and done.value:
            await self._open_again(bot_id, bot)

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
