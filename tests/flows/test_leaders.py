"""Leaders: asked once, answer with a tap or in words, and decide what the bot only proposes."""

import pytest

from tests.flows.filing import all_said, rows
from tests.flows.house import House

ASK = ("Ban Chỉ đạo", "Cần ý kiến chỉ đạo", "Xin ý kiến chỉ đạo về phương án ứng cứu")
DECIDE = "Xin ý kiến lãnh đạo: sự cố số 1 có nghiêm trọng không?"


async def _asked(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.taps_on("Tôi tiếp nhận xử lý")
    await house.binh.types("/captren 1")
    for answer in ASK:
        await house.binh.picks(answer)
    await house.binh.picks("Gửi")
    await house.phuc.sees("Báo cáo đồng chí Phúc", "anh Minh đang xử lý (sự cố số 1)")


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_agreeing_reaches_the_duty_officer_and_who_has_it(house: House) -> None:
    await _asked(house)
    message, data = await house.phuc.button("Đồng ý")
    await house.phuc.picks("Đồng ý")
    await house.phuc.sees("Đã ghi ý kiến của anh/chị về sự cố số 1: Đồng ý", "đã được báo")
    for phone in (house.binh, house.minh):
        await phone.sees("Ý kiến chỉ đạo, sự cố số 1: đồng chí Phúc – Đồng ý")
    await house.phuc.presses(message, data, stale=True)
    await house.phuc.presses(message, data.replace("agree", "call"), stale=True)
    await house.phuc.sees("Đã ghi ý kiến của anh/chị về sự cố số 1: Đồng ý")
    assert (await house.log(1)).count("direction.given") == 1


@pytest.mark.parametrize("word", ["7", "đồng ý", "dong y"])
async def test_agreeing_by_typing(house: House, word: str) -> None:
    await _asked(house)
    await house.phuc.types(word)
    await house.phuc.sees("Đã ghi ý kiến của anh/chị về sự cố số 1: Đồng ý")


async def test_another_opinion_is_asked_for_its_words(house: House) -> None:
    await _asked(house)
    await house.phuc.picks("Ý kiến khác")
    await house.phuc.sees("Ý kiến của anh/chị về sự cố số 1?")
    assert "direction.given" not in await house.log(1)
    await house.phuc.types("Chờ Đội của tỉnh đến rồi mới làm")
    await house.phuc.sees("Đã ghi ý kiến của anh/chị về sự cố số 1: Ý kiến khác")
    for phone in (house.binh, house.minh):
        await phone.sees("đồng chí Phúc – Ý kiến khác", "“Chờ Đội của tỉnh đến rồi mới làm”")
    await house.binh.types("/nhatky 1")
    await house.binh.sees("đồng chí Phúc cho ý kiến: Ý kiến khác: “Chờ Đội của tỉnh")


async def test_asking_to_be_called_is_no_answer_yet(house: House) -> None:
    await _asked(house)
    await house.phuc.picks("Đề nghị gọi cho tôi")
    await house.phuc.sees("Đã báo Trực ban gọi điện thoại", "Vẫn có thể chọn ý kiến")
    await house.binh.sees("đồng chí Phúc đề nghị gọi điện thoại", "0905 000 666", "Gọi ngay")
    await house.binh.types("/status")
    await house.binh.sees("Số 1: chờ ý kiến đồng chí Phúc")
    await house.phuc.picks("Đồng ý")
    await house.binh.sees("đồng chí Phúc – Đồng ý")
    await house.binh.types("/status 1")
    await house.binh.sees("Sự cố số 1 · đang mở", "đồng chí Phúc cho ý kiến: Đồng ý")
    await house.binh.types("/status")
    await house.binh.sees_times(2, "Tình hình lúc")
    assert "chờ ý kiến" not in (await house.binh.all_texts())[-1]


@pytest.mark.parametrize(
    ("answer", "stands"),
    [
        ("Nghiêm trọng", "có, lãnh đạo đã quyết định"),
        ("Không nghiêm trọng", "không, lãnh đạo đã quyết định"),
    ],
)
async def test_a_named_leader_decides_what_is_proposed(
    house: House, answer: str, stands: str
) -> None:
    await house.lan.reports("Có", "Không", "Không", "Không", "Không", "Có")
    await house.card("Nghiêm trọng theo Kế hoạch: đề xuất, chờ lãnh đạo quyết định")
    await house.phuc.sees(DECIDE, "Đề xuất nghiêm trọng theo Kế hoạch, vì: vượt khả năng xử lý")
    assert await house.son.count(DECIDE) == 0
    await house.phuc.picks(answer)
    await house.phuc.sees(f"Đã ghi ý kiến của anh/chị về sự cố số 1: {answer}")
    await house.card(f"Nghiêm trọng theo Kế hoạch: {stands}")
    await house.binh.sees("Ý kiến chỉ đạo, sự cố số 1", answer)
    await house.binh.types("/nhatky 1")
    await house.binh.sees(f"đồng chí Phúc quyết định nghiêm trọng theo Kế hoạch: {stands}")


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_nobody_else_can_answer_what_a_leader_was_asked(house: House) -> None:
    await house.lan.reports("Có", "Không", "Không", "Không", "Không", "Có")
    _, data = await house.phuc.button("Nghiêm trọng")
    for phone in (house.son, house.binh):
        message, _ = await phone.button("Báo sự cố")
        toast = await phone.presses(message, data, stale=True)
        assert "Việc này do người khác làm" in toast
    assert "verdict.decided" not in await house.log(1)


@pytest.mark.only("telegram", "messages without a sound")
async def test_not_known_alone_never_asks_a_leader(house: House) -> None:
    await house.lan.reports(*["Chưa rõ"] * 6)
    await house.binh.sees("XÁC MINH TRƯỚC – sự cố số 1")
    await house.son.sees("vừa báo sự cố số 1", "không cần làm gì thêm")
    assert not [text for text in await house.son.loud() if "sự cố số 1" in text]
    assert await house.phuc.count("sự cố số 1") == 0


async def test_a_leader_is_asked_both_things_in_one_message(house: House) -> None:
    """A direction, and then whether it is serious: the second question on the same screen."""
    await house.lan.reports("Có")
    await house.minh.taps_on("Tôi tiếp nhận xử lý")
    await _escalates(house, "Ban Chỉ đạo")
    await house.phuc.sees("Báo cáo đồng chí Phúc", "vượt khả năng xử lý")
    assert await house.phuc.count("Xin ý kiến lãnh đạo") == 0
    await house.phuc.picks("Đồng ý")
    await house.phuc.sees("Đã ghi ý kiến", "Còn một câu", "có nghiêm trọng theo Kế hoạch không?")
    await house.phuc.picks("Không nghiêm trọng")
    await house.phuc.sees("Không nghiêm trọng", "Anh/chị không cần làm gì thêm")
    assert (await house.log(1)).count("verdict.decided") == 1


async def test_a_leader_whom_no_message_reaches_is_to_be_telephoned(house: House) -> None:
    await house.lan.reports("Có")
    await house.phuc.block()
    await _escalates(house, "Ban Chỉ đạo")
    await house.binh.sees("ồng chí Phúc", "0905 000 666", "ọi điện thoại ngay")


async def test_closed_while_the_form_was_filled_in_nobody_is_told(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.taps_on("Tôi tiếp nhận xử lý")
    await house.binh.types("/captren 1")
    for _ in range(3):  # whoever comes next, the first reason, what is asked for
        await house.binh.types("1")
    await house.binh.sees("Xem lại trước khi báo cáo")
    await house.minh.types("kết thúc 1")
    for typed in ("1", "Đã khôi phục.", "gửi"):
        await house.minh.types(typed)
    await all_said(house)
    await house.binh.types("gửi")
    await house.binh.sees_last("Sự cố số 1 đã kết thúc", "mở lại")
    due = "SELECT count(*) FROM pages WHERE due_at IS NOT NULL"
    assert rows(house, due) == [(0,)]
    assert await house.hung.count("TIN KHẨN") == 0


async def _escalates(house: House, to: str) -> None:
    await house.binh.types("/captren 1")
    for label in (to, "Vượt khả năng xử lý", "Đề nghị Đội ứng cứu của tỉnh hỗ trợ", "Gửi"):
        await house.binh.picks(label)
