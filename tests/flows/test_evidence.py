"""Evidence (chứng cứ) on a telephone: a picture becomes a receipt, a list, and nothing of a secret.

What is erased is looked for in the bytes of the database's files.
"""

import re
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.flows.filing import answers, database, in_files, reaches_criteria, rows
from tests.flows.handing import FILE, PICTURE, SECOND, address, b64, got, hands_in, pages, sends
from tests.flows.house import House, copy_of, running

SYSTEM = "Một cửa, dịch vụ công"
TRACE, OTHER_TRACE = "manhinhxyz", "nhatkyxyz"


@pytest.fixture
async def open_house(template: Path, tmp_path: Path) -> AsyncIterator[House]:
    """With pages of its own."""
    async with running(copy_of(template, tmp_path), **pages()) as house:
        yield house


@pytest.mark.only("telegram", "files come and go by the chat")
async def test_a_picture_goes_with_the_report_and_gets_its_receipt(house: House) -> None:
    lan, minh = house.lan, house.minh
    await sends(lan, PICTURE)
    await lan.sees("chưa có sự cố nào đang mở", "báo sự cố")
    await lan.types("/start")
    await reaches_criteria(lan, SYSTEM, "may cham")
    await sends(lan, PICTURE)
    taken = await lan.sees("đi cùng báo cáo đang nhập dở", "Câu 4/10")
    assert sha256(PICTURE).hexdigest() in taken
    assert "gửi dạng tệp" in taken
    await sends(lan, PICTURE)
    await lan.sees("Tệp này đã có trong báo cáo đang nhập dở", "Câu 4/10")
    await lan.types("1")  # the question that stands is answered as before
    await answers(lan, ["no"] * 5)
    await lan.picks("Vẫn đang xảy ra")
    await lan.picks("Gửi")
    await lan.sees("Đã ghi nhận: sự cố số 1", "Chứng cứ kèm theo: 1.A1")
    await lan.says(document="nhật ký máy chủ.pdf", bytes=b64(FILE))
    kept = await lan.sees("Số biên nhận: 1.A2", sha256(FILE).hexdigest())
    assert "gửi dạng tệp" not in kept
    await lan.says(document="đổi tên.pdf", bytes=b64(FILE))
    await lan.sees("đã có từ trước, số biên nhận 1.A2")
    assert rows(house, "SELECT media, size, platform FROM files ORDER BY number") == [
        ("image/jpeg", len(PICTURE), "telegram"),
        ("application/pdf", len(FILE), "telegram"),
    ]
    await sends(lan, SECOND, "máy ở phòng 3")
    await lan.sees("Số biên nhận: 1.A3")
    await minh.sees("TIN KHẨN – sự cố số 1")
    await minh.types("/tep 1")
    await minh.sees("Chứng cứ của sự cố số 1 (3)", "nhật ký máy chủ.pdf", "1.A3 máy ở phòng 3")
    await minh.taps_on("1.A1")
    assert await got(house, minh, "Chứng cứ 1.A1") == ("1.A1.jpg", PICTURE)
    await minh.types("2")
    assert await got(house, minh, "Chứng cứ 1.A2") == ("1.A2 nhật ký máy chủ.pdf", FILE)
    await minh.types("/nhatky 1")
    told = await minh.sees("chị Lan gửi chứng cứ 1.A2 (5 KB)", "anh Minh lấy chứng cứ 1.A1")
    assert "nhật ký máy chủ" not in told
    assert (await house.proof()).broken is None


@pytest.mark.only("telegram", "buttons, and a file")
async def test_of_several_incidents_it_is_asked_which(house: House) -> None:
    lan = house.lan
    await lan.reports(told="may thu nhat hong")
    await lan.reports(told="may thu hai hong")
    await sends(lan, PICTURE)
    await lan.sees("chưa ghi vào sự cố nào", "Sự cố số 1 hay 2?")
    await lan.types("số 2")
    await lan.sees("Số biên nhận: 2.A1")
    await sends(lan, SECOND, "sự cố số 1")
    await lan.sees("Số biên nhận: 1.A1")
    await sends(lan, SECOND + b"x")
    await lan.sees_last("Sự cố số 1 hay 2?")
    await lan.picks("Số 1")
    await lan.sees("Số biên nhận: 1.A2")
    await house.nga.types("/tep 1")  # another commune's
    await house.nga.sees("Việc này do người khác làm")
    for thing in ({"sticker": "👍"}, {"voice": True}):
        await lan.says(**thing)
        await lan.sees_last("chưa nhận hình dán, ghi âm")
    before = await house.newest_in_group()
    await house.minh.says(house.group, photo=b64(PICTURE), caption="@trucban_bot xem giúp")
    await house.minh.types("/tep 2")
    assert await house.new_in_group(before) == 0


@pytest.mark.only("telegram", "what was asked of the platform is counted")
async def test_nothing_is_taken_of_a_secret_and_what_was_taken_is_gone(house: House) -> None:
    lan, binh = house.lan, house.binh
    await reaches_criteria(lan, SYSTEM, "may cham")
    await sends(lan, PICTURE)
    await lan.sees("đi cùng báo cáo đang nhập dở")
    assert in_files(house, TRACE) == [TRACE]
    await lan.picks("Không")
    await lan.picks("Có")
    assert in_files(house, TRACE) == []
    assert rows(house, "SELECT count(*) FROM files") == [(0,)]
    await sends(lan, PICTURE)
    await lan.sees("Không nhận ảnh, tệp", "anh Sơn, Chủ tịch UBND xã")
    await lan.types("hủy")
    await lan.reports("Có", told="may khac cham")
    await sends(lan, PICTURE)
    await lan.sees("Số biên nhận: 1.A1")
    await lan.reports(told="may thu ba")
    await sends(lan, SECOND)
    await lan.sees("Sự cố số 1 hay 2?")
    assert in_files(house, TRACE, OTHER_TRACE) == [TRACE, OTHER_TRACE]
    await binh.types("/tinhhinh 1")
    await binh.picks("Xác minh")
    await binh.types("sửa 2")
    await binh.picks("Có")
    await binh.picks("Gửi")
    await binh.sees("có dấu hiệu liên quan bí mật nhà nước")
    assert in_files(house, TRACE, OTHER_TRACE) == []  # the one that waited may have been of it
    await binh.types("/nhatky 1")
    await binh.sees("Chứng cứ đã gửi (2) đã xóa theo quy định bí mật nhà nước")
    await binh.types("/tep 1")
    await binh.sees("Không nhận ảnh, tệp")
    await sends(lan, PICTURE)
    await lan.sees("mã SC001 có dấu hiệu liên quan bí mật nhà nước", "ví dụ 2")
    await sends(lan, PICTURE, "2")
    await lan.sees("Số biên nhận: 2.A1")
    calls = (await house.stage.get("calls", after=0))["calls"]
    fetched = [call for call in calls if call["method"] == "getFile"]
    assert len(fetched) == 4  # what is not taken is not even asked for
    assert (await house.proof()).broken is None


async def test_what_the_platform_does_not_hand_over_goes_by_the_page(open_house: House) -> None:
    lan = open_house.lan
    await lan.reports(told="may cham")
    await lan.says(document="anh-dia.img", size=30_000_000)
    page = await lan.sees("quá lớn", "cho sự cố số 1", "/gui/")
    assert re.search(r"http://127\.0\.0\.1:\d+/gui/\S{32}", page)
    await lan.types("gửi tệp")
    await lan.sees_last("dùng một lần", "/gui/")
    assert rows(open_house, "SELECT count(*), count(DISTINCT key) FROM passes") == [(2, 2)]
    assert not any(word in database(open_house).read_bytes().decode("latin-1")
                   for word in re.findall(r"/gui/(\S{32})", page))  # fmt: skip


@pytest.mark.only("telegram", "there the webhook has a page")
async def test_without_a_page_it_is_said_whom_to_bring_it_to(house: House) -> None:
    lan = house.lan
    await lan.reports(told="may cham")
    await lan.says(document="anh-dia.img", size=30_000_000)
    await lan.sees("Chưa có trang gửi tệp", "0262 000 000")


@pytest.mark.only("zalo", "no files are carried there")
async def test_on_zalo_pictures_come_by_the_chat_and_the_rest_by_pages(house: House) -> None:
    lan, minh = house.lan, house.minh
    await lan.reports("Có", told="may cham")
    await sends(lan, SECOND, "công văn đóng dấu mật")
    await lan.sees("Dừng lại: tin vừa gửi có dấu hiệu tài liệu mật")
    assert in_files(house, OTHER_TRACE) == []
    await sends(lan, PICTURE)
    kept = await lan.sees("Số biên nhận: 1.A1", sha256(PICTURE).hexdigest())
    assert "gửi dạng tệp" not in kept  # there is no such way here
    await lan.says(document="nhật ký.pdf", bytes=b64(FILE))
    await lan.sees("không được chuyển đến Trực Ban", "cho sự cố số 1", "/gui/")
    await hands_in(lan, FILE, "nhat-ky.pdf")
    await lan.reports(told="may thu hai")
    await sends(lan, SECOND)
    await lan.sees("Sự cố số 1 hay 2? Gõ số của sự cố.")
    await lan.types("2")
    await lan.sees("Số biên nhận: 2.A1")
    await minh.types("chứng cứ 1")
    await minh.sees("Chứng cứ của sự cố số 1 (2)", "1.A2 nhat-ky.pdf", "mã ")
    link = await address(minh, "/tep/")
    async with ClientSession() as http, http.post(f"{link}/2") as answer:
        assert await answer.read() == FILE
    await minh.types("nhật ký 1")
    await minh.sees("anh Minh lấy chứng cứ 1.A2")
