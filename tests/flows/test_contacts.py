"""Whom one telephones beyond the agency: listed, told at a step, tried once a year."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.agency import Agency, Post
from bot.domain.contact import Outside
from bot.jobs.sweeps import sweeps
from bot.services.ports.store import Transaction
from tests.flows.house import HERE, House
from tests.flows.test_scenarios import picks_from_the_list

PA05, VNCERT, POWER = "Phòng An ninh mạng (PA05)", "Trực ban điều phối", "Điện lực thị xã"
OF_POLICE, OF_VNCERT, OF_POWER = "0262 000 113", "024 0000 0101", "1900 0000"
WAITS = "🟡 Chưa kiểm tra trong năm"
REACHED, WRONG, SILENT = "Gọi được, đúng người", "Số không đúng", "Không nghe máy"
MINUTE = timedelta(minutes=1)
FORBIDDEN = "Việc này do người khác làm"


def today(house: House) -> date:
    return house.office.clock.now().astimezone(HERE).date()


def three(house: House) -> Callable[[Agency], Agency]:
    """The police were telephoned lately, the coordinator long ago, the power company never."""
    lately, long_ago = (today(house) - timedelta(days=days) for days in (30, 400))
    police = Outside("ca", "police", PA05, OF_POLICE, "0905 000 113", hours="24/24")
    found = (
        Outside("dl", "power", POWER, OF_POWER, needed="khi mất điện"),
        Outside("dp", "national", VNCERT, OF_VNCERT, functions=("national",), checked=long_ago),
        replace(police, functions=("police",), checked=lately, note="Hỏi ca trực."),
    )
    return lambda agency: replace(agency, contacts=found)


def with_hung_on_duty(house: House) -> Callable[[Agency], Agency]:
    """Beside anh Bình, who is administrator as well."""

    def change(agency: Agency) -> Agency:
        posts = (Post("duty", "thi_xa", 2),)
        people = (
            replace(p, roles=(*p.roles, *posts)) if p.id == "hung" else p for p in agency.people
        )
        return replace(three(house)(agency), people=tuple(people))

    return change


async def later(house: House, days: int, hour: int = 12, weekdays: range = range(5)) -> None:
    """So many days later or, if offices are closed then, soon after; the bot's clock has heard."""
    then = house.office.clock.now().astimezone(HERE).replace(hour=hour, minute=0)
    then += timedelta(days=days)
    while then.weekday() not in weekdays:
        then += timedelta(days=1)
    while (left := then - house.office.clock.now()) > timedelta():
        minutes = min(left, timedelta(days=30)) // MINUTE + 1  # by a month at most
        heard = house.office.clock.now() + minutes * MINUTE
        await house.forward(minutes)
        await house.office.clock.sleep_until(heard)


async def sweep(house: House) -> None:
    await sweeps(house.office.desk, house.office.clock)["try_numbers"]()


async def code_of(house: House, step: str) -> str:
    return next(task.code for task in await house.tasks(1) if task.step == step)


async def test_the_directory_says_whom_where_needed_and_whether_it_was_tried(house: House) -> None:
    await house.apply(three(house))
    await house.minh.types("danh ba")
    shown = await house.minh.sees("Danh bạ ngoài cơ quan", "3 nơi")
    assert shown.index("Công an") < shown.index("Cơ quan điều phối") < shown.index("Điện lực")
    assert f"{PA05}: {OF_POLICE} hoặc 0905 000 113 (24/24)" in shown
    assert "Kế hoạch Mỹ Hào 2025: bước 5, 7" in shown
    assert "Hỏi ca trực." in shown
    assert "Kiểm tra gần nhất: " in shown
    assert "Cần: khi mất điện." in shown
    assert shown.count(WAITS) == 2
    assert "Trực ban, quản trị gọi kiểm tra. Anh/chị không cần làm gì thêm." in shown
    assert "Ghi kết quả kiểm tra" not in await house.minh.labels()
    await house.binh.types("/danhba")
    await house.binh.sees("Danh bạ ngoài cơ quan", "Gọi kiểm tra xong một nơi thì")


async def test_nothing_is_there_yet_and_the_administrator_reads_how(house: House) -> None:
    await house.minh.types("danh bạ")
    await house.minh.sees("Danh bạ ngoài cơ quan chưa có nơi nào", "Quản trị thêm mục contacts")
    await house.binh.types("kiểm tra danh bạ")
    await house.binh.sees("chưa có nơi nào", "python -m bot init")


async def test_of_an_incident_those_it_needs_stand_first(house: House) -> None:
    await house.apply(three(house))
    await house.lan.reports("Có")
    await house.minh.picks("Tôi tiếp nhận xử lý")
    await picks_from_the_list(house.minh, "Lỗi hệ thống, điện, mạng", "Sự cố nguồn điện")
    await house.minh.sees("Đã ghi sự cố số 1")
    await house.minh.types("danh bạ 1")
    shown = await house.minh.sees("Danh bạ ngoài cơ quan, sự cố số 1")
    assert f"{POWER}: {OF_POWER}\nCần: khi mất điện; tình huống này." in shown
    assert shown.index(POWER) < shown.index(PA05)
    await house.minh.types(f"việc {await code_of(house, 'mat_dien.goi_dien_luc')}")
    assert "Gọi điện cho điện lực" in await house.minh.sees(f"Gọi điện {POWER}: {OF_POWER}.")
    await house.van.types("danh bạ 1")  # of another unit
    await house.van.sees(FORBIDDEN)
    await house.minh.types("danh bạ 9")
    await house.minh.sees("Không có sự cố số 9")


async def test_a_step_says_whom_to_telephone_for_a_body_that_nobody_stands_for(
    house: House,
) -> None:
    await house.apply(three(house))
    await house.lan.reports("Có")
    await house.minh.picks("Tôi tiếp nhận xử lý")
    report = await code_of(house, "bao_cao")
    await house.minh.types(f"việc {report}")
    named = f"Kế hoạch ghi Cơ quan điều phối quốc gia (VNCERT/CC): gọi điện {VNCERT}, {OF_VNCERT}."
    shown = await house.minh.sees(named, "Danh bạ: gõ “danh bạ 1”")
    assert OF_POLICE not in shown  # no scenario asks for them, and the step names them nowhere
    first = await code_of(house, "phat_hien")
    await house.minh.types(f"việc {first}")
    assert "Danh bạ" not in await house.minh.sees("Phát hiện, tiếp nhận sự cố", "Chủ trì")
    await house.binh.types("kiểm tra danh bạ")
    await house.binh.picks(VNCERT)
    await house.binh.picks(WRONG)
    await house.minh.types(f"việc {report}")
    await house.minh.sees_last("Chủ trì")
    assert not await house.minh.shows(OF_VNCERT)  # nobody is sent to a wrong number


@pytest.mark.only("telegram", "whom, not how")
async def test_nobody_rings_up_the_provinces_team_before_it_is_convened(house: House) -> None:
    team = Outside("tinh", "province", "Đội của tỉnh", "0262 000 114", functions=("province_team",))
    change = three(house)
    await house.apply(lambda agency: replace(a := change(agency), contacts=(team, *a.contacts)))
    await house.nga.reports("Có")  # of xã Ea Mẫu, whose plan is Krông Pắc's
    await house.binh.picks("Tôi tiếp nhận xử lý")
    report = await code_of(house, "i_5")
    await house.binh.types(f"việc {report}")
    shown = await house.binh.sees(f"gọi điện {VNCERT}, {OF_VNCERT}.")
    assert team.phone not in shown

    def convened(tx: Transaction) -> None:
        incident = tx.incidents.get(1)
        tx.incidents.save(replace(incident, convened_at=incident.reported_at))

    await house.office.store.run(convened)
    await house.binh.types(f"việc {report}")
    await house.binh.sees(f"gọi điện {team.name}, {team.phone}.", f"gọi điện {VNCERT}")


async def test_the_scenario_adds_whom_it_asks_for_where_the_plan_needs_them(house: House) -> None:
    await house.apply(three(house))
    await house.lan.reports("Có", told="may em hien chu doi tien, tep bi ma hoa")
    await house.minh.picks("Tôi tiếp nhận xử lý")
    await house.minh.types("tình huống 1")
    await house.minh.picks("Tấn công mã hóa phần mềm, dữ liệu, thiết bị")
    await house.minh.sees("Đã ghi sự cố số 1")
    await house.minh.types(f"việc {await code_of(house, 'bao_cao')}")
    await house.minh.sees(f"gọi điện {VNCERT}", f"gọi điện {PA05}, {OF_POLICE}.")


async def test_tried_by_tapping_and_by_typing(house: House) -> None:
    await house.apply(three(house))
    binh = house.binh
    await binh.types("danh bạ")
    await binh.picks("Ghi kết quả kiểm tra")
    shown = await binh.sees("Ghi kết quả gọi kiểm tra nơi nào?")
    assert "Nơi chưa kiểm tra trong năm đứng trước" in shown
    labels = await binh.labels()
    if house.network == "telegram":
        assert labels[:3] == [VNCERT, POWER, PA05]
    await binh.picks(VNCERT)
    await binh.sees(f"{VNCERT}, số {OF_VNCERT}: kết quả thế nào?")
    await binh.picks(REACHED)
    shown = await binh.sees(f"🟢 Đã ghi: {VNCERT}, gọi được, đúng người.")
    assert shown.count(WAITS) == 1
    await binh.types("kiem tra danh ba")
    await binh.types("1")
    await binh.sees(f"{POWER}, số {OF_POWER}")
    await binh.types("khong nghe may")
    shown = await binh.sees(f"🟡 Đã ghi: {POWER} không nghe máy")
    assert shown.count(WAITS) == 1  # nobody has answered: it is still due
    await binh.types("kiem tra danh ba")
    await binh.types("1")
    await binh.types("1")
    shown = await binh.sees(f"🟢 Đã ghi: {POWER}")
    assert WAITS not in shown
    assert "Anh/chị không cần làm gì thêm." in shown
    await later(house, 366)
    await binh.types("danh bạ")
    await binh.sees_last("Danh bạ ngoài cơ quan", "🟡 Chưa kiểm tra trong năm; lần gần nhất")
    kinds = [link.kind for link in await agency_log(house)]
    assert kinds.count("contact.checked") == 3


async def agency_log(house: House) -> list[object]:
    return list(await house.office.store.look(lambda tx: tx.events.chain("agency")))


async def test_of_a_wrong_number_the_administrator_hears(house: House) -> None:
    await house.apply(with_hung_on_duty(house))
    hung, binh = house.hung, house.binh
    await hung.types("kiểm tra danh bạ")
    await hung.picks(PA05)
    await hung.picks(WRONG)
    shown = await hung.sees(f"🟡 Đã ghi: số của {PA05} không đúng. Quản trị đã được báo.")
    assert "🔴 Số này đã có người gọi thử: không đúng." in shown
    await binh.sees(
        f"số của {PA05} không đúng", f"Anh Hùng gọi thử {OF_POLICE}", "sửa mục ca ở contacts"
    )

    def mended(agency: Agency) -> Agency:
        agency = with_hung_on_duty(house)(agency)
        of_police = replace(agency.contacts[2], phone="0262 000 114", checked=None)
        return replace(agency, contacts=(*agency.contacts[:2], of_police))

    await house.apply(mended)
    await hung.types("danh bạ")
    await hung.sees_last("0262 000 114")
    shown = await hung.screen()
    assert "không đúng" not in shown
    assert shown.count(WAITS) == 3  # the new number was never tried
    await binh.types("kiểm tra danh bạ")
    await binh.picks(PA05)
    await binh.picks(WRONG)
    await binh.sees("không đúng. Tìm số đúng, sửa tệp của cơ quan rồi nạp lại.")
    assert await binh.count("Anh Bình gọi thử") == 0  # who mends it has said it


async def test_administrators_are_reminded_once_a_year_and_in_office_hours(house: House) -> None:
    head = "Danh bạ ngoài cơ quan: 2 nơi chưa kiểm tra trong năm"
    await later(house, 1, hour=22)
    await house.apply(three(house))
    await sweep(house)
    assert "contact.reminded" not in [link.kind for link in await agency_log(house)]
    await later(house, 1)
    await sweep(house)
    await house.binh.sees(head, f"{VNCERT}; {POWER}", "Gọi điện từng nơi")
    await sweep(house)
    await later(house, 30)
    await sweep(house)
    await later(house, 310)  # of the police the year is over, too
    await sweep(house)
    await house.binh.sees("Danh bạ ngoài cơ quan: 1 nơi chưa kiểm tra trong năm", PA05)
    await later(house, 60)
    await sweep(house)
    await house.binh.sees_times(2, head)
    reminded = [link.kind for link in await agency_log(house)].count("contact.reminded")
    assert reminded == 3  # the wait for the police, then again for the two
    assert await house.minh.count("chưa kiểm tra trong năm") == 0
    await house.binh.picks("Ghi kết quả kiểm tra")
    await house.binh.sees("Ghi kết quả gọi kiểm tra nơi nào?")


@pytest.mark.only("telegram", "a weekend")
async def test_nobody_is_reminded_at_the_weekend(house: House) -> None:
    await later(house, 1, weekdays=range(6, 7))
    await house.apply(three(house))
    await sweep(house)
    assert "contact.reminded" not in [link.kind for link in await agency_log(house)]


async def test_no_telephone_number_is_said_in_a_group(house: House) -> None:
    await house.apply(three(house))
    await house.lan.reports("Có")
    await house.minh.picks("Tôi tiếp nhận xử lý")
    asked = {"zalo": "danh bạ", "telegram": "/danhba"}[house.network]
    await house.minh.types(asked, chat=house.group)
    await house.minh.sees("Việc này làm trong tin riêng với Trực Ban", chat=house.group)
    report = await code_of(house, "bao_cao")
    await house.minh.taps_card(f"Việc {report}", "Nhận việc", house.group)
    for text in await house.minh.all_texts(house.group):
        assert not any(number in text for number in (OF_POLICE, OF_VNCERT, OF_POWER)), text


async def test_officials_and_strangers_look_up_nothing(house: House) -> None:
    await house.apply(three(house))
    for command in ("danh bạ", "kiểm tra danh bạ"):
        await house.lan.types(command)
        await house.lan.sees(FORBIDDEN)
    await house.minh.types("/kiemtradanhba")
    await house.minh.sees(FORBIDDEN)
    await house.stranger.types("/danhba")
    await house.stranger.sees("Kênh này dành cho cán bộ đã đăng ký")
    assert OF_POLICE not in await house.stranger.screen()
