"""python -m bot watchdog: the second program. It imports nothing of the first but its settings.

What it writes to its standard error holds no token and no address of an alarm.
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from typing import Annotated, Any, NoReturn

import typer

from bot.environment import BadSettings, load
from bot.watchdog.settings import PREFIX, WatchdogSettings

TROUBLE = 2  # exit code: something is to be put right before this can be done

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def watchdog(
    once: Annotated[
        bool, typer.Option("--once", help="Một lượt rồi thôi: mã thoát 0 là ổn, 1 là không (cron).")
    ] = False,
    trial: Annotated[
        bool, typer.Option("--try", help="Cho biết đã đặt gì, thử từng đường, từng cách báo.")
    ] = False,
) -> None:
    """Giám sát Trực Ban từ máy khác: gửi tin thử, hỏi nhịp; im thì báo trực ban."""
    settings = _settings_of_here()
    _log_without(settings.secrets)
    code = asyncio.run(_until_told(_work(settings, once, trial)))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # a thread that still waits for a mail server must not hold it up


async def _work(settings: WatchdogSettings, once: bool, trial: bool) -> int:
    """The exit code. The libraries are imported here, so that nobody else waits for them."""
    from bot.watchdog.means import BadAddress
    from bot.watchdog.program import opened
    from bot.watchdog.trying import Trial

    try:
        async with opened(settings) as dog:
            if trial:
                trying = Trial(dog)
                async for line in trying.lines():
                    typer.echo(line)
                return int(not trying.is_well)
            if once:
                return int(not await dog.round())
            typer.echo("Bot giám sát: đang chạy. Dừng: Ctrl+C.")
            await dog.run()
            return 0
    except BadAddress as error:
        typer.echo(
            f"{PREFIX}APPRISE: địa chỉ thứ {error.place} apprise không dùng được. Xem lại cách viết"
            f" · apprise cannot use address {error.place}",
            err=True,
        )
        return TROUBLE


async def _until_told(work: Coroutine[Any, Any, int]) -> int:
    """SIGTERM and SIGINT end it at once; what is known is on disk after each round."""
    doing = asyncio.ensure_future(work)
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows has no handlers in the loop
            asyncio.get_running_loop().add_signal_handler(number, doing.cancel)
    try:
        return await doing
    except asyncio.CancelledError:
        return 0


def _settings_of_here() -> WatchdogSettings:
    try:
        settings = load(WatchdogSettings, PREFIX, os.environ)
    except BadSettings as error:
        _stop("\n".join(error.messages))
    if lacking := "\n".join(settings.lacking()):
        _stop(lacking)
    return settings


def _stop(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(TROUBLE)


class _Without(logging.Filter):
    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        for secret in self._secrets:
            said = said.replace(secret, "***")
        record.msg, record.args, record.exc_info = said, None, None
        return True


def _log_without(secrets: Iterable[str]) -> None:
    """The wires' own loggers tell every address, tokens and all: they are heard when they warn."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(_Without(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("watchdog").setLevel(logging.INFO)
