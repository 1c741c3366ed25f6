"""Case no. 1 of cases/open.yaml from the report to the end: four phases of the plan of Krông Pắc,
one loop back, three units, eight people; by tapping alone, by typing alone, and in English."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.agency import Agency, Post
from tests.flows.english import english, foreign_to_english
from tests.flows.filing import CASES, LABELS, of_case
from tests.flows.hands import ByButtons, ByNumbers, ByTurns, Hands
from tests.flows.house import House
from tests.flows.person import Phone
from tests.variants import EVERY

pytestmark = pytest.mark.both

LINH, THANG = "chị H'Linh (phụ trách an toàn thông tin)", "anh Thắng (Chủ tịch UBND xã)"
MOST = 25  # new messages in the group, edits not counted


def eight_people(agency: Agency) -> Agency:
    """The team is the plan's focal unit (đơn vị chuyên trách), and has a third member."""
    units = tuple(
        replace(one, functions={**one.functions, "focal": "doi_ung_cuu"})
        if one.id == "ea_mau"
        else one
        for one in agency.units
    )
    people = tuple(
        replace(one, roles=(Post("responder", "doi_ung_cuu", 3),)) if one.id == "van" else one
        for one in agency.people
    )
    return replace(agency, units=units, people=people)


def as_people_do(house: House) -> Hands:
    return ByNumbers(house) if house.network == "zalo" else ByButtons(house)


@pytest.mark.parametrize("way", [ByButtons, ByNumbers] if EVERY else [as_people_do])
async def test_a_case_goes_through_four_phases_and_once_back(
    house: House, way: Callable[[House], Hands], capsys: pytest.CaptureFixture[str]
) -> None:
    hands = way(house)
    count = await plays(house, hands)
    with capsys.disabled():
        name = type(hands).__name__
        sys.stdout.write(f"\n{name}: {count} new messages in the group (at most {MOST})\n")
    assert count <= MOST


async def test_the_same_in_english_without_a_vietnamese_word(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with english(template, tmp_path, monkeypatch) as house:
        since = (await house.stage.get("state", messages=1))["event"]
        assert await plays(house, ByTurns(house)) <= MOST
        for phone in (house.nga, house.h_linh, house.phuc, house.binh):
            for command in ("status", "status 1", "timeline 1", "tasks", "help", "menu"):
                await phone.types(command)
        await house.stranger.types("hello")
        await house.stranger.sees("This channel is for registered officials")
        assert await foreign_to_english(house, since) == set()


async def plays(house: House, hands: Hands) -> int:
    """The whole story; how many messages the group has got of it."""
    await house.apply(eight_people)
    nga, linh, thang = house.nga, house.h_linh, house.y_thang
    minh, hung, van, binh, phuc = house.minh, house.hung, house.van, house.binh, house.phuc
    before = await house.newest_in_group()
    case = CASES[0]
    answers = [LABELS[answer] for answer in of_case(case["criteria"])]

    await hands.reports(nga, "Máy tính, mạng cơ quan", case["told"], answers)
    await nga.sees("Đã ghi nhận: sự cố số 1", "Cần ứng phó")
    await linh.sees("TIN KHẨN – sự cố số 1")
    await hands.takes_page(linh)
    await nga.sees("H'Linh tiếp nhận sự cố số 1")
    await house.card("SỰ CỐ SỐ 1", "Giai đoạn I: xong 0/5 bước", "Chờ quyết định: 1.4")

    # Giai đoạn I: xã xác minh, một việc vướng, một việc chuyển; Đội báo cáo, Ban Chỉ đạo điều phối
    await linh.sees("Sự cố số 1: 5 việc", "1.1 · I.1 Tiếp nhận, xác minh sự cố")
    await hands.takes(linh, "1.1")
    await hands.does(linh, "1.1", "Đã xong")
    await linh.sees("Việc 1.1", "xác minh bằng cách nào?")
    for answer in ("Điện lại người báo", LINH, "Đúng là sự cố"):
        await hands.picks(linh, answer)
    await linh.sees("việc 1.1 hoàn thành")
    await thang.sees("Bản sao để lãnh đạo biết")
    await linh.types("nhận 1.2")
    await hands.does(linh, "1.2", "Gặp vướng mắc")
    await hands.picks(linh, "Chưa có bản sao lưu")
    await house.card("SỰ CỐ SỐ 1", "Đang vướng: 1.2", "chưa có bản sao lưu")
    await linh.types("xong 1.2 đã ngắt mạng, giữ nguyên máy")
    await hands.picks(linh, "Theo Kế hoạch đã phê duyệt")
    await linh.types("việc 1.3")
    await linh.types("chuyển 1.3 anh Thắng")
    await thang.sees("H'Linh chuyển anh/chị việc 1.3")
    await thang.types("nhận 1.3")
    await thang.types("xong 1.3 khôi phục từ bản sao lưu của tỉnh")
    for answer in ("Không ghi thêm", THANG):
        await hands.picks(thang, answer)
    await thang.sees("việc 1.3 hoàn thành")
    await hands.takes(hung, "1.5")
    await hands.does(hung, "1.5", "Đã xong")
    for answer in ("Đã báo đủ", "Chưa có số văn bản"):
        await hands.picks(hung, answer)
    await phuc.sees("Sự cố số 1: 1 việc", "1.6 · I.6 Điều phối công tác ứng cứu")

    # vượt khả năng: lãnh đạo quyết định nghiêm trọng, và bước I.4 mới mở
    await binh.types("cấp trên 1")
    for answer in ("Ban Chỉ đạo", "Vượt khả năng xử lý", "Đề nghị Đội ứng cứu của tỉnh hỗ trợ"):
        await hands.picks(binh, answer)
    await hands.picks(binh, "Gửi")
    await phuc.sees("Báo cáo đồng chí Phúc", "vượt khả năng")
    await phuc.types("đồng ý")
    await phuc.sees("Còn một câu", "nghiêm trọng theo Kế hoạch")
    await phuc.types("nghiêm trọng")
    await phuc.sees("Sự cố số 1: 1 việc", "1.4 · I.4 Chỉ đạo xử lý sự cố")
    for code in ("1.4", "1.6"):
        await hands.takes(phuc, code) if isinstance(hands, ByNumbers) else await phuc.types(
            f"nhận {code}"
        )
        await phuc.types(f"xong {code} đã có ý kiến chỉ đạo")
        if code == "1.4":
            await hands.picks(phuc, "Chưa phân công")

    # Giai đoạn II
    await linh.sees("đã xong các việc của giai đoạn I")
    await hands.commands(linh, "giai đoạn", "Sang giai đoạn sau", 1)
    await linh.sees("Giai đoạn I.", "Đã xác minh sự cố")
    await hands.picks(linh, "Đã xong")
    await linh.sees("sang giai đoạn II.", "1.7 · II.1")
    await done(hands, minh, "1.7")
    await next_phase(hands, "II", "III")

    # Giai đoạn III, chưa ổn định: làm lại II và III, không nhân đôi việc đã có
    await done(hands, hung, "1.8")
    await done(hands, van, "1.9")
    await hands.takes(minh, "1.10")
    await hands.does(minh, "1.10", "Đã xong")
    await minh.sees("Việc 1.10", "hệ thống hoạt động thế nào?", "Quy trình II và III")
    await hands.picks(minh, "Hệ thống chưa hoạt động ổn định")
    await minh.sees("Còn thấy gì chưa ổn định?")
    await minh.types("vẫn còn tệp bị mã hóa lại")
    await minh.sees("Các bước phải làm lại đã mở")
    await house.card("SỰ CỐ SỐ 1", "Giai đoạn II (làm lại lần 2): xong 0/2 bước")
    await minh.sees("2 việc làm lại, lần 2", "1.7 · II.1", "1.12 · Xác minh lại nguyên nhân")
    await done(hands, minh, "1.7")
    await done(hands, hung, "1.12")
    await next_phase(hands, "II", "III")
    await done(hands, hung, "1.8")
    await done(hands, van, "1.9")
    await hands.takes(minh, "1.10")
    await hands.does(minh, "1.10", "Đã xong")
    await hands.picks(minh, "Hệ thống hoạt động ổn định")
    await next_phase(hands, "III", "IV")

    # Giai đoạn IV là lần đầu; rồi kết thúc
    await house.card("SỰ CỐ SỐ 1", "Giai đoạn IV: xong 0/1 bước")
    await done(hands, hung, "1.13", "Đã báo đủ", "Không ghi thêm")
    await linh.sees("đã xong các việc của giai đoạn IV", "kết thúc ứng phó")
    await hands.commands(linh, "kết thúc", "Kết thúc ứng phó", 1)
    await hands.picks(linh, "Đã khắc phục xong")
    await linh.types("Đã khôi phục từ bản sao lưu, đổi mật khẩu quản trị.")
    await hands.picks(linh, "Gửi")
    await nga.sees("Sự cố số 1 đã kết thúc ứng phó")
    await house.card("SỰ CỐ SỐ 1", "Đã kết thúc ứng phó")

    tasks = await house.tasks(1)
    assert (
        len(tasks) == 13
    )  # mười hai bước của kế hoạch, mỗi bước một việc, và một việc xác minh lại
    assert {task.state for task in tasks if not task.confidential} == {"done"}
    assert (await house.proof()).broken is None
    return await house.new_in_group(before)


async def done(hands: Hands, who: Phone, code: str, *answers: str) -> None:
    await hands.takes(who, code)
    await hands.does(who, code, "Đã xong")
    for answer in answers or ("Xong theo kế hoạch",):
        await hands.picks(who, answer)


async def next_phase(hands: Hands, here: str, there: str) -> None:
    linh = hands.house.h_linh
    await linh.sees_last(f"đã xong các việc của giai đoạn {here}")
    await hands.commands(linh, "giai đoạn", "Sang giai đoạn sau", 1)
    await hands.picks(linh, "Đã xong")
    await linh.sees(f"sang giai đoạn {there}.")
