"""From "doi tien" to the playbook: what it may be, who says so, and the tasks that come of it."""

from collections import Counter
from pathlib import Path

import pytest

from bot.domain.task import Task
from playbooks.scenario_files import load_scenarios
from tests.flows.filing import in_files
from tests.flows.house import House, copy_of, running
from tests.flows.person import Phone
from tests.flows.test_story import eight_people

TOLD = "may em mo khong duoc, hien chu tieng anh doi tien"
TAKE, CHOOSE = "Tôi tiếp nhận xử lý", "Tình huống"
RANSOM = "Tấn công mã hóa phần mềm, dữ liệu, thiết bị"
PLUNDER = "Tấn công phá hoại thông tin, dữ liệu, phần mềm"
BOOK = load_scenarios()["ma_hoa"]
FORBIDDEN = "Việc này do người khác làm"


async def taken(house: House, *criteria: str) -> Phone:
    """Reported by chị Lan of xã Tân Lập, taken by anh Minh."""
    await house.lan.reports(*(criteria or ("Có",)), told=TOLD)
    await house.minh.picks(TAKE)
    await house.minh.sees("tiếp nhận sự cố số 1", "Có thể là")
    return house.minh


async def confirmed(house: House) -> Phone:
    minh = await taken(house)
    await minh.types("tình huống 1")
    await minh.sees("tình huống gì?")
    await minh.picks(RANSOM)
    await minh.sees("Đã ghi sự cố số 1", RANSOM)
    return minh


async def asked_for(house: House, *states: str) -> list[Task]:
    """What the playbook has brought, in these states (none named: in any)."""
    found = [task for task in await house.tasks(1) if task.kind == "scenario"]
    return [task for task in found if not states or task.state in states]


async def stand_once(house: House) -> bool:
    """No step of the plan and no job of a playbook stands as two tasks."""
    counted = Counter(task.step for task in await house.tasks(1) if task.step)
    return set(counted.values()) == {1}


async def picks_from_the_list(who: Phone, group: str, item: str) -> None:
    await who.types("tình huống 1")
    await who.sees("tình huống gì?")
    await who.picks("Tình huống khác")
    await who.picks(group)
    if item not in await who.labels():
        await who.picks("Xem thêm")
    await who.picks(item)


async def test_the_words_name_it_and_a_responder_confirms_it(house: House) -> None:
    minh, lan, son = await taken(house), house.lan, house.son
    shown = await minh.sees("Có thể là: ", f"{RANSOM} (vì “doi tien”)")
    assert await minh.count("Có thể là") == 1
    assert not any("Có thể là" in text for text in await lan.all_texts())  # never asked for a cause
    assert await asked_for(house) == []
    assert len([line for line in shown.split("\n") if not line.startswith("Gõ:")]) <= 6
    await minh.picks(CHOOSE)
    await minh.sees("tình huống gì?", f"• {RANSOM}: vì “doi tien”")
    await minh.picks(RANSOM)
    opened = await asked_for(house, "open")
    assert [task.step for task in opened] == [
        f"ma_hoa.{job}" for job in ("rut_mang", "giu_sao_luu", "ho_so_giay", "chep_bo_nho")
    ]
    codes = ", ".join(task.code for task in opened)
    await minh.sees("Đã ghi sự cố số 1", RANSOM, f"Mở 4 việc của kịch bản: {codes}")

    # one message each, whatever the number of tasks; and the reason stands with each
    await son.sees("Sự cố số 1: 3 việc", f"{opened[0].code} · Rút mạng các máy bị nhiễm")
    await son.types(f"việc {opened[0].code}")
    await son.sees("Người làm: cán bộ UBND xã Tân Lập", "Vì: Mã độc lan qua mạng trong vài phút")
    await son.sees(f"(kịch bản: {RANSOM})", "(còn 9 phút)")
    await son.types(f"nhận {opened[0].code}")
    await son.types(f"xong {opened[0].code} đã rút dây")
    assert await son.count("Sự cố số 1: 3 việc") == 1

    # the reporter: four things to do, and what not to do
    told = await lan.sees("Sự cố số 1: anh Minh đang xử lý", f"1. {BOOK.first[0]}", BOOK.never[0])
    assert BOOK.first[4] not in told
    assert len([line for line in told.split("\n") if not line.startswith("Gõ:")]) == 6
    await lan.picks("Xem đủ")
    await lan.sees("Làm ngay (1/4)", BOOK.first[3])
    await lan.picks("Xem tiếp")
    await lan.sees("Làm ngay (2/4)", BOOK.first[4])

    await house.card("SỰ CỐ SỐ 1", f"Tình huống: {RANSOM}", "Việc của kịch bản: xong")
    await son.types("tình hình 1")
    await son.sees("Việc của kịch bản: xong 1/4", "Giai đoạn I: xong 0/5 bước")
    await house.binh.types("nhật ký 1")
    await house.binh.sees(f"anh Minh xác nhận tình huống: {RANSOM}.")
    await house.binh.types("tình hình")
    await house.binh.sees("đang mở 1 sự cố", f"Tình huống: {RANSOM}")
    assert (await house.proof()).broken is None


async def test_said_twice_nothing_is_done_twice(house: House) -> None:
    minh = await confirmed(house)
    before = await asked_for(house)
    await minh.types("/tinhhuong 1")
    await minh.sees("Đang ghi: ", "tình huống gì?")
    await minh.types("tan cong ma hoa")
    await minh.sees("đang ghi: ", "Không có gì thay đổi")
    await house.binh.types("scenario 1")
    await house.binh.types("1")
    await house.binh.sees("Không có gì thay đổi")
    assert await asked_for(house) == before
    assert (await house.log(1)).count("incident.scenario") == 1
    assert await house.lan.count("đang xử lý, anh/chị cứ bình tĩnh") == 1
    assert await stand_once(house)


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_a_press_that_comes_twice_and_one_that_comes_late(house: House) -> None:
    minh = await taken(house)
    await house.binh.types("tình huống 1")
    late = await house.binh.button("Chưa rõ")
    await minh.types("tình huống 1")
    pressed = await minh.button(RANSOM)
    await minh.presses(*pressed)
    await minh.presses(*pressed, stale=True)
    await minh.sees("Sự cố số 1 · đang mở", f"Tình huống: {RANSOM}")
    await house.binh.presses(*late)  # drawn before somebody else said which one it is
    await house.binh.sees("Nút này đã cũ", f"Tình huống: {RANSOM}")
    assert len(await asked_for(house)) == 4
    assert (await house.log(1)).count("incident.scenario") == 1
    await house.binh.types("tình huống 1")
    await house.binh.sees_last("Đang ghi: ")
    await house.binh.picks("Chưa rõ")
    await house.binh.sees("chưa rõ tình huống", "chưa ai nhận đã bỏ")
    assert await asked_for(house, "open") == []


async def test_another_one_from_the_plans_list_and_back_again(house: House) -> None:
    minh = await confirmed(house)
    kept, *others = await asked_for(house)
    await minh.types(f"phân công {kept.code} anh Hùng")
    await house.hung.types(f"nhận {kept.code}")
    await house.hung.sees(f"nhận việc {kept.code}")
    await picks_from_the_list(minh, "Bị tấn công mạng", "Tấn công từ chối dịch vụ")
    await minh.sees("Đã ghi sự cố số 1", "Tấn công từ chối dịch vụ")
    states = {task.step: task.state for task in await asked_for(house)}
    assert states[kept.step] == "taken"  # somebody does it
    assert {states[task.step] for task in others} == {"dropped"}
    assert any(step.startswith("tu_choi_dich_vu.") for step in states)
    await house.hung.types(f"xong {kept.code} đã rút mạng")

    await minh.types("tình huống 1")
    await minh.sees_last("Đang ghi: ")
    await minh.picks(RANSOM)
    await minh.sees("Mở 3 việc của kịch bản")
    states = {task.step: task.state for task in await asked_for(house)}
    assert states[kept.step] == "done"
    assert {states[task.step] for task in others} == {"open"}
    assert {s for step, s in states.items() if not step.startswith("ma_hoa.")} == {"dropped"}
    assert await stand_once(house)
    assert (await house.log(1)).count("incident.scenario") == 3


async def test_the_phases_go_on_and_back_and_no_task_is_doubled(house: House) -> None:
    """Krông Pắc III.3: the loop opens a playbook's tasks again as it does the plan's steps."""
    await house.apply(eight_people)
    linh = house.h_linh
    await house.nga.reports("Có", system="Máy tính, mạng cơ quan", told=TOLD)
    await linh.picks(TAKE)
    await linh.sees("Có thể là")
    await linh.types("tình huống 1")
    await linh.picks(RANSOM)
    await linh.sees("(tên theo gói nền, Kế hoạch Krông Pắc 2023 không nêu)")
    for phase in ("II", "III"):
        await linh.types("giai đoạn 1")
        await linh.sees("Còn đang làm")
        await linh.picks("Đã xong")
        await linh.sees(f"sang giai đoạn {phase}.")
    found = {task.step: task for task in await asked_for(house)}
    contain, recover = found["ma_hoa.tim_ro_ri"], found["ma_hoa.khoi_phuc_thu"]
    assert (contain.phase, recover.phase) == ("ii", "iii")
    await linh.types(f"nhận {contain.code}")
    await linh.types(f"xong {contain.code} không thấy")
    check = next(task for task in await house.tasks(1) if task.step == "iii_3")
    await house.hung.types(f"nhận {check.code}")
    await house.hung.types(f"xong {check.code}")
    await house.hung.picks("Hệ thống chưa hoạt động ổn định")
    await house.hung.picks("Không ghi thêm")
    await house.hung.sees("Các bước phải làm lại đã mở")
    again = {task.step: task for task in await asked_for(house)}
    assert again.keys() == found.keys()
    assert (again[contain.step].state, again[contain.step].lap) == ("open", 2)
    assert again[recover.step].state == "open"  # nobody has begun it; it stays as it was
    assert await stand_once(house)
    await linh.types("giai đoạn 1")
    await linh.picks("Đã xong")
    await linh.sees("sang giai đoạn III.")
    assert await stand_once(house)
    assert (await house.proof()).broken is None


async def test_what_may_be_somebodys_own_fault_is_for_leaders_alone(house: House) -> None:
    """As the plan's own "xử lý vi phạm" (Krông Pắc III.4), beside which it stands."""
    await house.apply(eight_people)
    linh, phuc = house.h_linh, house.phuc
    await house.nga.reports("Có", system="Máy tính, mạng cơ quan", told="bi xoa het du lieu")
    await linh.picks(TAKE)
    await linh.sees("tiếp nhận sự cố số 1")
    await picks_from_the_list(linh, "Bị tấn công mạng", PLUNDER)
    await linh.sees("Đã ghi sự cố số 1")
    for phase in ("II", "III"):
        await linh.types("giai đoạn 1")
        await linh.picks("Đã xong")
        await linh.sees(f"sang giai đoạn {phase}.")
    hidden = next(task for task in await asked_for(house) if task.confidential)
    await phuc.sees(f"{hidden.code} · {hidden.name}")
    await house.minh.types(f"việc {hidden.code}")
    await house.minh.sees(f"Không có việc {hidden.code}")
    for words in ("việc 1", "nhật ký 1", "tình hình 1"):
        await linh.types(words)
        assert hidden.name not in await linh.screen()
    assert not any(hidden.name in text for text in await house.binh.all_texts(house.group))


async def test_a_playbooks_tasks_keep_no_phase_from_ending(house: House) -> None:
    minh = await confirmed(house)
    steps = [t for t in await house.tasks(1) if t.kind == "step" and t.state == "open"]
    for task in steps:
        await house.binh.types(f"xong {task.code}")
        await house.binh.sees(f"Việc {task.code}")
    done = [t for t in await house.tasks(1) if t.kind == "step" and t.state == "done"]
    if len(done) == len(steps):
        await minh.sees("đã xong các việc của giai đoạn I")
    open_ones = await asked_for(house, "open")
    await minh.types("giai đoạn 1")
    await minh.sees("Giai đoạn I.", "Còn đang làm: ", open_ones[-1].code)


async def test_a_later_answer_opens_what_it_asks_for(house: House) -> None:
    """No service is interrupted as far as anybody knows: no paper has to be taken in."""
    minh = await taken(house, "Không", "Không", "Không", "Có")
    await minh.types("tình huống 1")
    await minh.picks(RANSOM)
    await minh.sees("Mở 3 việc của kịch bản")
    assert "ma_hoa.ho_so_giay" not in {task.step for task in await asked_for(house)}
    await house.son.sees("Sự cố số 1: 2 việc")
    await minh.types("xác minh 1")
    await minh.sees("Xem lại kết quả xác minh")
    await minh.types("sửa 1")
    await minh.sees("Gợi ý: Có, vì “mo khong duoc”. Anh/chị xác nhận.")
    await minh.picks("Có")
    await minh.picks("Gửi")
    await minh.sees("Đã ghi câu trả lời cho sự cố số 1")
    paper = [task for task in await asked_for(house) if task.step == "ma_hoa.ho_so_giay"]
    assert [task.state for task in paper] == ["open"]
    await house.son.sees("Sự cố số 1: 1 việc", "Nhận hồ sơ giấy")
    assert await stand_once(house)


async def test_who_verifies_sees_what_the_words_suggest_and_answers(house: House) -> None:
    lan, binh = house.lan, house.binh
    await lan.types(TOLD)
    await lan.picks("Có")
    await lan.picks("Một cửa, dịch vụ công")
    await lan.picks("Gửi ngay, bổ sung sau")
    await lan.sees("Đã ghi nhận: sự cố số 1")
    await binh.picks(TAKE)
    await binh.sees("nhận xác minh sự cố số 1", "Có thể là: ", "“doi tien”")
    await binh.types("tình huống 1")
    await binh.picks(RANSOM)
    await binh.sees("Việc của kịch bản mở khi có người tiếp nhận xử lý")
    assert await asked_for(house) == []
    await binh.types("xác minh 1")
    await binh.sees("Câu 1/7", "Gợi ý: Có, vì “mo khong duoc”")
    incident = await house.office.store.look(lambda tx: tx.incidents.get(1))
    assert incident.answers == {}  # nothing is answered by the machine
    for answer in ("Có", "Không", "Chưa rõ", "Không", "Không", "Không"):
        await binh.picks(answer)
    await binh.picks("Gửi")
    await house.minh.picks(TAKE)
    await house.minh.sees("tiếp nhận sự cố số 1", f"Tình huống: {RANSOM}")
    assert len(await asked_for(house, "open")) == 5  # with the phase that has begun now


async def test_who_files_it_for_a_citizen_sees_it_at_once_and_gets_no_message(
    house: House,
) -> None:
    """Words.md, story 2.2: "trang web so bi chen link co bac"."""
    binh = house.binh
    await binh.types("báo hộ")
    for label in ("Điện thoại", "Không nêu tên", "Không có số", "xã Tân Lập"):
        await binh.picks(label)
    await binh.picks("Trang thông tin điện tử")
    await binh.types("trang web so bi chen link co bac")
    await binh.picks("Gửi ngay, bổ sung sau")
    await binh.sees("sự cố số 1", "Có thể là: Tấn công truy cập trái phép", "“chen link”")
    await binh.picks(CHOOSE)
    await binh.sees("• Tấn công thay đổi giao diện: vì “trang web so bi chen”")
    await binh.picks("Tấn công thay đổi giao diện")
    shown = await binh.sees("Đã ghi sự cố số 1", "Tấn công thay đổi giao diện")
    assert "Người báo đã được gửi" not in shown
    assert await binh.count("đang xử lý, anh/chị cứ bình tĩnh") == 0


async def test_of_a_secret_there_is_nothing_to_see_and_nothing_to_say(house: House) -> None:
    await house.lan.reports("Có", "Có", told=TOLD)
    minh = house.minh
    await minh.picks(TAKE)
    shown = await minh.sees("tiếp nhận sự cố số 1")
    assert "Có thể là" not in shown
    assert CHOOSE not in await minh.labels()
    for words in ("tình huống 1", "kịch bản 1"):
        await minh.types(words)
        await minh.sees("SC001 có dấu hiệu liên quan bí mật nhà nước", "không ghi tình huống")
    await house.lan.types("kịch bản 1")
    await house.lan.sees("SC001 có dấu hiệu liên quan bí mật nhà nước")


async def test_become_a_secret_it_has_no_scenario_any_more(house: House) -> None:
    minh = await confirmed(house)
    held, *rest = await asked_for(house)
    await minh.types(f"phân công {held.code} anh Hùng")
    await house.hung.types(f"nhận {held.code}")
    await minh.types("xác minh 1")
    await minh.sees_last("xác minh sự cố số 1")
    await house.binh.types("tình huống 1")  # a question that stands open with the words in it
    await house.binh.sees("“doi tien”")
    await minh.types("sửa 2")
    await minh.picks("Có")
    await minh.picks("Gửi")
    await minh.sees("không gửi ảnh, không gửi tệp")
    states = {task.step: (task.state, task.name) for task in await asked_for(house)}
    assert states[held.step] == ("taken", "")
    assert {states[task.step] for task in rest} == {("dropped", "")}
    assert in_files(house, "doi tien", "mo khong duoc") == []
    await house.hung.types(f"việc {held.code}")
    await house.hung.sees(f"Việc {held.code} · Việc của kịch bản")
    await house.binh.types("tình hình 1")
    assert RANSOM not in await house.binh.screen()
    await house.binh.types("tình huống 1")
    await house.binh.sees("không ghi tình huống qua kênh này")


async def test_neither_strangers_nor_officials_say_which_it_is(house: House) -> None:
    await taken(house)
    for who in (house.lan, house.van, house.son):
        await who.types("tình huống 1")
        await who.sees(FORBIDDEN)
    await house.van.types("kịch bản 1")
    await house.van.sees(FORBIDDEN)
    await house.stranger.types("tình huống 1")
    await house.stranger.sees("Kênh này dành cho cán bộ đã đăng ký")
    await house.lan.types("kịch bản 1")
    await house.lan.sees("Sự cố số 1 đang được xác minh")
    await house.minh.types("kịch bản 1")
    await house.minh.sees("chưa ghi tình huống nào", "Chọn tình huống trước")
    await house.minh.types("kịch bản")
    await house.minh.picks("Số 1")
    await house.minh.sees_last("chưa ghi tình huống nào")
    assert "incident.scenario" not in await house.log(1)


async def test_it_goes_on_where_it_was_after_a_restart(template: Path, tmp_path: Path) -> None:
    folder = copy_of(template, tmp_path)
    async with running(folder) as house:
        minh = await taken(house)
        await minh.types("tình huống 1")
        await minh.picks("Tình huống khác")
        await minh.picks("Bị tấn công mạng")
        asked = await minh.button("Tấn công mã hóa phần mềm, dữ liệu, thiết bị")
    async with running(folder) as house:
        await house.minh.presses(*asked)
        await house.minh.sees("Đã ghi sự cố số 1", RANSOM)
        await house.lan.sees("cứ bình tĩnh")
        await house.minh.types("kịch bản 1")
        await house.minh.picks("Dấu hiệu")
    async with running(folder) as house:
        await house.minh.types("1")  # a number still turns the page that was shown last
        await house.minh.sees("Dấu hiệu (2/2)")
        assert len(await asked_for(house, "open")) == 4
        assert await house.lan.count("đang xử lý, anh/chị cứ bình tĩnh") == 1
        assert (await house.proof()).broken is None
