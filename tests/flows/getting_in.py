"""For a long story: a shared telephone is taken up, one more account is linked and put in order."""

import re
from dataclasses import replace

from bot.domain.agency import Agency, Listed, Post
from bot.domain.people import Role
from tests.flows.house import House


async def held_and_told_by_telephone(house: House) -> None:
    """A shared telephone, on which somebody files what a caller says."""
    await house.apply(_with_device)
    code = await house.invite(Role.DUTY, "thi_xa", "may_truc")
    device = await house.join(132, "Máy trực", code)
    await device.types("báo hộ")
    await device.picks("anh Minh")
    for label in ("Điện thoại", "Không nêu tên", "Không có số", "thị xã", "Khác, chưa rõ"):
        await device.picks(label)
    await device.types("trang bi chen quang cao")
    await device.picks("Gửi ngay, bổ sung sau")
    await device.sees("Đã ghi nhận: sự cố số 2")


async def linked_and_ordered(house: House) -> None:
    """One more account of the same person, and which of the two is first."""
    await house.nga.types("/ketnoi")
    found = re.search(r"\b[2-9A-Z]{10}\b", await house.nga.sees("Mã kết nối dùng một lần"))
    assert found
    await house.join(133, "Nga, máy thứ hai", found[0])
    await house.nga.types("/kenh")
    await house.nga.picks("Telegram @trucban_bot – liên lạc được")
    await house.nga.types("yên lặng")
    await house.nga.picks("22 giờ – 6 giờ")
    await house.nga.types("yên lặng tắt")
    await house.nga.sees("Đã tắt giờ yên lặng")


def _with_device(agency: Agency) -> Agency:
    posts, sharers = (Post("duty", "thi_xa", 2),), ("minh", "binh")
    device = Listed("may_truc", "máy trực", "", "", "", posts, None, sharers)
    return replace(agency, people=(*agency.people, device))
