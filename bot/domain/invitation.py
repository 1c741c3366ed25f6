"""An invitation (mã mời): one use, 24 hours, a role in a unit."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.errors import BadCode
from bot.domain.people import Role

LIFETIME = timedelta(hours=24)
# No 0/O, 1/I/L, 5/S, 8/B: it is read aloud over the telephone. 10 characters: 47 bits.
ALPHABET = "234679ACDEFGHJKMNPQRTUVWXYZ"
LENGTH = 10


@dataclass(frozen=True, slots=True)
class Invitation:
    code: str
    role: Role
    unit: str
    person_id: int | None  # somebody who stands in the agency's file; None: whoever comes
    expires_at: datetime
    used_by: int | None = None
    links: bool = False  # one more account of `person_id`, who has made it: nobody else's

    def redeem(self, person_id: int, now: datetime) -> "Invitation":
        """BadCode: used, or older than 24 hours."""
        if self.used_by is not None or now >= self.expires_at:
            raise BadCode
        return replace(self, used_by=person_id)


def written(typed: str) -> str:
    """A code as it was typed, in the way it is stored: capitals, no spaces or dashes."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())
