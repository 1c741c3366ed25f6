"""300 people and 5 groups paged at once, another incident in the middle: the program whole, on a
clock that jumps, against the sandbox's own limits."""

from collections import Counter

import pytest

from bench.flood import PAGED, QUIET, REPORTERS, ROOMS, Flooded, flood
from tests.platforms.virtual_time import run


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Flooded:
    return run(flood(tmp_path_factory.mktemp("flood")), QUIET)


def test_305_pages_are_out_within_1_05_of_what_the_limits_allow(flooded: Flooded) -> None:
    assert flooded.makespan <= 1.05 * flooded.optimum


def test_429_is_met_rarely(flooded: Flooded) -> None:
    assert flooded.refused <= 0.01


def test_nobody_is_left_out_and_nobody_told_twice(flooded: Flooded) -> None:
    assert Counter(page.chat for page in flooded.pages) == Counter([*PAGED, *ROOMS])


def test_one_noisy_incident_does_not_delay_the_page_of_another(flooded: Flooded) -> None:
    """uptimepage#71: limits are per bot, so one noisy tenant delays all."""
    assert flooded.reported < flooded.makespan, "in the middle of it"
    assert flooded.second[0] <= 2
    assert flooded.second[2] <= 2, "the whole first rung"


def test_a_press_is_answered_at_once_while_the_queue_is_full(flooded: Flooded) -> None:
    """Slow callback answers: spinner, stale buttons."""
    asked, told = (
        next(one.at for one in flooded.sent if one.method == method and one.chat in (None, who))
        for method, who in (
            ("answerCallbackQuery", REPORTERS[1]),
            ("editMessageText", REPORTERS[1]),
        )
    )
    assert asked - flooded.reported <= 0.5, "what turns on the button ends"
    assert flooded.reported < told, "and the screen follows"
