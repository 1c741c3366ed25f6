"""What is told of shifts: whose it is now, the one thing to do next, and no number that is none."""

from typing import Any

import pytest

from bot.domain.notice import Notice
from bot.views import form, handovers, swaps
from bot.views.callbacks import Go
from bot.views.screen import Screen, plain
from bot.views.voice import Voice
from bot.views.words import LANGUAGES
from tests.views.duty_values import OF_COVER, OF_HANDOVER, OF_SWAP
from tests.views.values import NOON, drafts

VOICE = Voice("vi", NOON)
REST = "không cần làm gì thêm"
NAMES = {"giver": "anh Bình", "receiver": "anh Hùng", "head": "Trực ban"}


def handed(kind: str, **facts: Any) -> Screen:
    return handovers.told(Notice(kind, facts={**OF_HANDOVER, **NAMES, **facts}), VOICE)


def go(shown: Screen) -> list[str]:
    buttons = [button for row in shown.rows for button in row]
    return [button.data.pack() for button in buttons if isinstance(button.data, Go)]


@pytest.mark.parametrize("state", ["refused", "lapsed"])
def test_whoever_keeps_the_lead_can_hand_it_to_somebody_else(state: str) -> None:
    shown = handed("handover.settled", state_now=state, to=3, number=12)
    assert REST not in shown.text
    assert go(shown) == ["g:handover:12"]
    secret = handed("handover.settled", state_now=state, to=3, code="SC13")
    assert go(secret) == []  # a secret's number is not said
    assert REST in handed("handover.settled", state_now=state, to=4, number=12).text


def test_a_shift_that_nobody_took_over_is_the_rosters_again() -> None:
    shown = handed("handover.settled", state_now="lapsed", to=3)
    assert "Từ giờ theo lịch trực" in shown.text
    assert go(shown) == []


def test_how_long_it_has_waited_is_said_as_it_is_and_nobody_is_called_without_a_number() -> None:
    waits = plain(handed("handover.waits", to=4).text)
    assert "từ 07:30 ngày 23/11/2026" in waits
    giver = handed("handover.waits", to=3, receiver_phone="").text
    assert giver.endswith("Gọi điện cho anh Hùng.")
    late = plain(handed("handover.late", giver_phone="").text).split("\n")
    assert late[1] == "Anh Bình vẫn giữ; anh Hùng (0906) chưa trả lời."
    assert "trực thay" in late[2]
    assert "trực thay" not in handed("handover.late", number=12).text  # a lead is no shift


def test_refused_the_asker_is_not_told_that_nothing_is_to_be_done() -> None:
    facts = {**OF_SWAP, "asker": "anh Bình", "asked": "anh Hùng"}
    shown = swaps.told(Notice("swap.settled", facts={**facts, "state": "refused"}), VOICE)
    assert "Ca vẫn là của anh/chị" in shown.text
    assert REST not in shown.text
    assert go(shown) == ["g:swap:0"]
    agreed = swaps.told(Notice("swap.settled", facts={**facts, "state": "agreed"}), VOICE).text
    assert agreed.startswith("🟢 <b>Anh Hùng đồng ý đổi ca trực với anh Bình</b>")


def test_whoever_stands_in_is_told_so_and_not_of_a_third_person() -> None:
    for own, begins in ((True, "<b>Anh/chị trực thay</b>"), (False, "<b>Anh Hùng trực thay</b>")):
        facts = {**OF_COVER, "person": "anh Hùng", "own": own}
        assert swaps.told(Notice("cover.given", facts=facts), VOICE).text.startswith(begins)


def test_three_buttons_in_a_row_of_a_question_can_be_read_on_a_telephone() -> None:
    """390 px: a third of it holds a dozen letters, and Telegram cuts what is longer."""
    for draft in drafts():
        for language in LANGUAGES:
            rows = form.question(draft, Voice(language, NOON)).rows
            long = [
                one.label for row in rows if len(row) == 3 for one in row if len(one.label) > 12
            ]
            assert long == [], draft.form.id
