"""Each of the four plans that have steps, from the first phase to the end, and once back."""

import pytest

from tests.flows.finishing import finishes
from tests.flows.house import House
from tests.flows.person import Phone
from tests.flows.test_story import eight_people

TAKE = "Tôi tiếp nhận xử lý"
PAGE, COMPUTER = "Trang thông tin điện tử", "Máy tính, mạng cơ quan"
CHECKS = ("iii_3", "kiem_tra")
WALK = pytest.mark.only("telegram", "what is walked is a plan; both wires carry the rest")


@WALK
@pytest.mark.parametrize(
    ("reporter", "lead", "system"),
    [("nga", "h_linh", COMPUTER), ("lan", "minh", "Một cửa, dịch vụ công")],
    ids=["krong_pac", "my_hao"],
)
async def test_every_plan_ends_and_no_task_stands_twice_after_a_loop(
    house: House, reporter: str, lead: str, system: str
) -> None:
    await house.apply(eight_people)
    await walks(house, house.phones[reporter], house.phones[lead], system)


@WALK
@pytest.mark.parametrize(
    ("reporter", "lead", "system"),
    [("lan", "hung", PAGE), ("nga", "van", COMPUTER)],
    ids=["khanh_hoa", "dong_thap"],
)
async def test_so_do_those_of_the_department(
    department: House, reporter: str, lead: str, system: str
) -> None:
    await walks(department, department.phones[reporter], department.phones[lead], system)


async def walks(house: House, reporter: Phone, who: Phone, system: str) -> None:
    """Every phase to the end of the response, and once back."""
    await reporter.reports("Có", system=system)
    await who.picks(TAKE)
    await who.sees("Sự cố số 1:")
    await _phase(house, who, "II")
    await _phase(house, who, "III")
    await _works(house, who, but="check")
    check = next(t.code for t in await house.tasks(1) if t.step in CHECKS)
    await who.types(f"xong {check}")
    await who.types("2")
    await who.types("1")
    await who.sees("Các bước phải làm lại đã mở")
    await _phase(house, who, "III")
    await _phase(house, who, "IV")
    await _works(house, who)
    await who.types("kết thúc 1")
    await who.picks("Đã khắc phục xong")
    await who.types("Xong.")
    await who.picks("Gửi")
    await house.binh.types("tình hình")
    await house.binh.sees("không có sự cố nào đang mở")
    tasks = await house.tasks(1)
    steps = [task.step for task in tasks if task.kind == "step"]
    assert len(steps) == len(set(steps))
    assert [task.kind for task in tasks].count("recheck") == 1
    assert {t.state for t in tasks if not t.confidential} <= {"done", "dropped", "held"}
    assert (await house.proof()).broken is None


async def _phase(house: House, who: Phone, following: str) -> None:
    await _works(house, who)
    await who.types("giai đoạn 1")
    await who.sees(f"Chọn Đã xong là sang giai đoạn {following}.")  # a task has that button, too
    await who.picks("Đã xong")
    await who.sees(f"sang giai đoạn {following}.")


async def _works(house: House, who: Phone, but: str = "") -> None:
    """Everything that runs, in its order; the check is left to who asks for that."""
    for task in await house.tasks(1):
        skipped = but == "check" and task.step in CHECKS
        if task.runs and task.kind in ("step", "recheck") and not (task.confidential or skipped):
            await finishes(who, task.code)
