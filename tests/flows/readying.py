"""Readiness in a story: who is reached, who would be told, and everybody asked for one tap."""

from tests.flows.house import House


async def all_is_ready(house: House) -> None:
    """Looked at, rehearsed, and tested; chị Lan answers, two have gone."""
    binh, lan = house.binh, house.lan
    await binh.types("/lienlac")
    await binh.sees("Kiểm tra liên lạc")
    await binh.types("/aiduocbao")
    for label in ("xã Tân Lập", "Thứ Bảy 02:00", "Cần ứng phó"):
        await binh.picks(label)
    await binh.sees("Chưa có tin nào được gửi")
    await binh.types("/tinthu")
    await binh.picks("Gửi tin thử ngay")
    await lan.sees("[TIN THỬ] Không phải sự cố.")
    await lan.picks("Tôi nhận được")
    await lan.sees("Cảm ơn")
    await house.thao.types("đã chuyển công tác")
    await house.van.types("đã nghỉ việc")
