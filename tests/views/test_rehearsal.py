"""Ai được báo, as people see it: each gap is named, and the reason is the one of that minute."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.reach import Reach
from bot.domain.rehearsal import Moment, Told
from bot.services.readiness_outcomes import Reached, Rehearsed
from bot.views.rehearsal import shown
from bot.views.screen import plain
from bot.views.voice import Voice
from tests.views.values import NOON

VI, EN = Voice("vi", NOON), Voice("en", NOON)
MINH, HUNG = 2, 3
NAMES = {MINH: "anh Minh", HUNG: "anh Hùng"}
TOLD = Moment(NOON, (Told(MINH, 1, "zalo:2:m"),))
LATER = NOON + timedelta(minutes=10)
WELL = Reached(Reach("reachable"))
FINE = Rehearsed(NOON, "respond", "xã Tân Lập", [TOLD], NAMES, {(NOON, MINH): WELL})


def last(outcome: Rehearsed, voice: Voice) -> str:
    return plain(shown(outcome, voice).text).split("\n")[-1]


@pytest.mark.parametrize("voice", [VI, EN], ids=["vi", "en"])
def test_one_channel_is_a_gap_and_the_last_line_says_so(voice: Voice) -> None:
    one_way = Reached(Reach("one_way", "network", ("telegram",)))
    gaps = replace(FINE, why={(NOON, MINH): one_way})
    assert "⚠" in plain(shown(gaps, voice).text)
    assert "⚠" in last(gaps, voice)
    assert "⚠" not in plain(shown(FINE, voice).text)
    assert last(FINE, voice) == voice.plain("rehearsal.foot")


def test_who_is_told_where_nothing_more_can_be_sent_this_month_is_a_gap() -> None:
    spent = Reached(Reach("unreachable", "quota", ("zalo",)))
    outcome = replace(FINE, why={(NOON, MINH): spent})
    assert "anh Minh (Zalo) ⚠ hết hạn mức tin của tháng" in plain(shown(outcome, VI).text)
    assert "⚠" in last(outcome, VI)


def test_who_is_asleep_by_then_is_named_with_their_hours() -> None:
    """Awake at the first minute, asleep at the tenth; quiet hours are no gap."""
    spared = Moment(LATER, (Told(MINH, 2, "zalo:2:m"),), (HUNG,), (HUNG,))
    why = {**FINE.why, (LATER, MINH): WELL}
    why[LATER, HUNG] = Reached(Reach("spared", "quiet"), "", (22 * 60, 6 * 60))
    outcome = replace(FINE, line=[TOLD, spared], why=why)
    said = plain(shown(outcome, VI).text)
    assert "Anh Hùng: không báo – yên lặng 22:00–06:00: chỉ nhận tin nghiêm trọng" in said
    assert last(outcome, VI) == VI.plain("rehearsal.foot")


def test_who_is_away_by_then_is_named_with_who_stands_in() -> None:
    passed = Moment(LATER, (Told(MINH, 2, "zalo:2:m"),), (HUNG,))
    why = {**FINE.why, (LATER, MINH): WELL}
    why[LATER, HUNG] = Reached(Reach("spared", "away"), "chị Hoa")
    outcome = replace(FINE, line=[TOLD, passed], why=why)
    assert "đang vắng mặt, người thay: chị Hoa" in plain(shown(outcome, VI).text)
    assert "⚠" in last(outcome, VI)
