"""What answering a page hands back to be shown, beside the outcomes of taking it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.escalation import Page
from bot.services.ports.incidents import Brief


@dataclass(frozen=True, slots=True)
class StillAtIt:
    """Vẫn đang xử lý was said. `next_at`: when it is asked again; None: it is not."""

    brief: Brief
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class StillUnclear:
    """An answer to "vẫn đang xử lý?" that says neither: it is asked once more."""

    brief: Brief
    page: Page
