"""Faults on order: the next calls of a method fail in the way that a test asks for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from bot.sandbox.chats import ZALO
from bot.sandbox.refusals import ApiRefusal
from bot.sandbox.zalo_refusals import ZaloRefusal

SENTENCES = {
    400: "Bad Request: fault on order",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request;"
    " make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(slots=True)
class Fault:
    method: str  # lower case; "*" is any
    times: int  # 0: until it is lifted
    status: int | None = None
    retry_after: int | None = None  # seconds
    drop: bool = False  # it is executed, and its answer lost
    delay_seconds: float = 0.0
    lose: bool = False  # it never gets here
    chat: int | None = None  # only what is meant for this chat
    html: bool = False  # only what carries HTML
    each: bool = False  # every different call once; the same one goes through when it comes again
    description: str | None = None  # of the refusal
    network: str | None = None  # None: either
    http_status: int | None = None  # None: the network's own for this refusal
    page: bool = False  # the answer is a page of HTML, as of a proxy in between

    def fits(self, network: str, method: str, given: Mapping[str, object]) -> bool:
        if self.network not in (None, network) or self.method not in ("*", method.lower()):
            return False
        if self.chat is not None and str(given.get("chat_id")) != str(self.chat):
            return False
        return not self.html or str(given.get("parse_mode", "")).lower() == "html"

    def refusal(self, network: str) -> ApiRefusal | None:
        """None: the call is executed, and only its answer is late or lost."""
        if self.status is None:
            return None
        refusal = self._zalos() if network == ZALO else self._telegrams()
        refusal.http_status = self.http_status or refusal.http_status
        return refusal

    def _zalos(self) -> ApiRefusal:
        assert self.status is not None
        return ZaloRefusal(self.status, self.description or "")

    def _telegrams(self) -> ApiRefusal:
        assert self.status is not None
        said = self.description or SENTENCES.get(self.status)
        if self.status == HTTPStatus.TOO_MANY_REQUESTS:
            said = self.description or f"Too Many Requests: retry after {self.retry_after or 1}"
            return ApiRefusal(self.status, said, self.retry_after or 1)
        return ApiRefusal(self.status, said or f"Error {self.status}", self.retry_after)


class Overtaken(Exception):
    """The network went down while the call waited."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.method)
        self.fault = fault


class Faults:
    """In memory: a restart is without them."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []
        self._met: set[str] = set()  # calls that an `each` has made go wrong

    def order(self, fault: Fault) -> None:
        self._ordered.append(fault)

    def clear(self, network: str | None = None) -> None:
        """All of them, or those that are meant for one network alone."""
        kept = [fault for fault in self._ordered if network and fault.network != network]
        self._ordered[:] = kept
        self._met.clear()

    def left(self) -> list[Fault]:
        return list(self._ordered)

    def take(self, network: str, method: str, given: Mapping[str, object]) -> Fault | None:
        """The first that fits this call; it is used up by one."""
        for fault in self._ordered:
            if fault.fits(network, method, given):
                if fault.each and not self._is_new(method, given):
                    continue
                if fault.times:
                    fault.times -= 1
                    if not fault.times:
                        self._ordered.remove(fault)
                return fault
        return None

    def end_what_waits(self, network: str, method: str) -> None:
        """Overtaken: a call that waits meets an order that lasts until it is lifted."""
        for fault in self._ordered:
            ends = fault.lose or fault.status is not None
            if not fault.times and ends and fault.fits(network, method, {}):
                raise Overtaken(fault)

    def _is_new(self, method: str, given: Mapping[str, object]) -> bool:
        call = f"{method.lower()} {json.dumps(given, sort_keys=True, default=str)}"
        new = call not in self._met
        self._met.add(call)
        return new
