"""A page that several lead units answer never says that nobody has it, once one of them has."""

from dataclasses import replace

import pytest

from bot.domain.notice import Notice
from bot.services.outcomes import Board
from bot.services.ports.incidents import Brief
from bot.views import incidents, paging
from bot.views.voice import Voice
from tests.views.values import MINH, NOON, brief, page

LATER = NOON.isoformat()
FACTS = {"minutes": 30, "told": ["chị Vân"], "missed": [], "next": ["chị Vân"], "next_at": LATER}
VI = Voice("vi", NOON)


def half() -> Brief:
    """Anh Minh has acknowledged for the team; of the office nobody has."""
    return replace(brief(lead=MINH, page=page(acknowledged=(2,))), missing=["Văn phòng"])


@pytest.mark.parametrize("names", [["chị Vân"], []])
def test_what_one_lead_unit_has_answered_is_not_said_to_be_nobodys(names: list[str]) -> None:
    facts = {**FACTS, "next": names}
    call = paging.call(Notice("page.respond", 2, facts=facts), half(), False, VI).text
    cry = paging.nobody(Notice("page.nobody_respond", 2, facts=facts), half(), VI).text
    for said in (call, cry):
        assert "chưa ai tiếp nhận" not in said.lower()
        assert "Văn phòng" in said
    assert "12:00" in call


def test_the_board_says_who_leads_and_for_whom_it_waits() -> None:
    board = Board([half()], [], NOON)
    assert "anh Minh" in incidents.standing(half(), board, VI)
    assert "Còn chờ tiếp nhận: Văn phòng" in incidents.standing(half(), board, VI)


def test_as_long_as_nobody_has_it_that_is_said() -> None:
    nobody = replace(half(), missing=(), lead=None)
    said = paging.nobody(Notice("page.nobody_respond", 2, facts=FACTS), nobody, VI).text
    assert "CHƯA AI TIẾP NHẬN sự cố số 12, đã 30 phút" in said
