"""The composition root: settings → store → desk → dispatcher → platforms → jobs."""

import asyncio
import gc
import secrets
import signal
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.types import Update
from aiohttp.web import RouteDef

from bot.config import Settings, listen
from bot.domain.account import Account
from bot.domain.quota import Limit
from bot.gateways import gateways
from bot.jobs import printing
from bot.jobs.auditor import EACH, Auditor
from bot.jobs.scheduler import Ticks
from bot.jobs.sweeps import sweeps
from bot.office import Office, opened
from bot.platforms.clock import PushedClock, SystemClock
from bot.platforms.entrance import Entrance, Posted
from bot.platforms.files_http import MB, FilePages
from bot.platforms.handshake import introduce
from bot.platforms.health import Health
from bot.platforms.listener import Listener
from bot.platforms.media import Incoming
from bot.platforms.meter import Meter
from bot.platforms.other_ways import OtherWays
from bot.platforms.outbox import Outbox, clockwork
from bot.platforms.pace import Pace
from bot.platforms.paced import PacedBot
from bot.platforms.steps import NotDone
from bot.platforms.telegram import make_bot
from bot.platforms.troubles import CannotReach
from bot.platforms.watch import Watch
from bot.platforms.zalo.bot import make_zalo_bot
from bot.services import accounts, joining, planning
from bot.services.ports.store import StoreDown
from bot.views.words import LANGUAGES, all_of
from handlers import routers
from handlers.middlewares import WhoActs
from playbooks.roster_files import read_sent

WAITS = (1, 2, 4, 8)  # seconds between tries to show somebody what was done
HOUR, DAY = 60 * 60, 24 * 60 * 60  # seconds
COUNTED = 1.0  # seconds between two looks at what was sent of a monthly quota


class Program:
    """Everything that runs for the bots, whatever their platforms: `begin`, then `run` until
    `stop`."""

    def __init__(self, settings: Settings, office: Office, *bots: PacedBot) -> None:
        self.settings, self.office, self.bots = settings, office, bots
        incoming = Incoming(settings.file_mb * MB)
        self.dispatcher = make_dispatcher(office, bots, incoming, settings.watch_bot)
        by_account = {bot.account: bot for bot in bots}
        limits = {bot.account: bot.limit for bot in bots if bot.limit}
        self.meter = Meter(office.desk, office.clock, limits)
        for bot in bots:
            bot.counted_by(partial(self.meter.sent, bot.account))
        secret = settings.gateways.get_secret_value() if settings.gateways else ""
        self.other_ways = OtherWays(gateways(secret))
        stirred = office.store.stirred
        ways = (self.meter, self.other_ways)
        self.outbox = Outbox(office.desk, by_account, stirred, office.clock, *ways)
        now = office.clock.now
        self.entrance = Entrance(bots, self._feed, now, settings.poll_timeout, _posted(settings))
        self.auditor, self.ticks = Auditor(office.desk, office.clock), Ticks()
        self.listeners = self._listeners()
        self.watch = Watch(office.desk, now, bots, self.entrance.ways, self.entrance.heard)
        self.ticks.every(settings.watch_seconds, "watch", self.watch.look)
        jobs = sweeps(office.desk, office.clock)
        self.ticks.every(settings.sweep_seconds, "climb", self.auditor.climb)
        self.ticks.every(EACH, "audit", self.auditor.look)
        self.ticks.every(settings.sweep_seconds, "remind", jobs["remind"])
        self.ticks.every(EACH, "hand_over", jobs["hand_over"])
        self.ticks.every(settings.seal_minutes * 60, "seal", jobs["seal"])
        self.ticks.every(EACH, "keep_ready", jobs["keep_ready"])
        self.ticks.every(EACH, "try_messages", jobs["try_messages"])
        self.ticks.every(HOUR, "try_numbers", jobs["try_numbers"])
        self.ticks.every(HOUR, "look_ahead", jobs["look_ahead"])
        self.ticks.every(printing.EACH, "tell_shifts", jobs["tell_shifts"])
        if folder := office.store.folder:
            printer = printing.Printer(office.desk, now, folder, office.language)
            self.ticks.every(printing.EACH, "print", printer.look)
        self.ticks.every(DAY, "forget", jobs["forget"])
        self.ticks.every(COUNTED, "meter", self.meter.flush)

    async def begin(self) -> Sequence[str]:
        """Listens where it is to be asked, and says to the platforms how updates come in; what the
        bots are called.

        A platform that cannot be reached is gone without while another can: it is asked again
        later. Raises CannotListen, WrongToken, BadWebhook, CannotReach; then `close`.
        """
        for listener in self.listeners:
            await listener.start()
        here, missed = [], {}
        for bot in self.bots:
            try:
                me = await introduce(bot, self.entrance.ways[bot.id])
                here.append(Account(bot.platform, str(bot.id), bot.called(me)))
            except CannotReach as error:
                here.append(Account(bot.platform, str(bot.id)))
                self.watch.unmet(bot.id)
                missed[bot.account] = error
        if len(missed) == len(self.bots):
            raise next(iter(missed.values()))
        log = structlog.get_logger("program")
        for account, why in missed.items():
            log.error("platform.unreachable", bot=account, why=why.reason)
        beside = self.other_ways.accounts
        act = clockwork(self.office.clock.now)
        await self.office.desk.do(accounts.enter, act, [*here, *beside])
        kept = tuple(self.office.books.texts.values())
        await self.office.desk.do(planning.enrol, self.office.console(), kept)
        await self.meter.flush()
        return [one.name for one in here if one.name]

    async def run(self) -> None:
        """Until `stop`; WrongToken when the platform takes the last token back."""
        self.ticks.start()
        sending = asyncio.create_task(self.outbox.run(), name="outbox")
        hearing = asyncio.create_task(self.entrance.run(), name="entrance")
        try:
            # One without the other would be deaf or dumb, and nobody would know: better no program.
            done, _ = await asyncio.wait((hearing, sending), return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await self.entrance.stop()
            sending.cancel()
            await asyncio.gather(sending, hearing, return_exceptions=True)
            await asyncio.gather(self.ticks.stop(within=1.0), self.outbox.drain(within=1.0))
            await self.meter.flush()
            await self.close()

    async def stop(self) -> None:
        """No new updates, running steps finished; rows that wait are for the next start."""
        await self.entrance.stop()

    async def close(self) -> None:
        """What `begin` has opened; again it does nothing."""
        await asyncio.gather(*(listener.stop() for listener in self.listeners))
        for bot in self.bots:
            await bot.session.close()
        self.other_ways.close()

    def _listeners(self) -> list[Listener]:
        """Health is asked on its own address where it has one, else beside the webhook and the
        pages that people open."""
        chosen = self.settings
        contact = partial(self.office.desk.look, joining.contact, self.office.console())
        parts = {"outbox": self.outbox.is_well, "updates": self.entrance.is_well}
        parts |= {"audit": self.auditor.is_well, "ticks": self.ticks.is_well}
        public = [*self.entrance.routes, *self._pages()]
        asked: list[tuple[str | None, list[RouteDef]]] = [
            (chosen.webhook_listen if public else None, public),
            (chosen.health_listen, []),
        ]
        own = chosen.health_listen not in (None, asked[0][0])
        asked[own][1].extend(Health(contact, parts).routes())
        return [Listener(*listen(where), routes) for where, routes in asked if where and routes]

    def _pages(self) -> list[RouteDef]:
        chosen, office = self.settings, self.office
        if not chosen.pages:
            return []
        pages = (chosen.pages, chosen.upload_mb, office.language)
        return FilePages(office.desk, office.clock.now, *pages).routes()

    async def _feed(self, bot: Bot, update: Update) -> None:
        """What was done and could not be shown is shown again; only this person waits for it."""
        for wait in (*WAITS, 0):
            try:
                await self.dispatcher.feed_update(bot, update)
                return
            except StoreDown as error:
                raise NotDone(str(error)) from error
            except (TelegramNetworkError, TelegramServerError, TelegramRetryAfter):
                await asyncio.sleep(wait)
        structlog.get_logger("program").warning("answer.lost", update=update.update_id)


def _posted(settings: Settings) -> Posted | None:
    """None: the bots poll. A secret that nobody has chosen is another one at each start."""
    if settings.webhook_url is None:
        return None
    chosen = settings.webhook_secret
    secret = chosen.get_secret_value() if chosen else secrets.token_urlsafe(32)
    return Posted(settings.webhook_url, secret)


def make_dispatcher(
    office: Office, bots: Iterable[PacedBot], incoming: Incoming, watch_bot: int | None = None
) -> Dispatcher:
    dispatcher = Dispatcher(
        desk=office.desk,
        told=set(),
        language=office.language,
        incoming=incoming,
        read_roster=read_sent,
        disable_fsm=True,
    )
    dispatcher.update.outer_middleware(WhoActs(bots, office.clock.now, watch_bot))
    dispatcher.include_routers(*routers())
    return dispatcher


def make_bots(settings: Settings, pace: Callable[[], Pace]) -> list[PacedBot]:
    """Every account of the settings. Raises WrongToken, CannotReach."""
    bots: list[PacedBot] = [
        make_bot(token, settings.telegram_api, pace()) for token in settings.tokens
    ]
    for token in settings.zalo_tokens:
        bot = make_zalo_bot(token, settings.zalo_api, pace(), settings.zalo_media_hosts.split())
        if settings.zalo_monthly:
            bot.limit = Limit(settings.zalo_monthly, settings.zalo_reserved)
        bots.append(bot)
    return bots


def _pace(settings: Settings) -> Pace:
    return Pace(per_second=settings.messages_per_second, group_per_minute=settings.per_group_minute)


async def run_bot(
    settings: Settings,
    say: Callable[[str], None],
    ready: Callable[[Program], Coroutine[Any, Any, None]] | None = None,
) -> None:
    """Run until SIGTERM or SIGINT. Raises what the command line turns into one clear line.

    `ready`: called once it runs, by whoever plays the people too.
    """
    clock = PushedClock(settings.clock_url) if settings.clock_url else SystemClock()
    if isinstance(clock, PushedClock):
        await clock.start()
    try:
        async with opened(settings, clock) as office:
            await _run_in(office, settings, say, ready)
    finally:
        if isinstance(clock, PushedClock):
            await clock.stop()


async def _run_in(
    office: Office,
    settings: Settings,
    say: Callable[[str], None],
    ready: Callable[[Program], Coroutine[Any, Any, None]] | None,
) -> None:
    program = Program(settings, office, *make_bots(settings, partial(_pace, settings)))
    try:
        names = ", ".join(await program.begin())
        _on_signals(lambda: asyncio.ensure_future(program.stop()))
        if ready is None:
            await _say_first_code(office, say)
        say(f"{names}: đang chạy. Dừng: Ctrl+C.")
        for language in LANGUAGES:
            all_of(language)  # read now, not when the first person waits for an answer
        gc.collect()
        gc.freeze()  # everything is built: the collector need not walk it again
        await _until_stopped(program, ready)
    finally:
        await program.close()


async def _until_stopped(
    program: Program, ready: Callable[[Program], Coroutine[Any, Any, None]] | None
) -> None:
    running = asyncio.create_task(program.run(), name="program")
    try:
        if ready is not None:
            await _unless_ended(running, ready(program))
        await running
    finally:
        await program.stop()
        await asyncio.gather(running, return_exceptions=True)


async def _unless_ended(running: "asyncio.Task[None]", work: Coroutine[Any, Any, None]) -> None:
    """The work, given up as soon as the program ends."""
    doing = asyncio.ensure_future(work)
    try:
        await asyncio.wait((running, doing), return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            doing.result()
    finally:
        doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)


async def _say_first_code(office: Office, say: Callable[[str], None]) -> None:
    """Printed until there is an administrator; the code before it is still good."""
    if (await office.desk.look(joining.contact, office.console())).value is None:
        say("Chưa có dữ liệu của cơ quan: python -m bot init TỆP")
        return
    invited = (await office.desk.do(joining.first_code, office.console())).value
    if invited is not None:
        say(f"Mã dùng một lần cho quản trị đầu tiên (24 giờ): {invited.code}")


def _on_signals(stop: Callable[[], object]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows has no handlers in the loop
            loop.add_signal_handler(number, stop)
