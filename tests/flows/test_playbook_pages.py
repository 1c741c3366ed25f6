"""The playbook of an incident read on a telephone: by its buttons and by their numbers."""

from tests.flows.house import House
from tests.flows.test_scenarios import BOOK, confirmed, taken


async def test_the_playbook_is_read_page_by_page(house: House) -> None:
    minh = await confirmed(house)
    await minh.types("kịch bản 1")
    await minh.sees("Kịch bản ứng cứu, sự cố số 1", "Rà soát 21/11/2026, chưa diễn tập")
    await minh.picks("Hỏi người báo")
    await minh.sees("Hỏi người báo (1/2)", "(tiêu chí: nhiều nơi, lan rộng)")
    await minh.picks("Xem tiếp")
    await minh.sees("Hỏi người báo (2/2)")
    await minh.picks("Tiếp: Chứng cứ")
    await minh.sees("Chứng cứ (1/3)", "gõ “gửi tệp 1”")
    await minh.types("2")  # back to the contents, by its number
    await minh.sees_last("Chọn phần cần đọc")
    await minh.types("6")
    await minh.picks("Khôi phục (kỹ thuật)")
    await minh.sees("Khôi phục (kỹ thuật)", BOOK.recover[0])


async def test_who_reads_english_is_told_that_the_playbook_is_in_vietnamese(house: House) -> None:
    minh = await taken(house)
    await minh.types("English")
    await minh.types("scenario 1")
    await minh.sees("which scenario?", "Ransomware: because of “doi tien”")
    await minh.types("1")
    await minh.sees("Incident 1 is recorded as: Ransomware", "Playbook tasks opened: 4")
    await minh.types("playbook 1")
    await minh.sees("Playbook of incident 1: Ransomware – the playbook is in Vietnamese")
    await house.lan.sees("anh Minh đang xử lý")  # each in the language that they read
