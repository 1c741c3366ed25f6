"""Shifts change hands in a long story: swapped, stood in for, left, handed over."""

from bot.domain.roster_import import Usual
from bot.services import duty_tables, importing
from bot.services.import_outcomes import Wish
from playbooks.roster_files import read_roster
from tests.flows.handing import b64
from tests.flows.house import HERE, House
from tests.flows.two_duties import DAY, ROSTER, in_turn
from tests.playbooks.roster_samples import saved, sheet


async def shifts_change_hands(house: House) -> None:
    """Anh Bình is on duty now, anh Hùng next; incident 1 is anh Minh's."""
    await house.apply(in_turn(house, starts=house.office.clock.now()))
    binh, hung, minh = house.binh, house.hung, house.minh
    await binh.types("đổi ca")
    await binh.types("1")
    await binh.picks("anh Hùng")
    for label in ("Không đổi lại, trực thay giúp", "Gửi"):
        await binh.picks(label)
    await hung.picks("Đồng ý đổi ca")
    await hung.sees("Đã đổi ca trực với anh Bình")
    await binh.types("trực thay")
    for label in ("Hôm nay", "anh Hùng", "Gửi", "Hủy trực thay"):
        await binh.picks(label)
    await minh.types("vắng mặt")
    for label in ("Ngày mai", "Ốm", "anh Hùng – Đội phó", "Chưa có văn bản", "Gửi", "Đã về"):
        await minh.picks(label)
    await minh.sees("Đã ghi: anh Minh đã về")
    await binh.types("bàn giao")
    for label in ("anh Hùng", "Gửi như trên"):
        await binh.picks(label)
    await hung.picks("Chưa nhận được")
    await hung.sees("Đã trả lời: chưa nhận được bàn giao")


async def the_lead_goes_over(house: House, number: int) -> None:
    """And back again."""
    for giver, taker, name in (
        (house.minh, house.hung, "anh Hùng"),
        (house.hung, house.minh, "anh Minh"),
    ):
        await giver.types(f"bàn giao {number}")
        await giver.picks(name)
        labels = await giver.labels()
        if "Giữ lại" in labels:
            await giver.picks("Giữ lại")
        await giver.picks("Gửi như trên")
        await taker.picks("Nhận bàn giao")
        await taker.sees("Đã nhận bàn giao việc chủ trì")


async def a_roster_is_brought_in(house: House) -> None:
    """From a sheet, at the console and by chat: looked at first, then put in force; and its month's
    table."""
    desk, console = house.office.desk, house.office.console()
    today = house.office.clock.now().astimezone(HERE).date()
    book, made = sheet("Lịch")
    made.append(["Ngày", "Cán bộ trực"])
    made.append([today, "Đ/c Bình"])
    reading = read_roster(saved(book), "lich.xlsx", Usual(), None, today)
    assert (await desk.do(importing.rosters, console)).value
    await desk.do(importing.preview, console, reading, Wish(ROSTER))
    assert (await desk.do(importing.bring_in, console, reading, Wish(ROSTER))).value.applied
    await desk.do(duty_tables.of_month, console, today.replace(day=1))
    made.append([today + DAY, "Anh Hùng"])
    await house.hung.types("nhập lịch")
    await house.hung.says(document="lich.xlsx", bytes=b64(saved(book)))
    await house.hung.sees("Chưa ghi gì")
    await house.hung.picks("Áp dụng")
    await house.hung.sees("Đã nhập lịch: Trực ban thị xã")
