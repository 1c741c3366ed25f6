"""How the command line speaks: calm lines, and one clear line with exit code 2 for trouble.

What the person at the console can put right is said with its cure, never as a trace.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn

import typer
from rich.console import Console

from bot.config import PREFIX, Settings
from bot.environment import BadSettings, load_settings
from bot.platforms.clock import NoClock
from bot.platforms.troubles import BadWebhook, CannotListen, CannotReach, WrongToken
from bot.process import configure_logs, fast_loop
from bot.sandbox.people_side import CastFailed
from playbooks.errors import BadData
from storage.store import CannotOpen

TROUBLE = 2  # exit code: something is to be put right before this can be done

out = Console(highlight=False, soft_wrap=True)


def say(text: str) -> None:
    out.print(text, markup=False)
    sys.stdout.flush()


def stop(text: str) -> NoReturn:
    Console(stderr=True, highlight=False, soft_wrap=True).print(text, markup=False)
    raise typer.Exit(TROUBLE)


def settings_of_here() -> Settings:
    """Those of the environment and of .env; the logs are set up by them."""
    try:
        settings = load_settings(os.environ)
    except BadSettings as error:
        stop("\n".join(error.messages))
    configure_logs(settings.log_level, settings.log_format == "json")
    return settings


def do(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run it; what the person at the console can put right is said in one line."""
    try:
        with asyncio.Runner(loop_factory=fast_loop()) as runner:
            runner.run(work())
    except WrongToken as error:
        stop(
            f"Mã (token) không đúng, bot số {error.number}: chép lại "
            f"{_setting(error.platform, 'token')} từ BotFather (Telegram), Zalo Bot Manager (Zalo)."
        )
    except BadWebhook as error:
        stop(f"Nền tảng không nhận địa chỉ {error.url} ({error.reason}). Sửa TRUCBAN_WEBHOOK_URL.")
    except CannotListen as error:
        stop(
            f"Không nghe được ở {error.address} ({error.reason}). "
            "Sửa TRUCBAN_WEBHOOK_LISTEN hoặc TRUCBAN_HEALTH_LISTEN."
        )
    except CannotReach as error:
        stop(
            f"Không tới được máy chủ Bot API ở {error.address} ({error.reason}). "
            f"Kiểm tra mạng, hoặc đặt {_setting(error.platform, 'api')}."
        )
    except NoClock as error:
        stop(f"Không có đồng hồ mô phỏng ở {error.url}: bỏ TRUCBAN_CLOCK_URL, hoặc chạy make run.")
    except CannotOpen as error:
        stop(f"Không mở hoặc không ghi được cơ sở dữ liệu ({error}). Kiểm tra TRUCBAN_DATABASE.")
    except CastFailed as error:
        stop(f"Chưa dựng được cơ quan mẫu ({error}). Làm lại từ đầu: make run FRESH=1")
    except BadData as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _setting(platform: str, name: str) -> str:
    return f"{PREFIX}{platform}_{name}".upper()
