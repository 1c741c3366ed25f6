"""Saturday night in a commune, all of it on Zalo, without a thing to tap: from the first sentence
to the work that outlasts the incident. The plan is Krông Pắc's, whose focal unit is no more."""

import asyncio
import re
from datetime import timedelta
from math import ceil
from pathlib import Path

import pytest

from tests.flows.filing import all_said
from tests.flows.finishing import finishes
from tests.flows.house import HERE, PHONES, House, Town, copy_of, make_template, running
from tests.flows.person import Phone

SATURDAY = 5
CAST = ("lan", "minh", "hung", "binh", "phuc", "son", "van")
COMMUNE = Town(
    Path(__file__).parent / "krong_pac.yaml",
    {key: PHONES[key] for key in CAST},
    ["binh", "minh", "hung"],
    ("xa", "xã Ea Hoa"),
)
SENTENCE = "may em mo khong duoc, hien chu tieng anh doi tien"
PLAN = "Kế hoạch Krông Pắc 2023"
GONE = "Phòng Văn hóa và Thông tin huyện"


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commune")
    asyncio.run(make_template(folder, COMMUNE, "zalo"))
    return folder


async def test_a_saturday_night_in_a_commune(commune: Path, tmp_path: Path) -> None:
    folder = copy_of(commune, tmp_path)
    async with running(folder, town=COMMUNE, network="zalo") as house:
        await clock(house, 21, 50, SATURDAY)
        await the_report(house)
        await nobody_and_then_somebody(house)
        await beyond_their_means(house)
        before = await a_restart_comes(house)
    async with running(folder, town=COMMUNE, network="zalo") as house:
        await after_the_restart(house, before)
        await confirmed_in_the_morning(house)
        await not_stable_and_again(house)
        await what_outlasts_it(house)
        assert (await house.proof()).broken is None


async def the_report(house: House) -> None:
    """1–5: a sentence, digits and words, a pause, GỬI; two conclusions, a unit that is gone."""
    lan, binh = house.lan, house.binh
    await lan.types(SENTENCE)
    offer = await lan.sees(SENTENCE, "Anh/chị muốn báo sự cố?")
    assert "không tắt máy, không xóa gì" in offer
    assert "rút dây mạng" in offer
    assert "0262 000 000" in offer
    assert "1 Có\n2 Không" in offer
    await lan.types("1")
    await lan.sees(
        f"Giữ câu anh/chị vừa viết: “{SENTENCE}”", "Câu 1/10", "1 Máy tính, mạng cơ quan"
    )
    await lan.types("1")
    await lan.sees("Câu 3/10", "Phát hiện lúc nào?")  # her sentence has answered câu 2
    await lan.types("1")
    await lan.sees("Câu 4/10")
    await clock(house, 21, 56)
    for typed, heard, following in (
        ("1", "Có", "Câu 5/10"),
        ("3", "Chưa rõ", "Câu 6/10"),
        ("ko biet", "Chưa rõ", "Câu 7/10"),
        ("co", "Có", "Câu 8/10"),
    ):
        await lan.types(typed)
        said = await lan.screen()
        assert f"Đã ghi: {heard}." in said
        assert following in said, "câu 5 là chưa rõ: không khóa"
    asked = (await lan.screen()).partition("Câu 8/10")[2]

    await clock(house, 22, 20)  # she has been on the telephone with the chairman
    await lan.types("tiep tuc")
    assert (await lan.screen()).partition("Câu 8/10")[2] == asked
    await lan.types("1")
    await lan.sees("Câu 9/10")
    await lan.types("2")
    await lan.sees("Câu 10/10")
    await lan.types("2")
    review = await lan.sees("Xem lại trước khi gửi", "Đúng thì gõ GỬI. Sửa câu 6 thì gõ: sửa 6")
    assert f"“{SENTENCE}”" in review
    assert "Có: gián đoạn; mất quyền điều khiển; nhiều nơi, lan rộng." in review
    assert "Chưa rõ: bí mật nhà nước; mất dữ liệu." in review
    assert "Hiện nay: đã ngắt mạng, giữ nguyên máy." in review
    for told in ("Trực ban (anh Bình)", "anh Minh", "lãnh đạo đơn vị (anh Sơn) nhận bản sao"):
        assert told in review.partition("Tin sẽ đến:")[2]

    await clock(house, 22, 22)
    await lan.types("GỬI")
    sent = await lan.sees("Đã ghi nhận: sự cố số 1, lúc 22:22", "Cần ứng phó.")
    assert f"theo gói nền, {PLAN} không nêu" in sent
    assert "Đã xin đồng chí Phúc quyết định mức độ." in sent
    await binh.types("tinh hinh 1")
    state = await binh.sees("Sự cố số 1 · đang mở")
    law, plan = (
        _line(state, "Nghiêm trọng theo Quyết định 05/2017"),
        _line(state, "Nghiêm trọng theo Kế hoạch"),
    )
    assert ": không." in law
    assert "hệ thống cấp độ 4 hoặc 5: không" in law
    assert "đề xuất, chờ lãnh đạo quyết định" in plan
    assert f"({PLAN}, Phụ lục I.4" in plan
    gone = f"Kế hoạch ghi {GONE}, chưa xác định đơn vị kế thừa: Trực ban điều phối."
    page = await binh.sees("TIN KHẨN – sự cố số 1", gone)
    assert "xác minh trước: có lộ bí mật nhà nước không" in page
    assert "chị Lan, Văn phòng xã, 0905 000 111" in page
    assert "7 = Tôi tiếp nhận xử lý\n9 = Chuyển người khác" in page
    await house.son.sees("xã Ea Hoa vừa báo sự cố số 1", "Bản sao để lãnh đạo biết")
    await house.phuc.sees("Xin ý kiến lãnh đạo", "7 = Nghiêm trọng\n9 = Không nghiêm trọng")


async def nobody_and_then_somebody(house: House) -> None:
    """6–7: "Ok e" takes nothing, the order goes on; 7 takes it, and whom it concerns is told."""
    minh, hung, binh, van = house.minh, house.hung, house.binh, house.van
    await minh.sees("TIN KHẨN – sự cố số 1")
    await clock(house, 22, 27)
    await minh.sees("TIN KHẨN – sự cố số 1", "nhắc lại lần 2")
    await minh.types("Ok e")
    await minh.sees("hay mới xem?", "vẫn báo người tiếp theo", "7 = Tôi tiếp nhận xử lý")
    assert await minh.count("hay mới xem?") == 1
    assert await hung.count("TIN KHẨN") == 0
    await clock(house, 22, 32)
    await hung.sees("TIN KHẨN – sự cố số 1")
    await binh.sees("Gọi điện thoại cho anh Minh", "anh Minh: 0905 000 555", "gõ 8")
    await all_said(house)
    at_coordinating, in_room = len(await van.all_texts()), await house.newest_in_group()

    await clock(house, 22, 36)
    await hung.types("7")
    taken = await hung.sees(
        "Anh Hùng tiếp nhận sự cố số 1 lúc 22:36", "điện cho chị Lan 0905 000 111"
    )
    assert "Gõ nhầm thì gõ “trả lại”" in taken
    await house.lan.sees("Anh Hùng tiếp nhận sự cố số 1 của anh/chị", "Điện thoại: 0905 000 333")
    await hung.sees("Sự cố số 1:", "· I.1 Tiếp nhận, xác minh sự cố", "gõ “nhận ")
    await all_said(house)
    assert await house.new_in_group(in_room) == 1
    assert "Chủ trì ứng cứu: anh Hùng" in await binh.screen(house.group)
    told = (await van.all_texts())[at_coordinating:]
    assert [text.split(":")[0] for text in told] == ["Để biết"]
    assert await van.count("TIN KHẨN") == 0
    await hung.types(f"nhận {await code(hung, 'I.1 Tiếp nhận')}")
    await hung.sees("Anh/chị nhận việc", "Chủ trì: UBND xã Ea Hoa · Phối hợp: Văn phòng HĐND")


async def beyond_their_means(house: House) -> None:
    """8: criterion 6 becomes có; the leader gets one message, and speaks on the telephone."""
    hung, binh, phuc = house.hung, house.binh, house.phuc
    await clock(house, 23, 10)
    await binh.sees("Đồng chí Phúc chưa trả lời về sự cố số 1", "gõ “chỉ đạo 1”")
    await all_said(house)
    before = len(await phuc.all_texts())
    await hung.types("cap tren 1")
    for asked, typed in (("báo ai?", "Ban Chỉ đạo"), ("Lý do", "1"), ("Xin ý kiến gì?", "1")):
        await hung.sees_last(asked)
        await hung.types(typed)
    await hung.sees_last("Xem lại trước khi báo cáo")
    await hung.types("gui")
    said = await hung.sees("Đã báo cáo sự cố số 1 đến đồng chí Phúc")
    assert "Vượt khả năng xử lý của đơn vị: từ “Không” thành “Có”" in said
    assert "Kết luận không đổi: Cần ứng phó" in said
    await all_said(house)
    (asked_him,) = (await phuc.all_texts())[before:]
    assert "Báo cáo đồng chí Phúc" in asked_him
    assert "Lý do báo cáo: vượt khả năng xử lý." in asked_him
    assert "7 = Đồng ý\n9 = Ý kiến khác" in asked_him
    assert "0905 000 222" in asked_him
    await binh.types("tinh hinh 1")
    proposed = _line(await binh.screen(), "Nghiêm trọng theo Kế hoạch")
    assert "vượt khả năng xử lý của đơn vị: có" in proposed

    await clock(house, 23, 15)
    await binh.types("/chidao 1")
    for asked, typed in (
        ("Ý kiến chỉ đạo của ai", "1"),
        ("Nghe bằng cách nào?", "1"),
        ("Nói lúc nào?", "23h14"),
        ("Ý kiến thế nào?", "dong y"),
    ):
        await binh.sees_last(asked)
        await binh.types(typed)
    await binh.sees_last("Xem lại trước khi ghi ý kiến chỉ đạo")
    await binh.types("gửi")
    await binh.sees(
        "Đã ghi ý kiến chỉ đạo, sự cố số 1: đồng chí Phúc – Đồng ý", "Qua điện thoại, 23:14"
    )
    await hung.sees("Ý kiến chỉ đạo, sự cố số 1: đồng chí Phúc – Đồng ý", "anh Bình ghi thay")


async def a_restart_comes(house: House) -> dict[str, int]:
    """9: at two o'clock the server starts the process anew, while a message is on its way."""
    hung, minh = house.hung, house.minh
    await clock(house, 2, 0)
    await hung.sees("đã quá hạn")  # the reminders of these hours have been written
    await all_said(house)
    late = {"method": "sendMessage", "network": "zalo", "chat": minh.number, "times": 1}
    await house.stage.post("faults", {**late, "delay_seconds": 300})
    task = await code(hung, "I.2 Triển khai các bước ưu tiên")
    await hung.types(f"chuyen {task} anh Minh")
    await hung.sees(f"Đã chuyển việc {task} cho anh Minh")
    await minh.sees(f"Anh Hùng chuyển anh/chị việc {task}")  # which the program never learns
    return {key: len(await phone.all_texts()) for key, phone in house.phones.items()}


async def after_the_restart(house: House, before: dict[str, int]) -> None:
    """Nothing is lost, nothing doubled but what may not have arrived, and that says so."""
    minh, task = house.minh, await code(house.hung, "I.2 Triển khai các bước ưu tiên")
    await minh.sees(f"Anh Hùng chuyển anh/chị việc {task} (nhắc lại)")
    await all_said(house)
    new = {
        key: texts
        for key, phone in house.phones.items()
        if (texts := (await phone.all_texts())[before[key] :])
    }
    assert list(new) == ["minh"]
    assert len(new["minh"]) == 1
    await minh.types(f"nhan {task}")
    await minh.sees(f"Anh/chị nhận việc {task}")


async def confirmed_in_the_morning(house: House) -> None:
    """8, its end: one digit; it answers what was asked last, not the older question."""
    phuc, binh = house.phuc, house.binh
    await clock(house, 6, 0)
    await house.hung.sees("còn đang xử lý sự cố số 1 không?", "7 = Vẫn đang xử lý")
    await all_said(house)  # six hours of reminders come at once
    await house.hung.types("7")
    await house.hung.sees("Đã ghi: anh/chị vẫn đang xử lý sự cố số 1")
    await phuc.sees("Xin xác nhận ý kiến chỉ đạo của anh/chị", "gõ 7 nếu đúng", "7 = Xác nhận")
    await phuc.types("7")
    await phuc.sees("Anh/chị đã xác nhận ý kiến chỉ đạo, sự cố số 1: Đồng ý, lúc 06:00")
    await binh.sees("Đồng chí Phúc đã xác nhận ý kiến chỉ đạo")
    assert "verdict.decided" not in await house.log(1)
    await phuc.types("nghiem trong")
    await phuc.sees("Đã ghi ý kiến của anh/chị", "Nghiêm trọng")
    await phuc.sees("· I.4 Chỉ đạo xử lý sự cố")
    await all_said(house)
    assert await house.lan.count("Ý kiến chỉ đạo") == 0, "she has asked nobody and may sleep"


async def not_stable_and_again(house: House) -> None:
    """10: II and III are opened again; the cause is to be verified again, once."""
    hung = house.hung
    await clock(house, 9, 0)
    await hung.sees(f"Việc {await code(house.phuc, 'I.4 Chỉ đạo')} chưa có người làm")
    await all_said(house)
    await finishes(hung, await code(hung, "I.1 Tiếp nhận"), "da xem may, ma doc tong tien")
    await on(hung, "II")
    await does(hung, "II.1 Triển khai")
    await on(hung, "III")
    await does(hung, "III.1 Xử lý")
    await does(hung, "III.2 Khôi phục")
    checked = await code(hung, "III.3 Kiểm tra")
    await hung.types(f"xong {checked}")
    asked = await hung.sees("hệ thống hoạt động thế nào?", "Quy trình II và III")
    assert "2 Hệ thống chưa hoạt động ổn định" in asked
    await hung.types("2")
    await hung.sees("Còn thấy gì chưa ổn định?")
    await hung.types("tep moi lai bi ma hoa")
    await hung.sees("Các bước phải làm lại đã mở theo Kế hoạch")
    await house.card("SỰ CỐ SỐ 1", "Giai đoạn II (làm lại lần 2): xong 0/2 bước")
    again = await hung.sees("2 việc làm lại, lần 2", "II.1 Triển khai")
    recheck = await code(hung, "Xác minh lại nguyên nhân")
    assert again.count("Xác minh lại nguyên nhân") == 1
    tasks = await house.tasks(1)
    steps = [task.step for task in tasks if task.step]
    assert len(steps) == len(set(steps))
    assert [task.kind for task in tasks].count("recheck") == 1
    await hung.types(f"xong {recheck} con mot may chua cai lai")
    await does(hung, "II.1 Triển khai")
    await on(hung, "III")
    for step in ("III.1 Xử lý", "III.2 Khôi phục"):
        await does(hung, step)
    await hung.types(f"xong {checked}")
    await hung.sees_last("hệ thống hoạt động thế nào?")
    await hung.types("1")
    await hung.sees(f"việc {checked} hoàn thành")
    assert [t.kind for t in await house.tasks(1)].count("recheck") == 1


async def what_outlasts_it(house: House) -> None:
    """11: III.4 is there for leaders and for whom they give it to, and stays after the end."""
    hung, minh, phuc, binh = house.hung, house.minh, house.phuc, house.binh
    hidden = await code(phuc, "III.4 Xử lý vi phạm")
    for phone in (hung, binh, minh):
        await phone.types("việc 1")
        assert "III.4" not in await phone.screen()
        await phone.types(f"việc {hidden}")
        await phone.sees(f"Không có việc {hidden}")
    await phuc.types(f"phan cong {hidden} anh Minh")
    await minh.sees("Đồng chí Phúc phân công anh/chị việc", "III.4 Xử lý vi phạm")
    await minh.types(f"nhan {hidden}")
    await on(hung, "IV")
    await hung.types("ket thuc 1")
    await hung.sees_last("Kết thúc ứng phó sự cố số 1: kết quả?")
    await hung.types("1")
    await hung.types("Đã cài lại các máy, khôi phục từ bản sao lưu.")
    await hung.types("gửi")
    await house.lan.sees("Sự cố số 1 đã kết thúc ứng phó")
    await binh.types("tinh hinh")
    await binh.sees("không có sự cố nào đang mở")
    await clock(house, 9, 0)
    await minh.types("viec")
    await minh.sees_last(f"{hidden} · III.4 Xử lý vi phạm")
    await finishes(minh, hidden, "da bao cao chu quan he thong")
    for phone in (hung, binh, house.lan, house.van, house.son):
        assert await phone.count("III.4") == 0
    assert "III.4" not in "".join(await binh.all_texts(house.group))


async def does(who: Phone, step: str) -> None:
    number = await code(who, step)
    await who.types(f"xong {number} da lam xong")
    await who.sees(f"việc {number} hoàn thành")


async def on(hung: Phone, phase: str) -> None:
    """The exit check of the phase: what still runs goes on beside."""
    await hung.types("giai doan 1")
    await hung.sees_last("1 Đã xong")
    await hung.types("1")
    await hung.sees_last(f"sang giai đoạn {phase}.")


async def code(who: Phone, step: str) -> str:
    """ "1.2", as the newest message that names the step says it."""

    def found(messages: list[dict[str, object]]) -> str | None:
        said = [re.search(rf"(\d+\.\d+) · {re.escape(step)}", str(m["text"])) for m in messages]
        return next((one[1] for one in reversed(said) if one), None)

    return str(await who.waits(found))


async def clock(house: House, hour: int, minute: int, weekday: int | None = None) -> None:
    """Pushed on to this time of day; what falls due meanwhile is done at the next sweep."""
    now = house.office.clock.now().astimezone(HERE)
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    days = int(then <= now)
    if weekday is not None:
        days += (weekday - (then + timedelta(days=days)).weekday()) % 7
    ahead = then + timedelta(days=days) - now
    await house.stage.post("clock/push", {"seconds": ceil(ahead.total_seconds())})


def _line(text: str, begins: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(begins))
