"""A bot on Zalo: the account, its ids, and how its updates come in."""

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import cast
from urllib.parse import urlsplit

from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode
from aiogram.types import Update, User
from aiogram.utils.token import TokenValidationError, validate_token

from bot.platforms.door import Door
from bot.platforms.media import Pictures, is_loopback
from bot.platforms.pace import Pace
from bot.platforms.paced import PacedBot
from bot.platforms.troubles import CannotReach, WrongToken
from bot.platforms.zalo.numbers import Numbers
from bot.platforms.zalo.polling import ZaloPoller
from bot.platforms.zalo.session import BASE, ZaloSession
from bot.platforms.zalo.updates import Own, Unknown, update_of
from bot.platforms.zalo.wire import Wire


class ZaloBot(PacedBot):
    platform = "zalo"
    secret_header = "X-Bot-Api-Secret-Token"
    brings_again = False  # how often it tries is not known

    @property
    def zalo(self) -> ZaloSession:
        return cast(ZaloSession, self.session)

    def called(self, me: User) -> str:
        return f"Zalo {me.first_name}"

    def external(self, number: int) -> str:
        return self.zalo.numbers.external(number)

    def chat_id(self, external: str) -> int | str:
        return external

    def counted_by(self, sent: Callable[[], None]) -> None:
        self.zalo.sent = sent

    def door(self, feed: Callable[[Update], Awaitable[None]], timeout: int) -> Door:
        return ZaloPoller(self, feed, timeout=timeout)

    def read(self, body: bytes) -> Update | None:
        """None: a probe without a body, or what a bot has said."""
        if not body.strip():
            return None
        try:
            return update_of(json.loads(body), self, self.zalo.numbers, self.zalo.name)
        except RecursionError:
            raise Unknown("brackets without end") from None
        except Own:
            return None


def make_zalo_bot(token: str, api: str | None, pace: Pace, hosts: Sequence[str] = ()) -> ZaloBot:
    """The bot at Zalo, or at another address with the same wire. Raises WrongToken, CannotReach.

    `hosts`: from where pictures may be fetched; from loopback, too, when the address is there.
    """
    base = api or BASE
    if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).hostname:
        reason = "an address begins with http:// or https:// and names a host"
        raise CannotReach(base, reason, ZaloBot.platform)
    try:
        validate_token(token)
    except TokenValidationError:
        number = token.partition(":")[0]
        why = "a token reads 123456789:letters-and-digits"
        raise WrongToken(why, number, ZaloBot.platform) from None
    pictures = Pictures(hosts, at_home=is_loopback(urlsplit(base).hostname or ""))
    wire = Wire(base.rstrip("/"), token)
    return ZaloBot(
        token,
        session=ZaloSession(wire, pace, Numbers(), pictures=pictures),
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )
