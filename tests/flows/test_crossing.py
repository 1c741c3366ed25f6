"""One person on two networks: what was begun on one is gone on with on the other (P4, P8, §5)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.filing import all_said, rows
from tests.flows.house import House, copy_of, running
from tests.flows.test_channels import on_zalo

SENTENCE = "Mở máy thấy chữ đòi tiền, các tệp không mở được."
STEPS = (
    "SELECT e.kind, e.platform, p.name FROM events e JOIN people p ON p.id = e.person_id"
    " WHERE e.chain = ? AND e.kind LIKE ? ORDER BY e.seq"
)


@pytest.fixture
async def house(template: Path, tmp_path: Path) -> AsyncIterator[House]:
    async with running(copy_of(template, tmp_path), network="both") as house:
        yield house


async def test_begun_by_tapping_and_sent_by_typing(house: House) -> None:
    lan, minh = house.lan, house.minh
    lan_there = await on_zalo(house, 201, lan)
    minh_there = await on_zalo(house, 202, minh)

    await lan.picks("Báo sự cố")
    await lan.picks("Một cửa, dịch vụ công")
    await lan.types(SENTENCE)
    await lan.picks("Vừa phát hiện")
    await lan.picks("Có")
    await lan.sees("Câu 5/10")
    stale = await lan.button("Không")

    await lan_there.types("menu")
    assert "Còn phần đang nhập dở: báo sự cố." in await lan_there.screen()
    await lan_there.types("tiếp tục")
    assert "Câu 5/10" in await lan_there.screen()
    assert "2 Không" in await lan_there.screen()
    await lan_there.types("2")
    assert "Đã ghi: Không." in await lan_there.screen()
    assert "Câu 6/10" in await lan_there.screen()

    # a button of the question that has passed shows the one that stands, and answers nothing
    await lan.presses(*stale)
    await lan.sees("Câu 6/10")
    await lan.picks("Không")
    await lan.sees("Câu 7/10")
    await lan.picks("Không")
    await lan.sees("Câu 8/10")
    # and so does a number that was meant for what the other telephone showed last
    await lan_there.types("1")
    passed = await lan_there.screen()
    assert "Câu hỏi đã sang câu khác ở kênh kia; điều vừa gõ chưa ghi." in passed
    assert "Câu 8/10" in passed
    for typed in ("2", "khong", "1"):
        await lan_there.types(typed)
    review = await lan_there.screen()
    assert "Xem lại trước khi gửi" in review
    assert "Có: gián đoạn. Không: các mục còn lại." in review
    await lan_there.types("GỬI")
    await lan_there.sees("Đã ghi nhận: sự cố số 1", "Cần ứng phó")
    assert await lan.count("Đã ghi nhận: sự cố số 1") == 0

    # the page comes by the channel that he used last, and is taken by the other
    await minh_there.sees("TIN KHẨN – sự cố số 1")
    assert await minh.count("TIN KHẨN") == 0
    await minh.types("7")
    await minh.sees("Anh Minh tiếp nhận sự cố số 1", "điện cho chị Lan 0905 000 111")
    await minh_there.types("nhận 1")
    await minh_there.sees("Anh/chị đã tiếp nhận sự cố số 1")
    await lan_there.sees("Anh Minh tiếp nhận sự cố số 1 của anh/chị")
    await all_said(house)
    assert (await house.log(1)).count("page.acknowledged") == 1

    # one identity over both, and each step from where it was made
    people = "SELECT count(DISTINCT person_id), count(*) FROM identities WHERE person_id = ?"
    ((lans,),) = rows(house, "SELECT id FROM people WHERE name = 'Lan'")
    assert rows(house, people, [lans]) == [(1, 2)]
    ((report,),) = rows(
        house, "SELECT id FROM forms WHERE author_id = ? AND form = 'report'", [lans]
    )
    form = rows(house, STEPS, [f"draft/{report}", "form.%"])
    assert {name for _, _, name in form} == {"Lan"}
    answered = [platform for kind, platform, _ in form if kind == "form.answer"]
    assert answered == [*["telegram"] * 4, "zalo", "telegram", "telegram", *["zalo"] * 3]
    assert rows(house, STEPS, ["incident/1", "incident.reported"]) == [
        ("incident.reported", "zalo", "Lan")
    ]
    assert rows(house, STEPS, ["incident/1", "page.acknowledged"]) == [
        ("page.acknowledged", "telegram", "Minh")
    ]
    assert (await house.proof()).broken is None
