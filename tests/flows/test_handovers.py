"""Bàn giao: until it is accepted, what is sent goes to whoever hands over (words.md, 2.6)."""

from datetime import time

import pytest

from bot.jobs.sweeps import sweeps
from tests.flows.house import House
from tests.flows.two_duties import on_duty, until, with_two_duties

TAKES, CANNOT = "Nhận bàn giao", "Chưa nhận được"


async def hands_the_shift_over(house: House, words: str = "") -> None:
    await house.binh.types("bàn giao")
    await house.binh.sees("Bàn giao ca trực Trực ban thị xã cho ai?")
    await house.binh.picks("anh Hùng")
    await house.binh.sees("Người nhận ca sẽ thấy")
    if words:
        await house.binh.types(words)
    else:
        await house.binh.picks("Gửi như trên")
    await house.binh.sees("Đã gửi bàn giao ca trực", "Chưa nhận thì tin vẫn về anh/chị")


async def test_until_the_next_person_accepts_pages_go_to_the_one_before(house: House) -> None:
    await with_two_duties(house)
    await house.lan.reports("Có")
    await house.minh.picks("Tôi tiếp nhận xử lý")
    await until(house, time(7, 25), days=1)
    await hands_the_shift_over(house, "Chờ kết quả rà quét máy chủ")
    shown = await house.hung.sees("Anh Bình bàn giao ca trực", "Lời bàn giao: “Chờ kết quả")
    assert "số 1 (anh Minh chủ trì" in shown
    await until(house, time(7, 40))  # the roster names anh Hùng, who has not accepted
    await house.binh.sees("Anh Hùng chưa nhận bàn giao")
    assert await on_duty(house) == ["anh Bình"]
    await house.nga.reports("Chưa rõ")
    await house.binh.sees("XÁC MINH TRƯỚC – sự cố số 2")
    await house.hung.picks(TAKES)
    await house.binh.sees("Anh Hùng đã nhận bàn giao ca trực")
    assert await on_duty(house) == ["anh Hùng"]


async def test_accepted_the_shift_is_the_next_persons_at_once(house: House) -> None:
    await with_two_duties(house)
    await hands_the_shift_over(house)
    assert await on_duty(house) == ["anh Bình"]
    await house.hung.picks(CANNOT)
    await house.binh.sees("Anh Hùng chưa nhận được bàn giao")
    assert await on_duty(house) == ["anh Bình"]
    await hands_the_shift_over(house)
    await house.hung.sees_last("Anh Bình bàn giao ca trực")
    await house.hung.picks(TAKES)
    await house.hung.sees("Đã nhận bàn giao ca trực", "Từ giờ tin đến anh/chị")
    await house.binh.sees("Anh Hùng đã nhận bàn giao ca trực")
    assert await on_duty(house) == ["anh Hùng"]
    await house.hung.types("chưa nhận bàn giao 1")  # the first one: over long ago
    await house.hung.sees_last("Đã trả lời: chưa nhận được bàn giao")
    assert await on_duty(house) == ["anh Hùng"]


@pytest.mark.only("telegram", "the clock, not the network")
async def test_a_handover_that_nobody_answers_is_said_again_and_then_to_the_leaders(
    house: House,
) -> None:
    await with_two_duties(house)
    await hands_the_shift_over(house)
    await house.forward(10)
    await house.hung.sees("Anh Bình chờ anh/chị nhận bàn giao")
    await house.binh.sees("Anh Hùng chưa nhận bàn giao", "Gọi điện cho anh Hùng (0905 000 333)")
    await house.forward(20)
    await house.phuc.sees("Chưa ai nhận bàn giao ca trực", "0905 000 222", "0905 000 333")


@pytest.mark.only("telegram", "the clock, not the network")
async def test_a_shift_that_ended_without_a_handover_is_told_to_both_once(house: House) -> None:
    await with_two_duties(house)
    await house.lan.reports("Có")
    await house.minh.picks("Tôi tiếp nhận xử lý")
    await until(house, time(7, 45), days=1)
    look = sweeps(house.office.desk, house.office.clock)["hand_over"]
    await look()
    await house.binh.sees("Hết ca trực Trực ban thị xã lúc 07:30, chưa bàn giao")
    await house.hung.sees("đổi lúc 07:30, chưa có bàn giao", "Còn 1 sự cố đang mở")
    await look()
    await house.binh.picks("Bàn giao")
    await house.binh.sees("Bàn giao ca trực Trực ban thị xã cho ai?")
    assert await house.hung.count("chưa có bàn giao") == 1


async def test_the_lead_of_an_incident_goes_over_with_its_page_and_the_reporter_hears_it(
    house: House,
) -> None:
    await with_two_duties(house)
    await house.lan.reports("Có")
    await house.minh.picks("Tôi tiếp nhận xử lý")
    await house.lan.sees("Anh Minh", "0905 000 555")
    await house.minh.types("bàn giao 1")
    await house.minh.picks("anh Hùng")
    await house.minh.types("Máy chủ đã ngắt mạng")
    await house.minh.sees("Đã gửi bàn giao việc chủ trì sự cố số 1")
    await house.hung.sees("Anh Minh bàn giao việc chủ trì sự cố số 1", "Máy chủ đã ngắt mạng")
    incident = await house.office.store.look(lambda tx: tx.incidents.get(1))
    minh = incident.lead_id
    await house.hung.picks(TAKES)
    await house.hung.sees("Đã nhận bàn giao việc chủ trì sự cố số 1")
    await house.lan.sees("Anh Hùng", "0905 000 333")
    incident = await house.office.store.look(lambda tx: tx.incidents.get(1))
    page = await house.office.store.look(lambda tx: tx.pages.of(1))
    assert incident.lead_id != minh
    assert page
    assert page.acknowledged == (incident.lead_id,)
    await house.card("Chủ trì ứng cứu: anh Hùng")
    assert {"handover.asked", "handover.accepted"} <= set(await house.log(1))
    await house.minh.types("bàn giao 1")  # it is not his any more
    await house.minh.sees("Việc này do người khác làm")


@pytest.mark.only("telegram", "what is kept, not how it is typed")
async def test_of_a_secret_incident_no_word_is_asked_and_only_its_code_is_said(
    house: House,
) -> None:
    await with_two_duties(house)
    await house.lan.reports("Có", "Có")
    await house.minh.picks("Tôi tiếp nhận xử lý")
    await house.minh.types("bàn giao 1")
    await house.minh.picks("anh Hùng")
    await house.minh.sees("Đã gửi bàn giao việc chủ trì")
    shown = await house.hung.sees("Anh Minh bàn giao việc chủ trì")
    assert "sự cố số 1" not in shown
    await house.hung.picks(TAKES)
    shown = await house.hung.sees("Đã nhận bàn giao việc chủ trì")
    assert "sự cố số 1" not in shown
