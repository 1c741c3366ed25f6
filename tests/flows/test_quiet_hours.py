"""Giờ yên lặng: what can wait does until the morning, and is said once; what cannot asks nobody."""

import asyncio
from datetime import timedelta

import pytest

from tests.flows.filing import all_said, rows
from tests.flows.house import HERE, House
from tests.flows.person import Phone

NIGHT = "22 giờ – 6 giờ"
COPY = "sự cố số 1"
PAGE, TAKE = "TIN KHẨN – sự cố số 1", "Tôi tiếp nhận xử lý"


async def until(house: House, hour: int, minute: int = 0) -> None:
    """Pushes the clock to the next time that it shows this."""
    here = house.office.clock.now().astimezone(HERE)
    then = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
    then += timedelta(days=then <= here)
    await house.forward((then - here) // timedelta(minutes=1) + 1)
    await house.office.clock.sleep_until(then)


async def sleeps(house: House, *who: Phone) -> None:
    """Each has quiet hours since noon; it is eleven at night now."""
    await house.daytime()
    for one in who:
        await one.types("yên lặng 22-6")
        await one.sees("22:00 – 06:00")
    await until(house, 23)


async def test_quiet_hours_are_set_by_tapping_and_in_one_message(house: House) -> None:
    minh = house.minh
    await minh.types("/yenlang")
    await minh.sees("Giờ yên lặng hằng đêm của anh/chị?")
    await minh.picks(NIGHT)
    await minh.sees("Giờ yên lặng của anh/chị: 22:00 – 06:00", "Tin không gấp chờ đến 06:00")
    await minh.types("yen lang 23h30 den 5h")
    await minh.sees("23:30 – 05:00")
    await minh.types("giờ yên lặng")
    await minh.picks("Giờ khác")
    await minh.sees("Bắt đầu từ mấy giờ?")
    await minh.picks("20 giờ")
    await minh.sees("Đến mấy giờ?")
    await minh.picks("5 giờ")
    await minh.sees("20:00 – 05:00")
    await minh.types("/yenlang tắt")
    await minh.sees("Đã tắt giờ yên lặng")
    assert await asyncio.to_thread(rows, house, "SELECT * FROM quiet_hours") == []


async def test_what_can_wait_is_said_in_the_morning_and_nothing_is_lost(house: House) -> None:
    await sleeps(house, house.son)
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await house.minh.picks(TAKE)
    assert await house.son.count(COPY) == 0
    await until(house, 2)
    assert await house.son.count(COPY) == 0
    await until(house, 6, 1)
    await house.son.sees(COPY)
    await all_said(house)


@pytest.mark.only("telegram", "which, not how")
async def test_what_says_the_same_is_said_once_in_the_morning(house: House) -> None:
    await sleeps(house, house.son)
    await house.lan.reports("Có")

    def doubled(tx: object) -> None:
        rows = tx.notices.rows  # type: ignore[attr-defined]
        rows.exec_driver_sql(
            "INSERT INTO notices (kind, state, why, person_id, incident_id, facts, rank, attempts,"
            " not_before, again, at) SELECT kind, 'to_send', '', person_id, incident_id, facts,"
            " rank, 0, not_before, again, at FROM notices WHERE why = 'quiet_hours'"
        )

    await held(house)
    await house.office.store.run(doubled)
    await until(house, 6, 1)
    await house.son.sees(COPY)
    await all_said(house)
    assert await house.son.count("🟡", COPY) + await house.son.count("🔴", COPY) <= 1


async def held(house: House) -> None:
    """Until something waits for somebody's morning."""
    query = "SELECT count(*) FROM notices WHERE why = 'quiet_hours' AND state = 'to_send'"
    async with asyncio.timeout(20):
        while not (await asyncio.to_thread(rows, house, query))[0][0]:
            pass


async def test_whoever_has_the_duty_or_is_at_work_on_it_is_told_at_once(house: House) -> None:
    await sleeps(house, house.binh, house.minh)
    await house.lan.reports("Có")
    await house.binh.sees(PAGE)  # no roster: every duty officer has the duty
    await house.minh.types("nhận 1")
    await house.minh.sees("tiếp nhận sự cố số 1 lúc")
    await house.minh.sees("Sự cố số 1: 5 việc")  # the tasks of who has taken it
    await house.binh.sees("Anh Minh tiếp nhận sự cố số 1")


@pytest.mark.only("telegram", "when, not how")
async def test_who_gives_up_quiet_hours_hears_at_once_what_waited(house: House) -> None:
    await sleeps(house, house.son)
    await house.lan.reports("Có")
    await held(house)
    await house.son.types("yên lặng tắt")
    await house.son.sees("Đã tắt giờ yên lặng")
    await house.son.sees(COPY)
