"""Zalo's ids are words; aiogram wants numbers: the same for the same, never two for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.zalo import numbers as numbering
from bot.platforms.zalo.numbers import FIRST, Numbers
from tests.platforms.zalo.scripted import LAN, ROOM

IDS = st.from_regex(r"-?[0-9a-f]{20}", fullmatch=True)


@given(st.lists(IDS, min_size=1, unique=True))
def test_numbers_are_of_one_id_only_and_lead_back_to_it(ids: list[str]) -> None:
    numbers = Numbers()
    given_out = {one: numbers.of(one) for one in ids}
    assert {one: numbers.of(one) for one in ids} == given_out
    assert len(set(given_out.values())) == len(ids)
    for one, number in given_out.items():
        assert 2**52 < abs(number) < 2**53
        assert (number < 0) is one.startswith("-")
        assert numbers.external(number) == one


@pytest.mark.parametrize("digest", [7, FIRST - 3, FIRST - 1])
def test_ids_that_meet_in_one_number_are_kept_apart(
    digest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbering, "digest", lambda text: digest)
    numbers = Numbers()
    ids = [f"{number:020x}" for number in range(5)]
    given_out = [numbers.of(one) for one in ids]
    assert len(set(given_out)) == 5
    assert all(2**52 < number < 2**53 for number in given_out)
    assert [numbers.external(number) for number in given_out] == ids
    assert numbers.of(f"-{ids[0]}") == -given_out[0], "groups have numbers of their own"


def test_a_number_that_was_not_given_here_is_nobodys() -> None:
    numbers = Numbers()
    for unknown in (0, numbers.of(LAN) + 1, -numbers.of(LAN), 424242):
        with pytest.raises(LookupError):
            numbers.external(unknown)


def test_the_numbers_are_not_telegrams() -> None:
    assert Numbers().of("424242") != 424242
    assert Numbers().of(f"-{ROOM}") < -(2**52)
