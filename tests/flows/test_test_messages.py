"""/tinthu: everybody answers one tap; who did not, has left or was not reached is named."""

from datetime import timedelta

import pytest

from bot.domain.duty import Absence
from bot.domain.test_round import quarter_of
from tests.flows.filing import rows
from tests.flows.house import HERE, House
from tests.flows.test_contacts import later
from tests.flows.test_readiness import blocks, number_of, sweep, with_tu

HEAD = "[TIN THỬ] Không phải sự cố."
RESULT = "Kết quả tin thử"
THANKS = "Cảm ơn"


async def begins(house: House) -> None:
    await house.binh.types("tin thử")
    await house.binh.sees("Gửi tin thử cho", "thị xã")
    await house.binh.picks("Gửi tin thử ngay")
    await house.binh.sees("Đã gửi tin thử cho")


async def till(house: House, hours: float) -> None:
    """The bot's own clock has heard of it."""
    then = house.office.clock.now() + timedelta(hours=hours)
    await house.forward(int(hours * 60) + 1)
    await house.office.clock.sleep_until(then)


async def test_everybody_answers_once_by_tapping_and_by_typing(house: House) -> None:
    await house.daytime()
    await house.apply(with_tu)
    await begins(house)
    shown = await house.binh.sees("Đã gửi tin thử cho 12 người")
    assert "Chưa kết nối (1): anh Tú (Đội ứng cứu)" in shown
    first = (await house.minh.sees(HEAD)).splitlines()[0]
    assert first == HEAD
    assert "Anh Bình gửi cho mọi người" in await house.minh.sees(HEAD)
    if house.network == "telegram":
        await house.minh.picks("Tôi nhận được")
    else:
        await house.minh.types("0")
    await house.minh.sees(THANKS)
    await house.hung.sees(HEAD)
    await house.hung.types("0")
    await house.hung.sees(THANKS)
    await house.lan.sees(HEAD)
    await house.lan.types("/baosuco")  # a question stands, and the word is no answer to it
    await house.lan.types("toi nhan duoc")
    await house.lan.sees(THANKS)
    await house.thao.sees(HEAD)
    await house.thao.types("ok ạ")  # whatever is written shows that it has arrived
    await house.thao.sees(THANKS)
    await house.nga.sees(HEAD)
    await house.nga.types("đã nghỉ việc")
    await house.nga.sees("Đã ghi: anh/chị đã nghỉ việc")
    shown = await house.binh.sees("Cần sửa danh bạ", "Chị Nga, xã Ea Mẫu")
    assert "sửa mục nga" in shown
    await house.van.sees(HEAD)
    await house.van.types("tôi đã chuyển công tác")
    await house.van.sees("đã chuyển công tác")
    await house.hung.types("nhận được")
    await house.hung.sees("Tin thử này anh/chị đã trả lời")
    await house.binh.types("tin thử")
    await house.binh.sees("Tin thử đang chạy", "6/13 người đã trả lời")
    assert rows(house, "SELECT count(*) FROM round_people WHERE answer != ''") == [(6,)]
    assert rows(house, "SELECT count(*) FROM incidents") == [(0,)]


@pytest.mark.only("telegram", "who stands on the page, not how it comes")
async def test_the_leader_has_one_page_with_everybody_who_did_not_answer(house: House) -> None:
    """Nobody is hidden: silent, not reached, not connected, away; a reminder comes once, by day."""
    await house.daytime()
    await house.apply(with_tu)
    away = await number_of(house, "son")
    now = house.office.clock.now()
    leave = Absence(0, away, now, now + timedelta(days=7), "nghỉ phép")
    await house.office.store.run(lambda tx: tx.rosters.add_absence(leave, 1, now))
    await begins(house)
    await house.minh.picks("Tôi nhận được")
    await house.nga.sees(HEAD)
    await blocks(house, house.hung)
    await till(house, 12)  # midnight: nobody is reminded
    await sweep(house)
    assert await house.lan.count(HEAD) == 1
    await till(house, 7.2)
    await sweep(house)
    await house.lan.sees(HEAD, "Nhắc lại: chưa thấy anh/chị trả lời")
    await sweep(house)
    assert await house.minh.count("Nhắc lại") == 0
    await till(house, 5)
    await sweep(house)
    shown = await house.phuc.sees(RESULT)
    assert "Đã trả lời: 1/13 người." in shown
    assert "Chưa trả lời (9): chị Lan (xã Tân Lập)" in shown
    assert "Không gửi được (1): anh Hùng (Đội ứng cứu)." in shown
    assert "Chưa kết nối (1): anh Tú (Đội ứng cứu)." in shown
    assert "Đang vắng mặt, không tính (1): anh Sơn (xã Tân Lập)." in shown
    assert "Việc cần làm: quản trị mời lại" in shown
    await house.binh.sees(RESULT)
    await sweep(house)
    assert await house.phuc.count(RESULT) == 1
    assert await house.lan.count(HEAD) == 2
    assert await house.lan.count(RESULT) == 0
    before = await house.lan.count(THANKS)
    await house.lan.types("0")  # it is over, and a sign of life all the same
    await house.lan.sees_times(before + 1, THANKS)


@pytest.mark.only("telegram", "when, not how")
async def test_each_quarter_asks_by_itself_once_though_the_program_was_away(house: House) -> None:
    await sweep(house)
    today = house.office.clock.now().astimezone(HERE).date()
    ahead = {each: quarter_of(today + timedelta(days=each)) for each in range(100)}
    days = next(each for each, quarter in ahead.items() if quarter != ahead[0])
    await later(house, days + 8, hour=10)  # some days into it
    await sweep(house)
    assert "Mỗi quý Trực Ban gửi một lần" in await house.minh.sees(HEAD)
    await sweep(house)
    await house.minh.types("nhận được")
    await house.minh.sees(THANKS)
    assert rows(house, "SELECT kind, count(*) FROM rounds") == [("quarterly", 1)]
    assert await house.minh.count(HEAD) == 1


@pytest.mark.only("telegram", "what comes first, not how")
async def test_a_page_that_waits_is_not_taken_by_an_answer_to_a_test(house: House) -> None:
    await house.daytime()
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN – sự cố số 1")
    await begins(house)
    await house.minh.sees(HEAD)
    await house.minh.types("nhận được")
    await house.minh.sees("hay mới xem?")
    await house.minh.types("0")
    await house.minh.sees(THANKS)
    await house.minh.types("7")
    await house.minh.sees("tiếp nhận sự cố số 1")


async def test_only_who_is_in_charge_tests_everybody(house: House) -> None:
    await house.lan.types("tin thử")
    await house.lan.sees("Việc này do người khác làm")
    await house.lan.types("đã nghỉ việc")  # no round waits: it says nothing
    assert rows(house, "SELECT count(*) FROM rounds") == [(0,)]
    await house.phuc.types("tin thử")
    await house.phuc.sees("Gửi tin thử cho 12 người?")
    await house.phuc.types("2")
    await house.phuc.sees("Anh/chị cần làm gì?")
    assert rows(house, "SELECT count(*) FROM rounds") == [(0,)]
