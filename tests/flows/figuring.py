"""Figures for a story: in numbers, and the picture by a link, as on a platform without files."""

from aiohttp import ClientSession

from bot.domain.people import Act, Identity
from bot.services import figures
from tests.flows.house import House
from tests.flows.person import Phone


async def figures_are_looked_at(house: House, who: Phone) -> None:
    await who.types("thống kê")
    await who.sees("Thống kê 12 tháng qua")
    known = Identity("telegram", str(house.program.bots[0].id), str(who.number))
    act = Act(known, house.office.clock.now(), "zalo:1:nowhere")
    link = (await house.office.desk.do(figures.picture, act, None)).value
    async with ClientSession() as http:
        async with http.get(link.url) as page:
            assert page.status == 200
        async with http.post(link.url) as picture:
            assert (await picture.read()).startswith(b"\x89PNG")
