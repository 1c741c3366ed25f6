"""What a request for support beyond the agency hands back to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.people import Person
from bot.domain.support import Body, Support


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of it. support: the request as it stands. to: leaders who were asked first, or
    nobody is there. next: whom to ask after a refusal. waiting: others still to answer."""

    number: int
    did: Literal["asked", "answered", "requested", "not_asked", "nobody", "nothing_waits"]
    name: str = ""
    support: Support | None = None
    to: Sequence[Person] = ()
    next: Body | None = None
