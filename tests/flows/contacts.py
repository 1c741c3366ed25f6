"""Contacts beyond the agency for a story: the file with one, telephoned by who may."""

from dataclasses import replace

from bot.domain.agency import Agency
from bot.domain.contact import Outside
from tests.flows.house import House
from tests.flows.person import Phone

POWER = Outside("dl", "power", "Điện lực Mẫu", "1900 0000")


async def a_contact_is_tried(house: House, who: Phone) -> None:
    """Never tried before; afterwards it is read in the directory of incident 1."""
    await house.apply(_with_power)
    await who.types("/kiemtradanhba")
    for label in (POWER.name, "Gọi được, đúng người"):
        await who.picks(label)
    await who.types("/danhba 1")
    await who.sees("Danh bạ ngoài cơ quan, sự cố số 1", "Kiểm tra gần nhất")


def _with_power(agency: Agency) -> Agency:
    return replace(agency, contacts=(POWER,))
