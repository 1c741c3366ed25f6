"""For a story: what the law asks of an incident, and another version of a plan put in force."""

from bot.services import planning
from bot.services.ports.books import PlanVersion
from tests.flows.house import House
from tests.flows.person import Phone


async def what_the_law_asks(who: Phone) -> None:
    """People's data are exposed in incident 1, and the notice of it is sent."""
    await who.types("/dulieucanhan 1")
    for label in ("Có", "Họ tên, điện thoại, địa chỉ", "Chưa rõ"):
        await who.picks(label)
    await who.sees("Thời hạn báo cáo của sự cố số 1", "Mẫu 08")
    await who.types("/daguibaocao 1")
    await who.picks("thông báo vi phạm dữ liệu cá nhân (Mẫu 08)")
    await who.picks("Chưa có số văn bản")
    await who.types("/thoihan 1")
    await who.sees("đã gửi lúc")


async def put_in_force(house: House, plan: str, old: str, new: str) -> list[PlanVersion]:
    """Of the product's pack with one thing said otherwise; every version of it, newest first."""
    text, base = house.office.books.texts[plan]
    assert old in text
    desk, console = house.office.desk, house.office.console()
    await desk.do(planning.put_in_force, console, text.replace(old, new), base)
    return list((await desk.look(planning.versions, console, plan)).value)
