"""Báo hộ: the duty officer files what came by telephone or letter (words.md, story 2.1)."""

from tests.flows.filing import all_said, answers, in_files, newest_ids, rows
from tests.flows.house import House
from tests.flows.person import Phone

HOA, NUMBER = "chị Hoaxyz, người dân phường 2", "0912 345 678"
TOLD = "Vào trang của xã thấy quảng cáo cá cược"
SITE = "Trang thông tin điện tử"
PAGE, TAKE = "TIN KHẨN – sự cố số 1", "Tôi tiếp nhận xử lý"
BY_PHONE = "chị Hoaxyz, người dân phường 2 (nguồn tin: điện thoại, 0912 345 678"


async def test_a_citizen_telephones_and_the_duty_officer_files_it(house: House) -> None:
    binh, minh = house.binh, house.minh
    await binh.picks("Báo hộ")
    await binh.sees("Báo hộ: ghi thay người báo tin", "Câu 1/14", "Tin đến bằng cách nào?")
    await _until_told(binh, "Điện thoại", HOA, NUMBER)
    await binh.types(TOLD)
    await binh.sees("Câu 7/14", "Gửi ngay thì tin đến: Trực ban (anh Bình)")
    await binh.picks("Vừa phát hiện")
    await answers(binh, ["no", "no", "no", "yes", "no", "no"])
    review = await binh.picks("Vẫn đang xảy ra")
    assert "Xem lại trước khi gửi – UBND xã Tân Lập, Trang thông tin điện tử" in review
    assert f"Nguồn tin: điện thoại, {HOA}, {NUMBER}." in review
    sent = await binh.picks("Gửi")
    assert "Đã ghi nhận: sự cố số 1" in sent
    assert "Đã báo anh Minh. Có người" in sent  # not "and the duty officer": that is who files it
    assert f"{BY_PHONE[1:]}, chưa xác minh); anh Bình báo hộ" in sent
    await minh.sees(PAGE, f"Người báo: {BY_PHONE}, chưa xác minh); anh Bình báo hộ")
    await house.son.sees("Vừa nhận tin báo về UBND xã Tân Lập: sự cố số 1", TOLD)
    await house.card("SỰ CỐ SỐ 1", "nguồn tin: điện thoại, chưa xác minh")
    await all_said(house)
    assert await binh.count(PAGE) == 0
    taken = await minh.picks(TAKE)
    assert "tiếp nhận sự cố số 1" in taken
    assert f"xác minh sự cố – điện cho {HOA} {NUMBER}." in taken
    assert "Anh Bình và Trực ban" not in taken
    await binh.sees("Anh Minh tiếp nhận sự cố số 1", "không cần làm gì thêm")
    assert await binh.count("người này sẽ gọi lại") == 0
    await binh.types("/tinhhinh 1", chat=house.group)
    await house.card("Người báo: chị Hoaxyz, người dân phường 2 (nguồn tin: điện thoại, chưa")
    await binh.types("/nhatky 1", chat=house.group)
    await house.card(f"anh Bình báo hộ {HOA} (nguồn tin: điện thoại).")
    assert not any(NUMBER in text for text in await binh.all_texts(house.group))
    await binh.types("/nhatky 1")
    await binh.sees(f"anh Bình báo hộ {BY_PHONE}).")
    await minh.types("xác minh 1")
    await minh.sees("Xem lại kết quả xác minh sự cố số 1")  # what the caller said stands
    await minh.picks("Gửi")
    await minh.types("/tinhhinh 1")
    await minh.sees(f"Người báo: {BY_PHONE}); anh Bình báo hộ", "anh Minh xác minh tin báo")
    await binh.types("tiếng anh")
    await binh.types("/nhatky 1")
    await binh.sees(f"anh Bình filed it for {HOA} (source: telephone, {NUMBER}).")


async def test_a_letter_without_name_or_number_by_digits(house: House) -> None:
    """The unit's systems are offered; another unit chosen later asks for the system again."""
    binh = house.binh
    await binh.types("bao ho")
    await binh.types("2")
    await binh.sees("Đã ghi: Văn bản, thư.", "Người báo tin là ai?")
    await binh.types("không rõ")
    await binh.types("gọi sau")
    await binh.sees("Chưa đọc được số điện thoại", "Gọi lại số nào?")
    await binh.types("1")
    await binh.sees("Chuyện xảy ra ở đơn vị nào?")
    assert "xã Ea Mẫu" not in await binh.labels()
    await binh.types("6")
    assert "xã Ea Mẫu" in await binh.labels()
    await binh.types("xa ea mau")
    await binh.types("1")
    await binh.types("thu phan anh bi mat tai khoan")
    await binh.types("vừa phát hiện")
    for answer in ("2", "2", "2", "3", "2", "2"):
        await binh.types(answer)
    await binh.types("1")
    await binh.sees("Xem lại trước khi gửi – UBND xã Ea Mẫu", "thư, không nêu tên, không có số")
    await binh.types("sửa 4")
    await binh.picks("xã Tân Lập")
    await binh.sees("Nơi nào đang bị sự cố?")
    await binh.picks("Máy tính, mạng cơ quan")
    await binh.sees("Xem lại trước khi gửi – UBND xã Tân Lập, Máy tính, mạng cơ quan")
    await binh.types("gửi")
    await binh.sees("Đã báo Trực ban (anh Bình) để xác minh", "Người báo không nêu tên")
    await binh.sees("XÁC MINH TRƯỚC – sự cố số 1", "nguồn tin: văn bản, thư, chưa xác minh")
    taken = await binh.picks(TAKE)
    assert "xác minh với UBND xã Tân Lập" in taken  # nobody else's number is there to call
    assert rows(house, "SELECT unit, system, source, caller, caller_phone FROM incidents") == [
        ("tan_lap", "may_tinh_tan_lap", "letter", "", "")
    ]


async def test_of_a_secret_nothing_of_the_caller_is_kept_or_told(house: House) -> None:
    binh = house.binh
    before = await newest_ids(house)
    await binh.types("/baoho")
    await _until_told(binh, "Điện thoại", HOA, NUMBER)
    await binh.types("người gọi nói về quyhoachxyz")
    assert in_files(house, "Hoaxyz", "345 678", "quyhoachxyz") != []
    await binh.picks("Vừa phát hiện")
    shown = await answers(binh, ["no", "yes"])
    assert "Không ghi nội dung nào ở đây." in shown
    assert in_files(house, "Hoaxyz", "345 678", "quyhoachxyz") == []
    await answers(binh, ["no", "no", "no", "no"])
    await binh.picks("Vẫn đang xảy ra")
    await binh.picks("Gửi")
    await binh.sees("Đã ghi nhận: mã SC001")
    await house.minh.sees("TIN KHẨN – mã SC001")
    await binh.types("/tinhhinh 1")
    await binh.sees("Người báo: nguồn tin: điện thoại, chưa xác minh; anh Bình", "báo hộ")
    await all_said(house)
    assert in_files(house, "Hoaxyz", "345 678", "quyhoachxyz") == []
    said = [m["text"] for m in await house.minh.messages() if m["id"] > before["minh"]]
    assert not any("Hoaxyz" in text or "nguồn tin" in text for text in said)


async def test_a_marking_in_the_callers_name_stops(house: House) -> None:
    binh = house.binh
    await binh.types("/baoho")
    await binh.picks("Văn bản, thư")
    await binh.types("tài liệu mật của Hoaxyz")
    await binh.sees("Dừng lại: tin vừa gửi có dấu hiệu tài liệu mật", "ghi là Có", "đơn vị nào?")
    assert in_files(house, "Hoaxyz") == []


async def test_a_marking_in_what_is_told_erases_who_told_it(house: House) -> None:
    binh = house.binh
    await binh.types("/baoho")
    await _until_told(binh, "Điện thoại", HOA, NUMBER)
    assert in_files(house, "Hoaxyz", "345 678") != []
    await binh.types("tài liệu mật bị gửi đi")
    await binh.sees("Dừng lại", "Phát hiện lúc nào?")
    assert in_files(house, "Hoaxyz", "345 678") == []


async def test_found_to_be_secret_later_the_caller_is_erased(house: House) -> None:
    binh = house.binh
    await binh.types("/baoho")
    await _until_told(binh, "Báo chí, mạng xã hội", HOA, NUMBER)
    await binh.types(TOLD)
    await binh.picks("Gửi ngay, bổ sung sau")
    await binh.sees("XÁC MINH TRƯỚC", "nguồn tin: báo chí, mạng xã hội, 0912 345 678")
    await all_said(house)
    await binh.types("xác minh 1")
    await binh.sees("Câu 1/7")
    await answers(binh, ["no", "yes", "no", "no", "no", "no"])
    await binh.picks("Gửi")
    await all_said(house)
    assert in_files(house, "Hoaxyz", "345 678") == []
    await binh.types("/nhatky 1")
    await binh.sees("anh Bình báo sự cố (nội dung đã xóa theo quy định)")
    assert (await house.proof()).broken is None


async def test_it_is_not_an_officials_to_do(house: House) -> None:
    await house.lan.types("/baoho")
    assert "Việc này do người khác làm" in await house.lan.screen()


async def _until_told(phone: Phone, source: str, caller: str, number: str) -> None:
    await phone.picks(source)
    await phone.sees("Người báo tin là ai?")
    await phone.types(caller)
    await phone.sees("Gọi lại số nào?")
    await phone.types(number)
    await phone.sees("Chuyện xảy ra ở đơn vị nào?")
    if "xã Tân Lập" not in await phone.labels():
        await phone.picks("Xem thêm")
    await phone.picks("xã Tân Lập")
    await phone.sees("Nơi nào đang bị sự cố?")
    await phone.picks(SITE)
    await phone.sees("Người báo kể chuyện gì?")
