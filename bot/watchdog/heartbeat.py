"""Asks the program how it does, over its /healthz; and tells an outside switch that all is well."""

from httpx import AsyncClient, HTTPError, InvalidURL

from bot.watchdog.alarm import Fault

PATIENCE = 10.0  # seconds


class Heartbeat:
    """`address`: of the program's /healthz."""

    def __init__(self, http: AsyncClient, address: str, strange: str) -> None:
        self._http, self._address, self._strange = http, address, strange

    async def ask(self) -> Fault | None:
        try:
            answer = await self._http.get(self._address, timeout=PATIENCE)
            told = answer.json()
        except (HTTPError, InvalidURL) as error:
            return Fault("silent", type(error).__name__)
        except ValueError:
            return Fault("silent", self._strange)
        if not isinstance(told, dict) or "store" not in told:
            return Fault("silent", self._strange)
        ill = [name for name, well in told.items() if well is not True]
        return Fault("unwell", " ".join(ill)) if ill or answer.is_error else None


async def ping(http: AsyncClient, address: str) -> str:
    """A dead man's switch: whoever keeps it calls when this stays out. "": it took it; else why."""
    try:
        answer = await http.get(address, timeout=PATIENCE)
    except (HTTPError, InvalidURL) as error:
        return type(error).__name__
    return f"HTTP {answer.status_code}" if answer.is_error else ""
