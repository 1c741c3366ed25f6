"""Parts of a long story: what each step asks when it is done, and what few decide."""

from dataclasses import replace

from bot.domain.agency import Agency
from tests.flows.filing import rows
from tests.flows.finishing import finishes
from tests.flows.house import House


async def asked_by_each_step(house: House) -> None:
    """Phase I of the base's steps; what the leaders open, and what a unit is asked to do."""
    codes = {task.step: task.code for task in await house.tasks(1) if task.kind == "step"}
    for step in ("uu_tien", "phuong_an", "bao_cao", "dieu_phoi"):
        await finishes(house.minh, codes[step])
    await house.phuc.types(f"mở {codes['chi_dao']}")
    await house.phuc.sees(f"Đã mở việc {codes['chi_dao']}")
    await finishes(house.phuc, codes["chi_dao"])
    named = next(t for t in await house.tasks(1) if t.units == ("tan_lap",))
    await finishes(house.son, named.code)


async def reviewed(house: House) -> None:
    await house.minh.types("giai đoạn 1")
    await house.minh.picks("Đã xong")
    await house.minh.sees("sang giai đoạn IV.")
    await finishes(house.minh, next(t.code for t in await house.tasks(1) if t.step == "tong_ket"))


async def directed_by_telephone(house: House) -> None:
    binh, phuc = house.binh, house.phuc
    for do in ("Xác nhận", "Không đúng"):
        await binh.types("/chidao 1")
        for label in ("đồng chí Phúc – Phó Chủ tịch, Phó Trưởng Ban Chỉ đạo", "Qua điện thoại"):
            await binh.picks(label)
        await binh.picks("Vừa nói xong")
        await binh.types("Giữ nguyên máy")
        await binh.picks("Gửi")
        await phuc.sees("Xin xác nhận ý kiến chỉ đạo của anh/chị")
        await phuc.picks(do)


async def left_to_few(house: House) -> None:
    """Violations of Krông Pắc; whom the plan of the department of construction lets convene."""
    linh, phuc = house.h_linh, house.phuc
    await house.apply(lambda agency: agency)
    await house.nga.reports("Có", system="Máy tính, mạng cơ quan")
    await linh.picks("Tôi tiếp nhận xử lý")
    number = max(i for (i,) in rows(house, "SELECT id FROM incidents"))
    for phase in ("II", "III"):
        await linh.types(f"giai đoạn {number}")
        await linh.picks("Đã xong")
        await linh.sees(f"sang giai đoạn {phase}.")
    hidden = next(task for task in await house.tasks(int(str(number))) if task.confidential)
    await finishes(phuc, hidden.code)
    await house.apply(_of_another_plan)
    await house.nga.reports("Có", system="Máy tính, mạng cơ quan", told="Máy khác cũng vậy")
    await linh.picks("Tôi tiếp nhận xử lý")
    number = int(str(number)) + 1
    await linh.types(f"triệu tập {number}")
    await linh.picks("Gửi đề nghị")
    await linh.types(f"phát ngôn {number}")
    await linh.sees("chưa phân công người phát ngôn")
    await phuc.sees("Đề nghị triệu tập Đội ứng cứu")
    await phuc.types(f"triệu tập {number}")
    await phuc.picks("Triệu tập Đội")
    await house.binh.sees("quyết định triệu tập", "Gọi điện thoại ngay")


def _of_another_plan(agency: Agency) -> Agency:
    units = tuple(
        replace(one, plan="sxd_khanh_hoa_2022", functions={"steering": "ban_chi_dao"})
        if one.id == "ea_mau"
        else one
        for one in agency.units
    )
    return replace(agency, units=units)
