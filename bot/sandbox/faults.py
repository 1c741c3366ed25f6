"""Faults on order: the next calls of a method fail in the way that a test asks for."""

from dataclasses import dataclass
from http import HTTPStatus

from bot.sandbox.refusals import ApiRefusal

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
    times: int
    status: int | None = None
    retry_after: int | None = None  # seconds
    drop: bool = False
    delay_seconds: float = 0.0

    def refusal(self) -> ApiRefusal | None:
        """None: the call is executed, and only its answer is late or lost."""
        if self.status is None:
            return None
        said = SENTENCES.get(self.status)
        if self.status == HTTPStatus.TOO_MANY_REQUESTS:
            said = f"Too Many Requests: retry after {self.retry_after or 1}"
            return ApiRefusal(self.status, said, self.retry_after or 1)
        return ApiRefusal(self.status, said or f"Error {self.status}", self.retry_after)


class Faults:
    """In memory: a restart is without them."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> None:
        self._ordered.append(fault)

    def clear(self) -> None:
        self._ordered.clear()

    def left(self) -> list[Fault]:
        return list(self._ordered)

    def take(self, method: str) -> Fault | None:
        """The first that fits this method; it is used up by one."""
        for fault in self._ordered:
            if fault.method in ("*", method.lower()):
                fault.times -= 1
                if fault.times <= 0:
                    self._ordered.remove(fault)
                return fault
        return None
