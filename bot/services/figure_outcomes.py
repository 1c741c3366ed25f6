"""What /thongke hands back to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.figures import Period, Tally
from bot.services.ports.figures import Rounds


@dataclass(frozen=True, slots=True)
class Counted:
    """units: names by id. whole: with its groups. drawn: as a picture. carried: the chat takes
    one; pages: there is a page where one can be opened."""

    period: Period
    tally: Tally
    rounds: Rounds
    units: Mapping[str, str]
    agency: str
    at: datetime
    whole: bool = False
    drawn: bool = False
    carried: bool = True
    pages: bool = False


@dataclass(frozen=True, slots=True)
class PictureLink:
    """Where the picture can be opened; url "": there is no such page."""

    url: str
    until: datetime
    period: Period
