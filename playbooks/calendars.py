"""Public holidays of Vietnam by day, from a library that knows Tết; decreed changes are the
agency's own list (Bộ luật Lao động 2019, Điều 112)."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays

YEARS = range(2024, 2041)


@lru_cache(maxsize=1)
def load_holidays() -> Mapping[date, str]:
    """Each public holiday with its name in Vietnamese; weekends are not among them."""
    return dict(holidays.country_holidays("VN", years=YEARS, language="vi"))
