"""A roster that was brought in from a file is the roster that people see; its month as a table."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from bot.domain.roster_import import Usual
from bot.domain.roster_plan import RosterPlan
from bot.services import importing
from bot.services.import_outcomes import Preview, Wish
from playbooks.roster_files import read_roster
from tests.flows.handing import b64, got
from tests.flows.house import House
from tests.flows.test_roster import DAY, duty, kinds, midweek, monday, now, until, with_rosters
from tests.playbooks.roster_samples import saved, sheet

WISH = Wish("truc_ban")
MINUTE = timedelta(minutes=1)


def of_this_week(house: House, *names: str) -> bytes:
    """A day for each name, from Monday on."""
    book, made = sheet("Tuần này")
    made.append(["Ngày", "Cán bộ trực"])
    for place, name in enumerate(names):
        made.append([(monday(house) + place * DAY).date(), name])
    return saved(book)


async def sends(house: House, content: bytes, name: str = "lich.xlsx", beside: str = "") -> None:
    """Anh Bình sends a document; nothing is waited for."""
    more = {"caption": beside} if beside else {}
    await house.binh.says(document=name, bytes=b64(content), **more)


async def brought_in(house: House, content: bytes) -> Preview:
    reading = read_roster(content, "lich.xlsx", Usual(), None, now(house).date())
    office = house.office
    return (await office.desk.do(importing.bring_in, office.console(), reading, WISH)).value


async def test_what_was_brought_in_is_on_duty_and_twice_the_same_says_nothing_to_the_group(
    house: House,
) -> None:
    """One calendar edit posted every 10 minutes (OC#1553)."""
    await midweek(house)
    await house.apply(with_rosters(duty()))
    cards = len(await house.binh.all_texts(house.group))
    content = of_this_week(house, *["Đ/c Bình"] * 2, *["Anh Hùng – Đội phó"] * 2, "Bà Lan")
    first = await brought_in(house, content)
    assert first.applied
    assert [(one.name, one.why) for one in first.unsure] == [("Lan", "no_role")]
    await house.minh.types("trực")
    await house.minh.sees("Đang trực: anh Hùng")
    assert not (await brought_in(house, content)).applied
    assert (await kinds(house)).count("roster.imported") == 1
    await brought_in(house, of_this_week(house, *["Bình"] * 4))
    await house.minh.types("trực")
    await house.minh.sees("Đang trực: anh Bình")
    assert len(await house.binh.all_texts(house.group)) == cards


async def test_the_table_of_the_month_goes_to_who_keeps_the_roster(house: House) -> None:
    await midweek(house)
    await house.apply(with_rosters(duty()))
    last = now(house).replace(day=1, hour=7, minute=30, second=0, microsecond=0) - 10 * DAY
    book, made = sheet()
    made.append(["Ngày", "Cán bộ trực"])
    made.append([last.date(), "Hùng"])
    assert (await brought_in(house, saved(book))).applied
    await house.lan.types("bảng trực")
    await house.lan.sees("Việc này do người khác làm")
    await house.binh.types("bảng trực")
    shown = await house.binh.sees(f"Bảng kê trực tháng {last:%m/%Y}", "Hùng: 1 ca, 24 giờ")
    if house.network == "zalo":
        assert "Bảng để in (.xlsx)" in shown
        return
    name, content = await got(house, house.binh, "Bảng kê trực")
    assert name == f"bang-ke-truc-{last:%Y-%m}.xlsx"
    cells = [cell.value for row in load_workbook(io.BytesIO(content)).worksheets[0] for cell in row]
    assert {"DỰ THẢO", "Hùng", "Người lập bảng"} <= set(cells)


async def test_a_file_that_was_asked_for_is_previewed_and_applied_once(house: House) -> None:
    await midweek(house)
    leaders = RosterPlan("lanh_dao", "thi_xa", "leader", "Lãnh đạo trực", ())
    await house.apply(with_rosters(duty(), leaders))
    binh = house.binh
    await house.lan.types("nhập lịch")
    await house.lan.sees("Việc này do người khác làm")
    await binh.types("nhập lịch")
    if house.network == "zalo":
        await binh.sees("Ở kênh này không gửi được tệp lịch trực", "Telegram")
        return
    await binh.picks("Trực ban thị xã")
    await binh.sees("Nhập lịch trực: Trực ban thị xã", "Trong 30 phút, gửi vào đây")
    await sends(house, b"%PDF-1.7", "lich.pdf")
    await binh.sees("Không phải bảng tính", "Lịch trực không thay đổi", "hủy")
    content = of_this_week(house, *["Đ/c Bình"] * 2, *["Anh Hùng – Đội phó"] * 2, "Bà Lan")
    await sends(house, content, beside="tài liệu mật")
    await binh.sees("Dừng lại: tin vừa gửi có dấu hiệu tài liệu mật")
    await sends(house, content)
    await binh.sees("xem trước tệp lich.xlsx", "Đọc được 4 ca", "“Lan”", "Chưa ghi gì.")
    await house.minh.types("trực")
    await house.minh.sees_last("Trực ban thị xã")
    assert not await house.minh.shows("anh Hùng")
    message, data = await binh.button("Áp dụng")
    await binh.picks("Áp dụng")
    await binh.sees_last("Đã nhập lịch: Trực ban thị xã", "Ghi 4 ca")
    await binh.presses(message, data, stale=True)
    await binh.sees_last("Tệp lich.xlsx đã áp dụng lúc", "lần này không có gì thay đổi")
    assert (await kinds(house)).count("roster.imported") == 1
    await house.minh.types("trực")
    await house.minh.sees_last("Đang trực: anh Hùng")
    await sends(house, content)
    await binh.sees_last("Chưa nhận ảnh, tệp: anh/chị chưa có sự cố nào")  # nobody has asked for it


@pytest.mark.only("telegram", "files are sent to bots there alone")
async def test_what_waits_is_let_be_replaced_or_too_old(house: House) -> None:
    """And evidence is evidence again."""
    await midweek(house)
    await house.apply(with_rosters(duty()))
    binh, not_asked = house.binh, "Chưa nhận ảnh, tệp"
    few, many = (of_this_week(house, *["Bình"] * count) for count in (2, 4))
    await binh.types("/nhaplich", chat=house.group)
    await binh.sees("Việc này làm trong tin riêng", chat=house.group)
    await binh.types("nhập lịch")
    await sends(house, few)
    await binh.sees_last("Đọc được 2 ca")
    message, data = await binh.button("Áp dụng")
    await sends(house, many, "lich-moi.xlsx")
    await binh.sees_last("xem trước tệp lich-moi.xlsx", "Đọc được 4 ca")
    assert "Bản xem trước này không còn" in await binh.presses(message, data)
    await binh.types("hủy")
    await binh.sees_last("Đã dừng nhập lịch trực, chưa ghi gì")
    await binh.types("áp dụng")
    await binh.sees_last("Bản xem trước này không còn")
    await sends(house, few)
    await binh.sees_last(not_asked)
    await binh.types("nhập lịch")
    await sends(house, few)
    await binh.sees_last("Đọc được 2 ca")
    await house.apply(lambda agency: replace(agency, rosters=(duty(),)))  # anh Hùng no more
    await binh.types("ap dung")
    await binh.sees_last("Ghi 2 ca")
    await house.apply(with_rosters(duty()))
    await binh.types("nhập lịch")
    await sends(house, of_this_week(house, *["Hùng"] * 3))
    await binh.sees_last("Đọc được 3 ca")
    await house.apply(lambda agency: replace(agency, rosters=(duty(),)))
    await binh.types("ÁP DỤNG")
    await binh.sees_last("người trực đã đổi")
    await until(house, now(house) + 31 * MINUTE)
    await sends(house, few)
    await binh.sees_last(not_asked)
    assert (await kinds(house)).count("roster.imported") == 1
