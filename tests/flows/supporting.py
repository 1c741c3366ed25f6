"""Support beyond the agency for a story: contacts in the file, one asked, its answer written."""

from dataclasses import replace

from bot.domain.agency import Agency
from bot.domain.contact import Outside
from tests.flows.house import House
from tests.flows.person import Phone

TEAM = Outside("doi", "province", "Đội ứng cứu tỉnh Mẫu", "0262 000 114", hours="24/24")
NATIONAL = Outside("dp", "national", "Trực ban VNCERT", "024 0000 0101", functions=("national",))


def with_contacts(agency: Agency) -> Agency:
    return replace(agency, contacts=(NATIONAL, TEAM))


async def asks_for_support(who: Phone, number: int, body: str, answer: str) -> None:
    """People to come, by telephone."""
    await who.types(f"hỗ trợ {number}")
    for label in (body, "Cử người đến hỗ trợ", "Qua điện thoại", answer):
        await who.picks(label)


async def answers(who: Phone, answer: str, name: str, words: str) -> None:
    """What was said on the telephone, once it is known who was asked."""
    await who.picks(answer)
    await who.types(name)
    await who.types(words)


async def support_is_asked_and_given(house: House, who: Phone, number: int) -> None:
    await house.apply(with_contacts)
    await asks_for_support(who, number, TEAM.name, "Chờ trả lời")
    await who.sees(f"đề nghị {TEAM.name} hỗ trợ sự cố số {number}, đang chờ trả lời")
    await who.picks("Ghi trả lời")
    await answers(who, "Đồng ý hỗ trợ", "anh Tuấn", "14 giờ đến")
    await who.sees(f"{TEAM.name} đồng ý hỗ trợ sự cố số {number}")
