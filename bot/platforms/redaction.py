"""Keeps tokens out of what the libraries log: they stand in every address of a bot's API."""

import logging

LOGGERS = (
    *("aiogram", "aiogram.dispatcher", "aiogram.event", "aiogram.middlewares"),
    *("aiohttp.access", "aiohttp.client", "aiohttp.internal", "asyncio"),
)


class Redaction(logging.Filter):
    """`begin` once the wire is used, `end` when it is closed."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if self._token in said:
            record.msg, record.args = said.replace(self._token, "***"), None
        return True

    def begin(self) -> None:
        for name in LOGGERS:
            logging.getLogger(name).addFilter(self)  # once, however often it is asked

    def end(self) -> None:
        for name in LOGGERS:
            logging.getLogger(name).removeFilter(self)
