"""A code is good once, for 24 hours, however it is typed."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import BadCode
from bot.domain.invitation import ALPHABET, LENGTH, LIFETIME, Invitation, written
from bot.domain.people import Role

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
FRESH = Invitation("ACDEFGHJKM", Role.DUTY, "xa", None, NOON + LIFETIME)


def test_a_code_is_good_until_its_last_moment() -> None:
    assert FRESH.redeem(7, NOON + LIFETIME - timedelta(seconds=1)).used_by == 7
    with pytest.raises(BadCode):
        FRESH.redeem(7, NOON + LIFETIME)


def test_a_code_is_good_once() -> None:
    used = FRESH.redeem(7, NOON)
    for who in (7, 8):
        with pytest.raises(BadCode):
            used.redeem(who, NOON)


@pytest.mark.parametrize("typed", ["acdef-ghjkm", " ACDEF GHJKM\n", "a.c.d.e.f.g.h.j.k.m"])
def test_a_code_as_people_type_it(typed: str) -> None:
    assert written(typed) == FRESH.code


def test_no_sign_of_a_code_is_mistaken_for_another() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert set("01OIL5S8B") & set(ALPHABET) == set()
    assert len(ALPHABET) ** LENGTH > 2**47
    assert written(ALPHABET.lower()) == ALPHABET
