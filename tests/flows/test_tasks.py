"""The team at work on tasks: what each person is shown, asked, reminded of; and what goes wrong."""

from dataclasses import replace

import pytest

from bot.domain.playbook import Plan
from tests.flows.filing import in_files
from tests.flows.finishing import finishes
from tests.flows.house import House
from tests.flows.person import Phone
from tests.flows.test_story import eight_people

TAKE = "Tôi tiếp nhận xử lý"


async def under_way(house: House) -> Phone:
    """An incident of xã Tân Lập that anh Minh leads; the plan of Mỹ Hào with the base's steps."""
    await house.lan.reports("Có")
    await house.minh.picks(TAKE)
    await house.minh.sees("Sự cố số 1: 5 việc – giai đoạn I", "1.1 · 1 Phát hiện, tiếp nhận sự cố")
    return house.minh


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_two_people_press_and_one_has_it(house: House) -> None:
    minh = await under_way(house)
    assert "nhận việc 1.1" in await minh.taps_card("Việc 1.1", "Nhận việc", house.group)
    message, data = await house.card_button("Việc 1.1", "Đã xong")
    old = data.replace(":done:", ":take:")
    said = await house.binh.presses(message, old, house.group, stale=True)
    assert said == "Anh Minh đang làm. Không có gì thay đổi."
    await finishes(minh, "1.1", "đã gọi lại người báo")
    await minh.sees("việc 1.1 hoàn thành", "đã gọi lại người báo")
    said = await house.binh.presses(message, data, house.group, stale=True)
    assert "Anh Minh hoàn thành lúc" in said
    assert "Không có gì thay đổi" in said
    await house.binh.types("xong 1.1 lần nữa")
    await house.binh.sees("Anh Minh hoàn thành lúc", "đã gọi lại người báo", "Không có gì thay đổi")
    assert (await house.log(1)).count("task.done") == 1


async def test_a_code_that_is_not_there_and_a_person_of_another_unit(house: House) -> None:
    minh = await under_way(house)
    await minh.types("xong 1.77")
    await minh.sees("Không có việc 1.77", "tình hình")
    await minh.types("nhận 9.1")
    await minh.sees("Không có")
    await house.van.types("nhận 1.1")
    await house.van.sees("Việc này do người khác làm")
    await house.van.types("/viec")
    await house.van.sees("Không có việc nào đang chờ anh/chị")
    assert "Việc này do người khác làm" in await house.hung.taps_card(
        "Việc 1.1", "Nhận việc", house.group
    )  # of the team, but the town leads this step
    assert "task.taken" not in await house.log(1)


@pytest.mark.only("telegram", "cards of tasks")
async def test_a_button_of_another_incidents_card_does_what_it_says(house: House) -> None:
    """Nothing is inferred from the message or the chat that it stands in (P8)."""
    minh = await under_way(house)
    await house.lan.reports("Có")
    await minh.picks(TAKE)
    await house.card("Việc 2.1")
    message, _ = await house.card_button("Việc 2.1", "Nhận việc")
    _, other = await house.card_button("Việc 1.1", "Nhận việc")
    said = await minh.presses(message, other, house.group, stale=True)
    assert said == "🟢 Anh/chị nhận việc 1.1."
    states = {task.code: task.state for number in (1, 2) for task in await house.tasks(number)}
    assert states["1.1"] == "taken"
    assert states["2.1"] == "open"


async def test_what_stands_in_the_way_is_told_to_who_leads_and_shown_on_the_card(
    house: House,
) -> None:
    await under_way(house)
    await house.binh.types("nhận 1.2")
    await house.binh.types("vướng 1.2 chưa có mật khẩu quản trị")
    await house.minh.sees("Việc 1.2 gặp vướng mắc", "chưa có mật khẩu quản trị")
    await house.card("SỰ CỐ SỐ 1", "Đang vướng: 1.2", "chưa có mật khẩu quản trị")
    await house.binh.types("làm tiếp 1.2")
    await house.binh.sees("Anh/chị làm tiếp việc 1.2", "Anh Bình đang làm")


async def test_peers_pass_on_and_only_superiors_assign(house: House) -> None:
    minh = await under_way(house)
    hung = house.hung
    await hung.types("nhận 1.2")
    await hung.sees("Việc này do người khác làm")  # of the team, but the town leads this step
    await minh.types("phân công 1.2 anh Hùng")
    await minh.sees("Đã chuyển việc 1.2 cho anh Hùng")
    await hung.sees("Anh Minh phân công anh/chị việc 1.2")
    await hung.types("phân công 1.2 anh Bình")
    await hung.sees("Việc này do người khác làm")
    await hung.picks("Nhận việc")
    await hung.sees("Anh/chị nhận việc 1.2", "Anh Hùng đang làm")
    await hung.types("chuyển 1.2")
    await hung.sees("Chuyển việc 1.2", "cho ai?")
    await hung.picks("anh Minh (phụ trách an toàn thông tin)")
    await minh.sees("Anh Hùng chuyển anh/chị việc 1.2")
    await house.forward(11)  # not taken: both hear it
    await minh.sees("Việc 1.2 đang chờ anh/chị nhận")
    await hung.sees("Anh Minh chưa nhận việc 1.2", "Gọi điện thoại 0905 000 555")


async def test_only_who_has_it_is_reminded_before_and_after_it_is_due(house: House) -> None:
    minh = await under_way(house)
    await house.binh.types("nhận 1.1")
    before = await house.newest_in_group()
    others = await house.hung.all_texts()
    await house.forward(46)
    await house.binh.sees("Việc 1.1 sắp đến hạn", "(còn 13 phút)")
    await minh.sees("Việc 1.2 chưa có người làm")
    await house.forward(15)
    await house.binh.sees("Việc 1.1 đã quá hạn")
    await house.card("SỰ CỐ SỐ 1", "Quá hạn: 1.1")
    await minh.types("tình hình 1")
    await minh.sees("Giai đoạn I: xong 0/5 bước", "Quá hạn: 1.1")
    new = await house.new_in_group(before)
    assert new == (0 if house.network == "telegram" else 1)  # there a card cannot be edited
    assert await house.hung.all_texts() == others


async def test_an_if_needed_step_is_offered_and_not_created(house: House) -> None:
    minh = await under_way(house)
    offered = next(task for task in await house.tasks(1) if task.state == "offered")
    assert offered.step == "chi_dao"
    await minh.types(f"việc {offered.code}")
    await minh.sees("Chỉ đạo xử lý sự cố (nếu cần)", "chưa mở")
    assert "Mở việc này" not in await minh.labels()  # who leads the response proposes it only
    await minh.types(f"mở {offered.code}")
    await minh.sees("Việc này do Ban Chỉ đạo", "quyết định")
    await house.phuc.types(f"việc {offered.code}")
    await house.phuc.sees("Chỉ đạo xử lý sự cố (nếu cần)", "chưa mở")
    assert await house.phuc.labels() == ["Mở việc này", "Chưa cần", "Việc cần làm"]
    await house.phuc.types("2")
    await house.phuc.sees(f"việc {offered.code} chưa cần", "do đồng chí Phúc quyết định")
    assert "task.skipped" in await house.log(1)


async def test_my_tasks_over_all_incidents_by_number(house: House) -> None:
    minh = await under_way(house)
    await minh.types("nhận 1.1")
    await house.forward(10)
    await house.lan.reports("Có")
    await minh.picks(TAKE)
    await minh.types("nhận 2.1")
    await minh.types("việc của tôi")
    shown = await minh.sees("Việc của anh/chị", "Anh/chị đang giữ")
    assert shown.index("1. 1.1") < shown.index("2. 2.1") < shown.index("Chưa ai nhận")
    await minh.types("2")
    await minh.sees("Việc 2.1 ·", "Anh Minh đang làm")
    await minh.types("1")
    await minh.sees("Việc 2.1", "xác minh bằng cách nào?")
    for question in ("Ai xác minh?", "Kết quả xác minh thế nào?", "việc 2.1 hoàn thành"):
        await minh.types("1")
        await minh.sees(question)
    await minh.types("mở lại 2.1")
    await minh.sees("Việc 2.1 đã mở lại", "Anh Minh đang làm")


async def test_a_number_typed_for_what_has_changed_since_shows_it_first(house: House) -> None:
    minh = await under_way(house)
    await minh.types("việc 1.1")
    await minh.sees("Chưa ai nhận")
    await house.binh.types("nhận 1.1")
    await house.binh.sees("Anh/chị nhận việc 1.1")
    await minh.types("1")
    await minh.sees("Việc 1.1 ·", "Anh Bình đang làm")
    assert {t.state for t in await house.tasks(1) if t.number == 1} == {"taken"}


async def test_violations_are_seen_by_leaders_and_by_who_was_given_them_alone(
    house: House,
) -> None:
    """KP III.4: not in the group, not in the log that everybody reads; it outlasts the incident."""
    await house.apply(eight_people)
    await house.nga.reports("Có", system="Máy tính, mạng cơ quan")
    await house.h_linh.picks(TAKE)
    await house.h_linh.sees("Sự cố số 1: 5 việc")
    for phase in ("II", "III"):
        await house.h_linh.types("giai đoạn 1")
        await house.h_linh.sees("Còn đang làm")
        await house.h_linh.picks("Đã xong")
        await house.h_linh.sees(f"sang giai đoạn {phase}.")
    hidden = next(task for task in await house.tasks(1) if task.confidential)
    assert hidden.step == "iii_4"
    await house.phuc.sees("Sự cố số 1: 1 việc", f"{hidden.code} · III.4 Xử lý vi phạm")
    await house.minh.types(f"việc {hidden.code}")
    await house.minh.sees(f"Không có việc {hidden.code}")
    await house.h_linh.types("việc 1")
    assert "III.4" not in await house.h_linh.screen()
    await house.phuc.types(f"phân công {hidden.code} anh Hùng")
    await house.hung.sees("Đồng chí Phúc phân công anh/chị việc", "III.4 Xử lý vi phạm")
    await house.hung.types(f"nhận {hidden.code}")
    await house.h_linh.types("/ketthuc 1")
    await house.h_linh.picks("Đã khắc phục xong")
    await house.h_linh.types("Xong.")
    await house.h_linh.picks("Gửi")
    await house.hung.types("/viec")
    await house.hung.sees(f"{hidden.code} · III.4 Xử lý vi phạm")
    await house.hung.types(f"xong {hidden.code} đã báo cáo chủ quản")
    assert not any("III.4" in text for text in await house.binh.all_texts(house.group))
    await house.binh.types("nhật ký 1")
    assert "III.4" not in await house.binh.screen()
    assert (await house.proof()).broken is None


async def test_of_a_secret_incident_no_words_are_taken_with_a_task(house: House) -> None:
    await house.lan.reports("Có", "Có")
    await house.minh.picks(TAKE)
    await house.minh.types("nhận 1.1")
    await house.minh.types("xong 1.1 công văn về việc điều động")
    await house.minh.sees("Việc 1.1", "xác minh bằng cách nào?")
    await house.minh.types("công văn về việc điều động")
    for answer in ("Điện lại người báo", "anh Minh (phụ trách an toàn thông tin)"):
        await house.minh.picks(answer)
    await house.minh.picks("Đúng là sự cố")
    await house.minh.sees("việc 1.1 hoàn thành")
    assert in_files(house, "điều động") == []


async def test_reopened_it_goes_on_with_the_tasks_that_stood(house: House) -> None:
    minh = await under_way(house)
    await finishes(minh, "1.1", "đã gọi lại")
    await minh.types("nhận 1.3")
    await minh.sees("Anh/chị nhận việc 1.3")
    await minh.types("/ketthuc 1")
    await minh.picks("Đã khắc phục xong")
    await minh.types("Xong.")
    await minh.picks("Gửi")
    assert {t.state for t in await house.tasks(1)} == {"done", "dropped", "offered"}
    await minh.types("xong 1.2")
    await minh.sees("Không cần nữa", "Không có gì thay đổi")
    await minh.types("mở lại 1")
    await minh.picks("Sự cố xảy ra lại")
    await minh.types("Lại bị.")
    await minh.picks("Gửi")
    await minh.picks(TAKE)
    await house.card("SỰ CỐ SỐ 1", "Giai đoạn I: xong 1/5 bước")
    steps = [t for t in await house.tasks(1) if t.kind == "step"]
    assert sum(t.state == "open" for t in steps) == 3
    assert [t.number for t in steps if t.state == "taken"] == [3], "whoever had it has it again"
    await minh.types("/nhatky 1")
    await minh.sees("Việc 1.3 tiếp tục, vẫn do anh Minh")


@pytest.mark.only("telegram", "told at once that somebody has shut it out")
async def test_where_the_plan_names_nobody_who_can_be_told_the_team_stands_in(
    house: House,
) -> None:
    """Phòng Văn hóa và Thông tin huyện is gone (I.5), the steering committee out of reach (I.6)."""
    await house.phuc.block()
    await house.nga.reports("Có", system="Máy tính, mạng cơ quan")
    await house.h_linh.picks(TAKE)
    await house.h_linh.sees("Sự cố số 1: 5 việc")
    await house.y_thang.types("nhận 1.5")
    await house.y_thang.sees("Anh/chị nhận việc 1.5", "Phòng Văn hóa và Thông tin huyện")
    await house.y_thang.types("nhận 1.6")
    await house.y_thang.sees("Anh/chị nhận việc 1.6", "Chưa báo được ai của đơn vị chủ trì")


async def test_two_people_are_asked_for_the_exit_check_and_one_moves_on(house: House) -> None:
    minh = await under_way(house)
    for who in (minh, house.binh):
        await who.types("giai đoạn 1")
        await who.sees("Giai đoạn I.", "Còn đang làm: 1.1")
    await minh.types("2")
    await minh.sees("Còn thiếu gì?")
    await minh.types("chưa có biên bản")
    await minh.sees("giai đoạn I chưa xong")
    await minh.types("giai đoạn 1")
    await minh.sees_last("Giai đoạn I.")
    await minh.types("1")
    await minh.sees("sang giai đoạn II.")
    await house.binh.types("1")
    await house.binh.sees("Giai đoạn II: xong 0/1 bước")
    kinds = await house.log(1)
    assert kinds.count("phase.begun") == 2
    assert kinds.count("task.skipped") == 1  # "nếu cần", which nobody has asked for
    assert {t.state for t in await house.tasks(1) if t.step == "chi_dao"} == {"dropped"}
    await house.binh.types("nhật ký 1")
    await house.binh.sees("chưa xong giai đoạn I.", "chưa có biên bản")


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_a_button_of_an_earlier_lap_changes_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a plan that does not say where its loop leads goes where the base pack says."""
    silent_plan = _without_a_way_back(house.office.plans["krong_pac_2023"])
    monkeypatch.setitem(house.office.plans, "krong_pac_2023", silent_plan)
    await house.apply(eight_people)
    minh, linh = house.minh, house.h_linh
    await house.nga.reports("Có", system="Máy tính, mạng cơ quan")
    await linh.picks(TAKE)
    await linh.sees("Sự cố số 1: 5 việc")
    for phase in ("II", "III"):
        await linh.types("giai đoạn 1")
        await linh.picks("Đã xong")
        await linh.sees(f"sang giai đoạn {phase}.")
    await minh.types("nhận 1.10")
    message, data = await minh.button("Đã xong")
    await minh.types("xong 1.10")
    await minh.picks("Hệ thống chưa hoạt động ổn định")
    await minh.picks("Không ghi thêm")
    await minh.sees("Các bước phải làm lại đã mở theo gói nền, Kế hoạch Krông Pắc 2023 không nêu")
    await linh.types("giai đoạn 1")
    await linh.picks("Đã xong")
    await house.card("SỰ CỐ SỐ 1", "Giai đoạn III (làm lại lần 2)")
    await minh.presses(message, data, stale=True)
    await minh.sees("Việc 1.10 ·", "Chưa ai nhận", "Không có gì thay đổi")
    await house.binh.types("nhật ký 1")
    await house.binh.sees("làm lại từ giai đoạn II.", "(theo gói nền, Kế hoạch không nêu)")


def _without_a_way_back(plan: Plan) -> Plan:
    steps = [
        replace(step, loop=replace(step.loop, back_to=())) if step.loop else step
        for step in plan.steps
    ]
    return replace(plan, steps=tuple(steps))


async def test_words_with_the_marking_of_a_secret_finish_nothing(house: House) -> None:
    minh = await under_way(house)
    await minh.types("xong 1.1 đã gửi văn bản đóng dấu mật cho huyện")
    await minh.sees("Dừng lại", "dấu hiệu tài liệu mật")
    assert {t.state for t in await house.tasks(1) if t.number == 1} == {"open"}
    assert in_files(house, "cho huyện") == []


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_asked_about_two_tasks_the_answer_is_for_the_last_one(house: House) -> None:
    minh = await under_way(house)
    await minh.types("vướng 1.1")
    await minh.sees("Việc 1.1 gặp vướng mắc gì?")
    old = await minh.button("Chưa có quyền truy cập")
    await minh.types("vướng 1.2")
    await minh.sees("Việc 1.2 gặp vướng mắc gì?")
    await minh.presses(*old)  # the question about 1.1 still stands in the chat
    await minh.sees("Nút này đã cũ", "Đã hủy")
    assert [t.state for t in await house.tasks(1)][:2] == ["open", "open"]
    await minh.types("1")
    await minh.sees("Đã ghi vướng mắc của việc 1.2")
    assert [t.state for t in await house.tasks(1)][:2] == ["open", "blocked"]


async def test_a_code_is_heard_behind_the_bots_name_and_not_inside_a_report(house: House) -> None:
    await under_way(house)
    await house.binh.says(house.group, text="@trucban_bot nhận 1.1")
    await house.binh.sees("Anh/chị nhận việc 1.1")
    await house.lan.types("/baosuco")
    await house.lan.picks("Một cửa, dịch vụ công")
    await house.lan.types("xong 77.1 thì máy treo")
    await house.lan.sees("Câu 3/10")


async def test_what_was_written_to_a_task_is_erased_once_it_concerns_a_secret(
    house: House,
) -> None:
    minh = await under_way(house)
    await finishes(minh, "1.1", "đã lấy hồ sơ ở phòng năm")
    await minh.types("vướng 1.2 chưa mở được tủ ở phòng sáu")
    await minh.sees("Anh Minh gặp vướng mắc: chưa mở được tủ ở phòng sáu")
    await minh.types("xác minh 1")
    await minh.types("sửa 2")
    await minh.picks("Có")
    await minh.picks("Gửi")
    await minh.sees("không gửi ảnh, không gửi tệp")
    assert in_files(house, "phòng năm", "phòng sáu") == []
    await minh.types("việc 1.1")
    await minh.sees("Việc 1.1", "không lưu nội dung")


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_who_has_given_the_incident_back_moves_it_no_further(house: House) -> None:
    """The gate is asked at the moment of the act, not when the question was drawn (P5)."""
    minh = await under_way(house)
    await minh.types("nhận 1.1")
    await minh.types("phân công 1.2")
    whom = await minh.button("anh Bình (Trực ban)")
    await minh.types("giai đoạn 1")
    ready = await minh.button("Đã xong")
    await minh.types("trả lại")
    for old in (ready, whom):
        assert "Việc này do người khác làm" in await minh.presses(*old)
    kinds = await house.log(1)
    assert kinds.count("phase.begun") == 1
    assert "task.assigned" not in kinds
