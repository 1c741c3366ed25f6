"""A moment is one line of text and comes back from it as it was."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moment import Moment

ZONES = st.sampled_from(
    [UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-9, minutes=30))]
)
TIMES = st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001


@given(st.builds(Moment, TIMES, st.none() | TIMES, st.booleans()))
def test_what_is_stored_is_read_again(moment: Moment) -> None:
    read = Moment.read(moment.stored())
    assert read == moment
    assert read.at.utcoffset() == timedelta(0)
    assert read.stored() == moment.stored()
    assert "\n" not in moment.stored()


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "~",
        "/",
        "hôm qua",
        "2026-11-21T05:00:00",
        "2026-11-21T05:00:00+00:00/2026-11-21T06:00:00",
        "2026-11-21T05:00:00/2026-11-21T06:00:00+00:00",
        "2026-11-21T05:00:00+00:00/later",
    ],
)
def test_what_is_no_moment(stored: str) -> None:
    with pytest.raises(ValueError, match=r"naive|isoformat"):
        Moment.read(stored)
