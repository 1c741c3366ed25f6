"""What each step of the plans asks, and who alone decides what: told by people on both networks."""

from dataclasses import replace

from bot.domain.agency import Agency
from tests.flows.filing import all_said, rows
from tests.flows.finishing import finishes
from tests.flows.house import House
from tests.flows.person import Phone
from tests.flows.test_story import eight_people

TAKE = "Tôi tiếp nhận xử lý"
PAGE = "Trang thông tin điện tử"
COMPUTER = "Máy tính, mạng cơ quan"
HUNG = "anh Hùng (phụ trách an toàn thông tin)"
STEERING = "Ban Chỉ đạo Chuyển đổi số tỉnh Khánh Hòa"
TEAM = "Đội Ứng cứu khẩn cấp sự cố an toàn thông tin mạng tỉnh Khánh Hòa"


async def of_the_department(house: House, *criteria: str) -> Phone:
    """An incident of the Sở that anh Hùng leads."""
    await house.lan.reports("Có", *criteria, system=PAGE, told="Trang của Sở ra cờ bạc")
    await house.hung.picks(TAKE)
    await house.hung.sees("Sự cố số 1:", "2.1.a Tiếp nhận, xác minh sự cố")
    return house.hung


async def test_a_command_with_its_number_is_no_answer_to_a_step(house: House) -> None:
    """The question takes words of one's own; what names an incident is not taken for them."""
    await house.lan.reports("Có")
    minh = house.minh
    await minh.taps_on("Tôi tiếp nhận xử lý")
    await minh.types("xong 1.1")
    await minh.sees("xác minh bằng cách nào?")
    await minh.types("thời hạn 1")
    await minh.sees("Thời hạn báo cáo của sự cố số 1")
    assert await minh.count("Ai xác minh?") == 0
    await minh.types("xem camera của phòng")
    await minh.sees("Ai xác minh?")


async def test_a_step_that_the_plan_does_not_name_says_whose_it_is(house: House) -> None:
    await house.lan.reports("Có")
    minh = house.minh
    await minh.taps_on("Tôi tiếp nhận xử lý")
    await minh.types("việc 1.1")
    await minh.sees("Bước theo gói nền, Kế hoạch Mỹ Hào 2025 không nêu.")


async def test_unverified_until_somebody_says_who_and_how(house: House) -> None:
    """KP I.1: a report by somebody who saw it is "chưa xác minh", too."""
    linh, thang = house.h_linh, house.y_thang
    await house.nga.reports("Có", system=COMPUTER)
    assert "chưa xác minh" not in await house.nga.screen(), "not told to who has just reported it"
    await linh.picks(TAKE)
    await linh.sees("Sự cố số 1: 5 việc")
    await house.binh.types("tình hình")
    await house.binh.sees("Số 1", "(chưa xác minh)")
    await thang.types("nhận 1.1")
    await thang.types("xong 1.1 điện không ai nghe")
    await thang.sees("Ai xác minh?")
    await thang.types("1")
    await thang.picks("Chưa xác minh được")
    await thang.sees("Việc 1.1 còn mở", "Anh Thắng đang làm", "chưa xác minh được")
    await linh.sees("Sự cố số 1: chưa xác minh được", "Anh Thắng xác minh: điện không ai nghe")
    await thang.types("xong 1.1")
    for answer in ("Xem tại chỗ", "anh Thắng (Chủ tịch UBND xã)", "Đúng là sự cố"):
        await thang.picks(answer)
    await thang.sees("việc 1.1 hoàn thành", "đúng là sự cố", "người xác minh: anh Thắng")
    await house.binh.types("tình hình 1")
    await house.binh.sees("Gần đây nhất", "xác minh tin báo")
    said = "\n".join(await house.binh.all_texts()).rpartition("Sự cố số 1 · đang mở")[2]
    assert "(chưa xác minh)" not in said
    await house.binh.types("nhật ký 1")
    await house.binh.sees("chưa xác minh được", "xác minh tin báo (anh Thắng, xem tại chỗ)")
    found = rows(house, "SELECT verified_how, verified_by > 0 FROM incidents WHERE id = 1")
    assert found == [("on_site", 1)]


async def test_words_behind_the_code_answer_the_question_that_stands(house: House) -> None:
    """Nobody is asked again, and no form is left standing at a review that it does not have."""
    linh = house.h_linh
    await house.nga.reports("Có", system=COMPUTER)
    await linh.picks(TAKE)
    await linh.sees("Báo cáo sự cố")
    await linh.types("xong 1.5")
    await linh.picks("Đã báo đủ")
    await linh.types("xong 1.5 công văn số 12/CV-CNTT")
    await linh.sees("việc 1.5 hoàn thành", "12/CV-CNTT")
    await linh.types("xong 1.5 lần nữa")
    await linh.sees("Không có gì thay đổi")


async def test_a_false_alarm_leads_to_the_end_of_the_response(house: House) -> None:
    linh = house.h_linh
    await house.nga.reports("Có", system=COMPUTER)
    await linh.picks(TAKE)
    await linh.types("xong 1.1 xem lại, máy chỉ hết mực")
    await linh.types("1")
    await linh.picks("Báo nhầm, không phải sự cố")
    await linh.sees("báo nhầm, không phải sự cố", "kết thúc ứng phó")
    await linh.picks("Kết thúc ứng phó")
    await linh.sees("Đã làm gì, hệ thống thế nào?")  # the result is known
    await linh.types("Máy in hết mực.")
    await linh.sees("Xem lại trước khi kết thúc ứng phó", "Báo nhầm")


async def test_an_option_is_chosen_with_its_reason_and_a_direction_waited_for(
    department: House,
) -> None:
    """KH 2.1.c: the director or the steering committee; who chose, and why, is in the log."""
    hung, thao, binh = await of_the_department(department), department.thao, department.binh
    await finishes(hung, "1.1")
    await finishes(hung, "1.2", "đã chặn trang, giữ nhật ký")
    await hung.types("xong 1.3")
    await hung.sees("Việc 1.3", "chọn phương án nào?")
    await hung.picks("Ngừng hệ thống, ngắt kết nối")
    await hung.types("trang đang lừa người dân")
    shown = await hung.sees("Ai chọn phương án?")
    labels = await hung.labels()
    assert HUNG in labels[0]
    assert "Xin ý kiến chỉ đạo: Giám đốc Sở Xây dựng" in labels
    assert f"Xin ý kiến chỉ đạo: {STEERING}" in labels, shown
    await hung.picks("Xin ý kiến chỉ đạo: Giám đốc Sở Xây dựng")
    await hung.sees("Chờ trả lời bao lâu?")
    await hung.picks("15 phút")
    await hung.sees("việc 1.3 hoàn thành", "lý do: trang đang lừa người dân", "15 phút")
    await thao.sees("Báo cáo chị Thảo", "Ngừng hệ thống", "Xin trả lời trước")
    assert await department.phuc.count("Ngừng hệ thống") == 0, "one of the two was asked"
    await department.forward(16)
    await binh.sees("Chị Thảo", "15 phút")
    await thao.types("đồng ý")
    await hung.sees("Ý kiến chỉ đạo, sự cố số 1", "Đồng ý")
    await binh.types("nhật ký 1")
    await binh.sees(
        "ngừng hệ thống, ngắt kết nối – lý do: trang đang lừa người dân",
        "người chọn: anh Hùng",
        "Xin ý kiến chỉ đạo của chị Thảo",
        "chờ trả lời 15 phút",
    )


async def test_only_the_committee_convenes_and_only_then_the_team_has_a_part(
    department: House,
) -> None:
    """KH story 5: refused to a responder with a request; done by the leader, the team gets II."""
    hung, phuc, minh, binh = (
        await of_the_department(department),
        department.phuc,
        department.minh,
        department.binh,
    )
    await department.lan.types("triệu tập 1")
    await department.lan.sees("Việc này do", STEERING, "quyết định")
    await hung.types("triệu tập 1")
    await hung.sees("Việc này do", f"đề nghị {STEERING} triệu tập {TEAM}", "anh Hùng 0905 000 333")
    await hung.picks("Gửi đề nghị")
    await hung.sees("Đã gửi đề nghị về sự cố số 1", "đồng chí Phúc")
    await phuc.sees("Báo cáo đồng chí Phúc", "Đề nghị triệu tập Đội ứng cứu")
    await all_said(department)
    assert await minh.count("sự cố số 1") == 0, "the team is not told before"
    await phuc.types("đồng ý")
    await minh.sees("Đồng chí Phúc triệu tập", TEAM, "sự cố số 1", "anh Hùng 0905 000 333")
    await binh.sees("Đồng chí Phúc quyết định triệu tập", "anh Minh 0905 000 555")
    await hung.types("triệu tập 1")
    await hung.sees("đã được triệu tập", "Không có gì thay đổi")
    await hung.types("giai đoạn 1")
    await hung.picks("Đã xong")
    await hung.sees("sang giai đoạn II.")
    await minh.sees("Sự cố số 1: 1 việc", "2.2 Triển khai ứng cứu")
    code = next(t.code for t in await department.tasks(1) if t.step == "ii_1")
    await minh.types(f"nhận {code}")
    await minh.sees(f"Anh/chị nhận việc {code}", "Đội Ứng cứu khẩn cấp sự cố tỉnh Mẫu")
    await binh.types("nhật ký 1")
    await binh.sees(f"đồng chí Phúc quyết định triệu tập {TEAM}")


async def test_not_convened_the_team_stays_out_and_a_denied_convening_is_taken_back(
    department: House,
) -> None:
    hung, phuc, minh, binh = (
        await of_the_department(department),
        department.phuc,
        department.minh,
        department.binh,
    )
    await hung.types("giai đoạn 1")
    await hung.picks("Đã xong")
    await hung.sees("sang giai đoạn II.")
    code = next(t.code for t in await department.tasks(1) if t.step == "ii_1")
    await hung.types(f"việc {code}")
    await hung.sees(
        f"{TEAM} chưa được triệu tập",
        "Chủ trì: Sở Xây dựng tỉnh Mẫu",
        "thu thập chứng cứ",
        "gửi tệp 1",
    )
    await minh.types(f"nhận {code}")
    assert await minh.count("Anh/chị nhận việc") == 0
    await hung.types("triệu tập 1")
    await hung.picks("Gửi đề nghị")
    await phuc.sees("Đề nghị triệu tập Đội ứng cứu")
    await binh.types("chỉ đạo 1")  # by telephone: written down, in effect at once
    await binh.picks("đồng chí Phúc – Trưởng Ban Chỉ đạo")
    for answer in ("Qua điện thoại", "Vừa nói xong", "Đồng ý", "Gửi"):
        await binh.picks(answer)
    await minh.sees("triệu tập", "sự cố số 1")
    task = next(t for t in await department.tasks(1) if t.step == "ii_1")
    assert task.lead_units == ("so", "doi_tinh"), "what runs is the team's, too"
    await minh.types(f"nhận {code}")
    await minh.sees(f"Anh/chị nhận việc {code}")
    await phuc.sees("Xin xác nhận ý kiến chỉ đạo của anh/chị")
    await phuc.picks("Không đúng")
    await binh.sees("không xác nhận")
    await minh.sees("không xác nhận")  # at work on it: told at once
    assert rows(department, "SELECT convened_at FROM incidents") == [(None,)]
    task = next(t for t in await department.tasks(1) if t.step == "ii_1")
    assert task.lead_units == ("so",)
    assert (await department.log(1)).count("team.not_convened") == 1


async def test_the_step_of_direction_is_the_leaders_and_one_person_answers_the_press(
    department: House,
) -> None:
    """KH 2.1.d and story 7."""
    hung, phuc, binh = (
        await of_the_department(department, "Không", "Không", "Không", "Có"),
        department.phuc,
        department.binh,
    )
    await phuc.types("nghiêm trọng")
    await phuc.sees("2.1.d Chỉ đạo xử lý sự cố")
    code = next(t.code for t in await department.tasks(1) if t.step == "i_4")
    await phuc.types(f"việc {code}")
    await phuc.sees(f"Chỉ {STEERING} quyết định")
    await phuc.types(f"xong {code}")
    await phuc.picks("Triệu tập Đội")
    await phuc.sees("phân công ai phát ngôn")
    await phuc.types("anh Bình")
    await phuc.sees("còn ý kiến chỉ đạo nào?")
    await phuc.picks("Bổ sung thành phần Đội")
    await phuc.types("thêm một người của Công an tỉnh")
    await phuc.sees(f"việc {code} hoàn thành", "triệu tập Đội", "phát ngôn: anh Bình")
    await department.minh.sees("Đồng chí Phúc triệu tập")
    await binh.sees("Đồng chí Phúc phân công anh/chị phát ngôn", "trả lời báo chí")
    await binh.types("phát ngôn 1")
    await binh.sees("Anh/chị là người phát ngôn")
    await hung.types("phát ngôn 1")
    await hung.sees("xin liên hệ người phát ngôn anh Bình 0905 000 222")
    await hung.types("tình hình 1")
    await hung.sees("Người phát ngôn: anh Bình")
    await binh.types("nhật ký 1")
    await binh.sees("phân công anh Bình phát ngôn", "thêm một người của Công an tỉnh")


async def test_what_a_responder_writes_of_a_power_becomes_a_request(department: House) -> None:
    hung, phuc = (
        await of_the_department(department, "Không", "Không", "Không", "Có"),
        department.phuc,
    )
    await phuc.types("nghiêm trọng")
    code = next(t.code for t in await department.tasks(1) if t.step == "i_4")
    await hung.types(f"xong {code}")
    await hung.picks("Triệu tập Đội")
    await hung.types("anh Bình")
    await hung.picks("Không ghi thêm")
    await hung.sees(f"việc {code} hoàn thành", "đã gửi đề nghị triệu tập Đội")
    assert rows(department, "SELECT convened_at, spokesperson_id FROM incidents") == [(None, 0)]
    await phuc.sees("Phân công anh Bình phát ngôn")
    await phuc.types("đồng ý")  # to what was asked last
    await department.binh.sees("Đồng chí Phúc phân công anh/chị phát ngôn")
    assert rows(department, "SELECT convened_at FROM incidents") == [(None,)]


async def test_a_step_if_needed_is_skipped_by_a_named_leader_and_the_loop_is_the_bases(
    department: House,
) -> None:
    """ĐT 4 and 10: the plan does not say to which step it goes back."""
    van, phuc = department.van, department.phuc
    await department.nga.reports("Có", system=COMPUTER)
    await van.picks(TAKE)
    await van.sees("Sự cố số 1:")
    offered = next(t.code for t in await department.tasks(1) if t.state == "offered")
    await van.types(f"mở {offered}")
    await van.sees("Việc này do Ban Chỉ đạo", "quyết định")
    await phuc.types(f"chưa cần {offered}")
    await phuc.sees(f"việc {offered} chưa cần", "Chưa cần, do đồng chí Phúc quyết định")
    for phase in ("II", "III"):
        await van.types("giai đoạn 1")
        await van.picks("Đã xong")
        await van.sees(f"sang giai đoạn {phase}.")
    check = next(t.code for t in await department.tasks(1) if t.step == "iii_3")
    await van.types(f"xong {check}")
    await van.picks("Hệ thống chưa hoạt động ổn định")
    await van.picks("Không ghi thêm")
    await van.sees("Các bước phải làm lại đã mở")
    assert [t.kind for t in await department.tasks(1)].count("recheck") == 1
    await department.binh.types("nhật ký 1")
    await department.binh.sees("làm lại từ giai đoạn II.", "(theo gói nền, Kế hoạch không nêu)")


async def test_units_name_a_person_and_the_focal_unit_joins_when_asked(house: House) -> None:
    """MH II.1.d."""
    lan, son, minh = house.lan, house.son, house.minh
    await lan.reports("Có")
    await minh.picks(TAKE)
    await son.sees("Sự cố số 1: đơn vị cử người tham gia ứng cứu")
    code = next(t.code for t in await house.tasks(1) if t.units == ("tan_lap",))
    await lan.types("nhận 1.2")
    assert await lan.count("Anh/chị nhận việc") == 0
    await son.types(f"xong {code}")
    await son.sees("cử ai tham gia ứng cứu sự cố số 1?")
    await son.picks("chị Lan (Văn phòng xã Tân Lập)")
    await son.sees(f"việc {code} hoàn thành")
    await lan.sees("Anh Sơn cử anh/chị tham gia ứng cứu sự cố số 1")
    await lan.types("nhận 1.2")
    await lan.sees("Anh/chị nhận việc 1.2")
    await house.binh.types("cấp trên 1")
    await house.binh.picks("Đề nghị Phòng Văn hóa, Khoa học và Thông tin thị xã tham gia")
    await house.binh.picks("Vượt khả năng xử lý")
    await house.binh.picks("Gửi")
    await house.hung.sees("Anh Bình đề nghị đơn vị tham gia ứng cứu sự cố số 1")
    await house.hung.picks("Nhận việc")
    await house.hung.sees("Anh/chị nhận việc", "Tham gia ứng cứu theo đề nghị")
    assert [t.kind for t in await house.tasks(1)].count("nominate") == 2, "its operator, too"
    await house.card("SỰ CỐ SỐ 1", "xong 0/5 bước")  # they are no steps


async def test_a_violation_has_its_branches_and_no_group_sees_them(house: House) -> None:
    """KP III.4."""
    await house.apply(eight_people)
    linh, phuc = house.h_linh, house.phuc
    await house.nga.reports("Có", system=COMPUTER)
    await linh.picks(TAKE)
    await linh.sees("Sự cố số 1: 5 việc")
    for phase in ("II", "III"):
        await linh.types("giai đoạn 1")
        await linh.picks("Đã xong")
        await linh.sees(f"sang giai đoạn {phase}.")
    hidden = next(task for task in await house.tasks(1) if task.confidential).code
    await phuc.types(f"xong {hidden}")
    await phuc.sees("nguyên nhân do đâu?", "Chỉ lãnh đạo và người được giao thấy")
    await phuc.picks("Do đối tượng tấn công bên ngoài")
    await phuc.sees("Đã báo cáo các nơi có thẩm quyền chưa?", "phòng chống tội phạm")
    await phuc.picks("Còn nơi chưa báo")
    await phuc.types("Công an tỉnh")
    await phuc.picks("Không ghi thêm")
    await phuc.sees(f"Việc {hidden} còn mở", "chưa báo: Công an tỉnh")
    await finishes(phuc, hidden)
    await house.binh.types("nhật ký 1")
    for phone in (house.binh, linh):
        assert await phone.count("tấn công bên ngoài") == 0
    assert not any("bên ngoài" in text for text in await house.binh.all_texts(house.group))


async def test_where_text_and_table_disagree_the_administrator_settles_who_leads(
    house: House,
) -> None:
    """KP I.5: the text has the operator report, the lead column the district's office."""
    linh = house.h_linh
    await house.apply(eight_people)
    await house.nga.reports("Có", system=COMPUTER)
    await linh.picks(TAKE)
    await linh.types("việc 1.5")
    await linh.sees("Kế hoạch nêu hai nơi", "quản trị chưa chọn", "Chủ trì: Đội ứng cứu sự cố")
    await linh.sees("Làm sau bước I.2 (chưa xong)")
    await house.apply(_settled)
    await house.nga.reports("Có", system=COMPUTER, told="Máy khác cũng không mở được")
    await linh.picks(TAKE)
    await linh.types("việc 2.5")
    await linh.sees("Việc 2.5", "Chủ trì: UBND xã Ea Mẫu")
    assert "Kế hoạch nêu hai nơi" not in await linh.screen()
    await linh.types("xong 2.5")
    await linh.sees("đã báo đủ các nơi nhận chưa?", "Nơi nhận:")
    await linh.picks("Còn nơi chưa báo")
    await linh.types("Công an tỉnh")
    await linh.sees("Việc 2.5 còn mở", "chưa báo: Công an tỉnh")
    await finishes(linh, "2.5", "12/BC-UBND")
    await linh.types("việc 2.5")
    await linh.sees("đã báo đủ", "văn bản: 12/BC-UBND")


def _settled(agency: Agency) -> Agency:
    settled = eight_people(agency)
    units = tuple(
        replace(one, settled={"i_5": "operator"}) if one.id == "ea_mau" else one
        for one in settled.units
    )
    return replace(settled, units=units)
