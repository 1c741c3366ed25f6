"""Whom a page asks: several lead units each answer for themselves; a serious one wakes two at once;
nobody on a rung is no waiting."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.agency import Agency, Post
from tests.flows.filing import reports
from tests.flows.house import House
from tests.flows.lawful import put_in_force
from tests.flows.person import TOLD

pytestmark = pytest.mark.both

PAGE = "TIN KHẨN – sự cố số 1"
OF_THE_OFFICE = Post("responder", "van_phong", 1)


def _with_van(agency: Agency) -> Agency:
    """Vân is of the office, too."""
    people = [replace(p, roles=(OF_THE_OFFICE,)) if p.id == "van" else p for p in agency.people]
    return replace(agency, people=tuple(people))


async def _two_leads(house: House) -> None:
    """The plan, as if it named the office beside the team."""
    await put_in_force(house, "my_hao_2025", "    lead: [focal]\n", "    lead: [focal, office]\n")


def _nobody_waited_for(messages: list[dict[str, Any]]) -> bool:
    """On the incident's newest card."""
    newest = [m["text"] for m in messages if m["text"].startswith("SỰ CỐ SỐ 1")][-1]
    return "Chủ trì ứng cứu: anh Minh" in newest and "Còn chờ" not in newest


async def test_where_the_plan_names_two_lead_units_each_acknowledges(house: House) -> None:
    await house.apply(_with_van)
    await _two_leads(house)
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await house.van.sees(PAGE)
    await house.minh.types("7")
    await house.minh.sees("Anh Minh tiếp nhận sự cố số 1", "Còn chờ tiếp nhận: Văn phòng")
    await house.card("SỰ CỐ SỐ 1", "Chủ trì ứng cứu: anh Minh", "Còn chờ tiếp nhận: Văn phòng")
    await house.forward(5)
    await house.van.sees_times(2, PAGE)
    await house.forward(5)
    assert await house.hung.count(PAGE) == 0  # their unit has answered
    await house.van.types("7")
    await house.van.sees("tiếp nhận sự cố số 1 lúc")
    await house.stage.until(house.group, _nobody_waited_for)
    assert (await house.log(1)).count("page.acknowledged") == 2


async def test_what_is_serious_wakes_person_and_backup_together(house: House) -> None:
    """Quyết định 05/2017, Điều 9: a system of level 4, an outage, and nobody there can cope."""
    given = ("yes", "no", "no", "no", "no", "yes")
    await reports(house.thao, "Dữ liệu dùng chung cấp độ 4", TOLD, given)
    await house.minh.sees(PAGE)
    await house.hung.sees(PAGE)
    page = await house.office.store.look(lambda tx: tx.pages.of(1))
    assert page is not None
    assert page.serious


@pytest.mark.only("telegram", "what stands in the log, whatever the wire")
async def test_a_step_with_nobody_on_call_does_not_wait_its_delay(house: House) -> None:
    """GA#4548: the office leads, too, and has nobody: the others are told at once."""
    await _two_leads(house)
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await house.binh.types("/nhatky 1")
    await house.binh.sees("Không có người trực ở Văn phòng")
    await house.minh.types("7")
    await house.minh.sees("Anh Minh tiếp nhận sự cố số 1")
    assert "Còn chờ" not in await house.card("SỰ CỐ SỐ 1", "Chủ trì ứng cứu: anh Minh")


@pytest.mark.only("telegram", "what a message says, whatever the wire")
async def test_the_message_says_that_escalation_goes_on_until_somebody_acknowledges(
    house: House,
) -> None:
    """OC#275: people do not know it."""
    await house.lan.reports("Có")
    await house.minh.sees(PAGE, "Chưa ai tiếp nhận.", "sẽ báo tiếp anh Hùng")
    await house.forward(5)
    await house.minh.sees_times(2, PAGE)
    await house.forward(5)
    await house.hung.sees(PAGE, "Chưa ai tiếp nhận.", "sẽ báo cả nhóm và Trực ban")
    await house.forward(5)
    await house.hung.sees_times(2, PAGE)
    await house.forward(5)
    await house.binh.sees("CHƯA AI TIẾP NHẬN sự cố số 1", "nhắc lại đến khi có người tiếp nhận")
