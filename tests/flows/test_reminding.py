"""What was taken up, or asked of a leader, and not finished in the plan's time."""

from tests.flows.filing import begins
from tests.flows.house import House


async def unverified(house: House) -> None:
    """Sent early: everything is chưa rõ, the duty officer is to verify."""
    await begins(house.lan, "Quản lý văn bản")
    await house.lan.types("Máy chạy chậm, chưa rõ vì sao.")
    await house.lan.picks("Gửi ngay, bổ sung sau")
    await house.binh.sees("XÁC MINH TRƯỚC – sự cố số 1")


async def test_who_took_it_to_verify_and_says_nothing_is_not_waited_for(house: House) -> None:
    await unverified(house)
    await house.binh.taps_on("Tôi tiếp nhận xử lý")
    await house.binh.sees("nhận xác minh sự cố số 1", "trước")
    await house.forward(14)
    assert await house.binh.count("CHƯA AI XÁC MINH") == 0
    await house.forward(2)
    await house.binh.sees("CHƯA AI XÁC MINH sự cố số 1")
    await house.binh.types("/nhatky 1")
    await house.binh.sees("nhận xác minh nhưng chưa ghi kết quả")
    assert (await house.proof()).broken is None


async def test_once_it_is_verified_nobody_is_told_again(house: House) -> None:
    await unverified(house)
    await house.binh.taps_on("Tôi tiếp nhận xử lý")
    await house.binh.taps_on("Ghi kết quả xác minh")
    for _ in range(6):
        await house.binh.picks("Không")
    await house.binh.picks("Gửi")
    await house.binh.sees("Thay đổi", "Ghi nhận, theo dõi")
    await house.forward(60)
    await house.binh.types("/tinhhinh")
    assert await house.binh.count("CHƯA AI XÁC MINH") == 0


async def test_a_silent_leader_is_telephoned_once(house: House) -> None:
    await house.lan.reports("Có", "Không", "Không", "Không", "Không", "Có")
    await house.phuc.sees("Xin ý kiến lãnh đạo")
    await house.forward(16)
    await house.binh.sees("Đồng chí Phúc chưa trả lời", "0905 000 666")
    await house.forward(60)
    await house.binh.types("/nhatky 1")
    await house.binh.sees("đồng chí Phúc chưa trả lời sau 15 phút")
    assert await house.binh.count("chưa trả lời về sự cố") == 1
