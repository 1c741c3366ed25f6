"""What every process of the program sets up for itself: its loop and its logs."""

import asyncio
import logging
import sys
from collections.abc import Callable

import structlog
from structlog.tracebacks import ExceptionDictTransformer


def fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where it is there; None, the standard loop, elsewhere (Windows)."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def configure_logs(level: str, as_json: bool) -> None:
    """To standard error; what people wrote is never logged, so no trace shows its variables."""
    without_variables = ExceptionDictTransformer(show_locals=False)
    last: list[structlog.typing.Processor] = [
        structlog.processors.ExceptionRenderer(without_variables),
        structlog.processors.JSONRenderer(),
    ]
    if not as_json:
        last = [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that is skipped is no news
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
