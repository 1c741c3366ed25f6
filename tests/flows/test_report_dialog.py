"""The report as a dialog: how few taps it takes, and that nothing a person does in it is lost."""

import asyncio
from pathlib import Path

import pytest

from tests.flows.filing import (
    all_said,
    answers,
    begins,
    picks_system,
    reaches_criteria,
    reports,
    rows,
)
from tests.flows.house import House, copy_of, running
from tests.flows.person import Phone

SENTENCE = "mo may thay chu doi tien, cac tep khong mo duoc"
SYSTEM = "Một cửa, dịch vụ công"
OLD = "Nút này đã cũ. Dưới đây là điều đúng lúc này."


@pytest.mark.only("telegram", "taps; what is typed on Zalo is counted in test_cases_typed")
async def test_the_whole_form_is_at_most_twelve_taps_and_one_sentence(house: House) -> None:
    """Even where the system stands on the list's second page."""
    thao = house.thao
    given = ("yes", "no", "unknown", "no", "no", "yes")
    shown = await reports(thao, "Dữ liệu dùng chung cấp độ 4", SENTENCE, given)
    assert "Cần ứng phó." in shown
    assert thao.taps <= 12
    assert await _written(thao) == [SENTENCE]


@pytest.mark.only("telegram", "taps; what is typed on Zalo is counted in test_cases_typed")
async def test_the_short_way_is_three_taps_and_one_sentence(house: House) -> None:
    lan = house.lan
    await begins(lan, SYSTEM)
    await lan.types(SENTENCE)
    await lan.sees("Câu 3/10", "Gửi ngay thì tin đến:", "Trực ban (anh Bình)", "anh Sơn")
    await lan.picks("Gửi ngay, bổ sung sau")
    await lan.sees("🟢 Đã ghi nhận: sự cố số 1", "Chưa xác minh.")
    assert lan.taps == 3
    assert await _written(lan) == [SENTENCE]


async def test_a_first_sentence_leads_in_and_saves_a_question(house: House) -> None:
    lan = house.lan
    await lan.types(SENTENCE)
    await lan.sees("Anh/chị muốn báo sự cố?", SENTENCE, "0262 000 000")
    shown = await lan.picks("Có")
    assert "Giữ câu anh/chị vừa viết" in shown
    assert "không tắt máy, không xóa gì" in shown
    assert "Quay lại" not in await lan.labels()  # there is nothing before it
    await lan.picks(SYSTEM)
    await lan.sees("Câu 3/10")
    await lan.picks("Gửi ngay, bổ sung sau")
    await lan.sees("🟢 Đã ghi nhận: sự cố số 1")
    assert lan.taps == 3
    assert rows(house, "SELECT told FROM incidents") == [(SENTENCE,)]


async def test_a_first_sentence_that_is_no_report_is_forgotten(house: House) -> None:
    lan = house.lan
    await lan.types("chieu nay co hop khong")
    await lan.sees("Anh/chị muốn báo sự cố?")
    assert "không giữ câu vừa viết" in await lan.picks("Không")
    assert all("chieu nay" not in str(row) for row in rows(house, "SELECT context FROM forms"))


async def test_back_keeps_what_was_answered(house: House) -> None:
    lan = house.lan
    await reaches_criteria(lan, SYSTEM, SENTENCE)
    await answers(lan, ["yes", "no"])
    for number in (5, 4, 3, 2):
        assert f"Câu {number}/10" in await lan.picks("Quay lại")
    await lan.picks("Gửi ngay, bổ sung sau")  # C1 is still "có": it is no longer to be verified
    shown = await lan.sees("🟢 Đã ghi nhận: sự cố số 1")
    assert "Cần ứng phó." in shown
    assert rows(house, "SELECT told FROM incidents") == [(SENTENCE,)]


async def test_one_answer_is_changed_from_the_review_by_tap_and_by_word(house: House) -> None:
    lan = house.lan
    await _to_review(lan, ("yes", "no", "unknown", "no", "no", "no"))
    assert "Sửa câu nào?" in await lan.picks("Sửa")
    assert "Câu 6/10" in await lan.picks("Mất dữ liệu")
    review = await lan.picks("Có")
    assert "Xem lại trước khi gửi" in review
    assert "Có: gián đoạn; mất dữ liệu." in review
    await lan.types("sửa 6")
    await lan.sees("Câu 6/10")
    await lan.types("không")
    await lan.sees("Xem lại trước khi gửi", "Có: gián đoạn.", "Không: các mục còn lại.")
    await lan.types("sua 2")
    await lan.sees("Câu 2/10")
    await lan.types("trang mot cua khong vao duoc")
    await lan.sees("Xem lại trước khi gửi", "“trang mot cua khong vao duoc”")


async def test_put_aside_it_waits_and_goes_on_by_word_or_by_the_menu(house: House) -> None:
    lan = house.lan
    await reaches_criteria(lan, SYSTEM, SENTENCE)
    await lan.types("để sau")
    assert "chưa gửi cho ai" in await lan.screen()
    await lan.types("tiep tuc")
    assert "Câu 4/10" in await lan.screen()
    await lan.picks("Để sau")
    await lan.types("/start")
    await lan.sees("Còn phần đang nhập dở: báo sự cố.")
    assert "Câu 4/10" in await lan.picks("Làm tiếp phần đang dở")
    assert rows(house, "SELECT count(*) FROM incidents") == [(0,)]


async def test_a_new_sentence_goes_on_with_what_was_put_aside(house: House) -> None:
    """One open report a person: the words are not lost where it has none yet."""
    lan = house.lan
    await lan.picks("Báo sự cố")
    await lan.picks("Để sau")
    await lan.types(SENTENCE)
    await lan.picks("Có")
    await picks_system(lan, SYSTEM)
    await lan.sees("Câu 3/10")
    await lan.picks("Gửi ngay, bổ sung sau")
    assert rows(house, "SELECT told FROM incidents") == [(SENTENCE,)]


async def test_cancelled_by_mistake_it_is_opened_again(house: House) -> None:
    lan = house.lan
    await reaches_criteria(lan, SYSTEM, SENTENCE)
    await lan.types("hủy")
    await lan.sees("Đã hủy, chưa gửi cho ai.")
    assert "Câu 4/10" in await lan.picks("Mở lại phần vừa hủy")
    await lan.picks("Gửi ngay, bổ sung sau")
    await lan.sees("🟢 Đã ghi nhận: sự cố số 1")
    assert rows(house, "SELECT told FROM incidents") == [(SENTENCE,)]


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_what_was_cancelled_does_not_push_out_a_newer_report(house: House) -> None:
    lan = house.lan
    await reaches_criteria(lan, SYSTEM, SENTENCE)
    await lan.types("hủy")
    await lan.sees("Đã hủy")
    restore = await lan.button("Mở lại phần vừa hủy")
    await lan.types("/baosuco")
    await lan.sees("Câu 1/10")
    assert await lan.presses(*restore) == OLD
    await lan.sees(OLD, "Câu 1/10")


async def test_a_restart_in_the_middle_goes_on_at_the_question(
    template: Path, tmp_path: Path
) -> None:
    folder = copy_of(template, tmp_path)
    async with running(folder) as house:
        await reaches_criteria(house.lan, SYSTEM, SENTENCE)
        await answers(house.lan, ["yes", "no", "no"])
        asked = await house.lan.button("Chưa rõ")
    async with running(folder) as house:
        lan = house.lan
        await lan.presses(*asked)
        await lan.sees("Câu 8/10")
        await lan.types("k")
        await lan.sees("Câu 9/10")
        await lan.types("c")
        await lan.picks("Đã hết")
        review = await lan.screen()
        assert "Có: gián đoạn; vượt khả năng. Chưa rõ: mất quyền điều khiển." in review
        assert SENTENCE in review


async def test_sent_early_the_rest_is_unknown_until_it_is_completed(house: House) -> None:
    lan, binh = house.lan, house.binh
    await begins(lan, SYSTEM)
    await lan.types(SENTENCE)
    await lan.sees("Câu 3/10")
    await lan.picks("Gửi ngay, bổ sung sau")
    await lan.sees("Chưa xác minh.", "Còn câu chưa trả lời: khi rảnh tay")
    page = await binh.sees("XÁC MINH TRƯỚC – sự cố số 1")
    assert "Còn chưa rõ: cả sáu tiêu chí." in page
    paged = len(await house.minh.loud())

    shown = await lan.picks("Bổ sung")
    assert "Phát hiện lúc nào?" in shown
    await lan.picks("Vừa phát hiện")
    await answers(lan, ["yes", "no", "no", "no", "no", "yes"])
    await lan.picks("Tạm ổn, đang theo dõi")
    await lan.sees("Xem lại")
    result = await lan.picks("Gửi")
    assert "Mức độ: từ “Chưa xác minh” thành “Cần ứng phó”" in result
    assert "từ “không” thành “đề xuất, chờ lãnh đạo quyết định”" in result
    await binh.sees("Chị Lan vừa trả lời thêm về sự cố số 1.", "thành “Cần ứng phó”")
    await house.minh.sees("TIN KHẨN – sự cố số 1")
    await house.phuc.sees("Xin ý kiến lãnh đạo: sự cố số 1 có nghiêm trọng không?")
    await all_said(house)
    assert len(await house.minh.loud()) == paged + 1
    assert (await house.proof()).broken is None


async def test_a_long_list_of_systems_is_shown_in_pages(house: House) -> None:
    thao = house.thao
    await thao.picks("Báo sự cố")
    first = await thao.labels()
    assert first[5:] == ["Xem thêm", "Để sau", "Hủy"]
    await thao.picks("Xem thêm")
    second = await thao.labels()
    assert "Khác, chưa rõ" in second
    assert not set(first[:5]) & set(second)
    await thao.types("xem them")  # round again
    assert (await thao.labels())[:5] == first[:5]
    await thao.types("6")  # the sixth is "more"
    assert (await thao.labels())[: len(second)] == second
    await thao.types("17")
    await thao.sees("Chưa hiểu “17”.")


async def test_another_time_is_typed(house: House) -> None:
    lan = house.lan
    await house.daytime()
    await begins(lan, SYSTEM)
    await lan.types(SENTENCE)
    said = await lan.taps_on("Giờ khác")
    assert said.startswith("Gõ giờ phát hiện, ví dụ: “21h30”")
    await lan.types("hom qua 14h")
    await lan.sees("Ghi: 14:00 ngày ", "Câu 4/10")
    await lan.picks("Quay lại")
    await lan.types("8h sáng nay")
    await lan.sees("Ghi: 08:00.", "Câu 4/10")
    await lan.picks("Quay lại")
    await lan.types("lúc con gà gáy")
    await lan.sees("Chưa hiểu giờ “lúc con gà gáy”.", "Câu 3/10")
    await lan.picks("Sáng nay")
    await lan.sees("Ghi: từ 06:00 đến ", "Câu 4/10")


async def test_words_that_are_too_long_are_refused_and_nothing_is_lost(house: House) -> None:
    lan = house.lan
    await begins(lan, SYSTEM)
    await lan.types("a" * 1001)
    await lan.sees("Dài quá 1000 ký tự (đang 1001).", "phần đã trả lời vẫn còn", "Câu 2/10")
    await lan.types("á" * 1000)
    await lan.sees("Câu 3/10")
    await lan.types("hủy")
    await lan.sees("Đã hủy")
    for length in (1001, 4096):
        await lan.types("may hong " + "a" * (length - 9))
        await lan.sees(f"Dài quá 1000 ký tự (đang {length}).")
    await lan.types("a" * 1000)
    await lan.sees("Anh/chị muốn báo sự cố?")
    assert "Câu 1/10" in await lan.picks("Có")


async def test_what_is_no_words_is_refused_and_the_question_stands(house: House) -> None:
    lan = house.lan
    await begins(lan, SYSTEM)
    for number, thing in enumerate(({"sticker": "😱"}, {"voice": True}), 1):
        await lan.says(**thing)
        await lan.sees_times(number, "chưa nhận hình dán, ghi âm", "Câu 2/10")
    await lan.types(SENTENCE)
    await lan.sees("Câu 3/10")


async def test_a_number_that_is_no_option_is_asked_again(house: House) -> None:
    lan = house.lan
    await lan.picks("Báo sự cố")
    for typed in ("8", "0", "99"):
        await lan.types(typed)
        await lan.sees(f"Chưa hiểu “{typed}”.", "Câu 1/10")
    await lan.types("2")
    await lan.sees("Đã ghi: Một cửa, dịch vụ công.", "Câu 2/10")


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_an_old_button_changes_nothing_and_shows_what_is_true(house: House) -> None:
    lan = house.lan
    await reaches_criteria(lan, SYSTEM, SENTENCE)
    old = await lan.button("Không")
    await lan.types("có")
    await lan.sees("Câu 5/10")
    assert await lan.presses(*old, stale=True) == OLD
    await lan.sees(OLD, "Câu 5/10")
    await answers(lan, ["no"] * 5)
    await lan.picks("Đã hết")
    assert "Có: gián đoạn." in await lan.screen()


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_two_presses_on_send_make_one_incident(house: House) -> None:
    lan = house.lan
    await _to_review(lan, ("yes", "no", "no", "no", "no", "no"))
    send = await lan.button("Gửi")
    said = await asyncio.gather(lan.presses(*send), lan.presses(*send, stale=True))
    assert sorted(said) == ["", OLD]
    await lan.sees("🟢 Đã ghi nhận: sự cố số 1")
    await all_said(house)
    assert rows(house, "SELECT count(*) FROM incidents") == [(1,)]
    pages = [text for text in await house.minh.all_texts() if "TIN KHẨN – sự cố số 1" in text]
    assert len(pages) == 1


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_of_two_racing_taps_one_counts(house: House) -> None:
    lan = house.lan
    await reaches_criteria(lan, SYSTEM, SENTENCE)
    yes, no = await lan.button("Có"), await lan.button("Không")
    said = await asyncio.gather(lan.presses(*yes), lan.presses(*no))
    assert sorted(said) == ["", OLD]
    await lan.sees("Câu 5/10")
    (answered,) = rows(house, "SELECT json_extract(answers, '$.c1') FROM forms WHERE at = 'c2'")
    assert answered in (("yes",), ("no",))


async def test_an_update_that_comes_twice_is_done_once(template: Path, tmp_path: Path) -> None:
    """The step is committed, but the program ends before it could confirm the update."""
    folder = copy_of(template, tmp_path)
    async with running(folder) as house:
        await begins(house.lan, SYSTEM)
        await house.stage.post("faults", {"method": "getUpdates", "status": 502, "times": 100000})
        await house.lan.types(SENTENCE)  # comes with the long poll that is open still
        await house.lan.sees("Câu 3/10")
    async with running(folder) as house:
        shown = await house.lan.sees("Việc này đã ghi nhận rồi. Dưới đây là điều đúng lúc này.")
        assert "Câu 3/10" in shown
        assert rows(house, "SELECT count(*) FROM forms WHERE at = 'since'") == [(1,)]
        assert (await house.proof()).broken is None


async def _to_review(who: Phone, given: tuple[str, ...]) -> None:
    await reaches_criteria(who, SYSTEM, SENTENCE)
    await answers(who, given)
    await who.picks("Vẫn đang xảy ra")
    await who.sees("Xem lại trước khi gửi")


async def _written(who: Phone) -> list[str]:
    """What the person has typed, commands left out."""
    mine = [m["text"] for m in await who.messages() if not m["from"]["is_bot"]]
    return [text for text in mine if not text.startswith("/")]
