"""What answering a page hands back to be shown, beside the outcomes of taking it."""

from dataclasses import dataclass
from datetime import datetime

from bot.services.ports.incidents import Brief


@dataclass(frozen=True, slots=True)
class StillAtIt:
    """Vẫn đang xử lý was said. `next_at`: when it is asked again; None: it is not."""

    brief: Brief
    next_at: datetime | None
