"""The two ways in which people work with the bot: by tapping, and by typing digits and words."""

from itertools import cycle
from typing import Protocol

from tests.flows.house import House
from tests.flows.person import Phone

TYPED = {
    "Nhận việc": "nhan",
    "Đã xong": "xong",
    "Gặp vướng mắc": "vuong",
    "Chuyển người khác": "chuyển",
    "Phân công": "phân công",
    "Mở việc này": "mở",
    "Chưa cần": "chưa cần",
}
WORDS = {"Gửi": "gửi", "Quay lại": "quay lại", "Để sau": "để sau"}


class Hands(Protocol):
    house: House

    async def picks(self, who: Phone, label: str) -> None:
        """An option, or the way on, of the question that stands."""

    async def reports(self, who: Phone, system: str, told: str, answers: list[str]) -> None: ...
    async def takes_page(self, who: Phone) -> None: ...
    async def takes(self, who: Phone, code: str) -> None:
        """A task: where this person sees it, in the group or in private."""

    async def does(self, who: Phone, code: str, do: str) -> None:
        """Another button of it, as it is labelled."""

    async def commands(self, who: Phone, command: str, label: str, number: int) -> None: ...


class ByButtons:
    def __init__(self, house: House) -> None:
        self.house = house

    async def picks(self, who: Phone, label: str) -> None:
        await who.picks(label)

    async def reports(self, who: Phone, system: str, told: str, answers: list[str]) -> None:
        await who.picks("Báo sự cố")
        await who.picks(system)
        await who.types(told)
        await who.picks("Vừa phát hiện")
        for answer in [*answers, "Vẫn đang xảy ra", "Gửi"]:
            await who.picks(answer)

    async def takes_page(self, who: Phone) -> None:
        await who.picks("Tôi tiếp nhận xử lý")

    async def takes(self, who: Phone, code: str) -> None:
        await self.does(who, code, "Nhận việc")

    async def does(self, who: Phone, code: str, do: str) -> None:
        if await self.house.is_member(who):
            await who.taps_card(f"Việc {code}", do, self.house.group)
            return
        if not await who.shows(f"Việc {code} ·"):
            await who.picks(f"Việc {code}")
        await who.picks(do)

    async def commands(self, who: Phone, command: str, label: str, number: int) -> None:
        await who.picks(label)


class ByNumbers:
    """As on a platform without buttons: a digit for an option, a word for the way on, a code."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def picks(self, who: Phone, label: str) -> None:
        await who.types(WORDS.get(label) or str(await who.number_of(label)))

    async def reports(self, who: Phone, system: str, told: str, answers: list[str]) -> None:
        await who.types("bao su co")
        await self.picks(who, system)
        await who.types(told)
        for answer in ["Vừa phát hiện", *answers, "Vẫn đang xảy ra", "Gửi"]:
            await self.picks(who, answer)

    async def takes_page(self, who: Phone) -> None:
        await who.types("7")

    async def takes(self, who: Phone, code: str) -> None:
        await self.does(who, code, "Nhận việc")

    async def does(self, who: Phone, code: str, do: str) -> None:
        said = f"{TYPED[do]} {code}"
        if await self.house.is_member(who):
            await who.replies(said, f"Việc {code} ·", self.house.group)
        else:
            await who.types(said)

    async def commands(self, who: Phone, command: str, label: str, number: int) -> None:
        await who.types(f"{command} {number}")


class ByTurns:
    """Now a button, now words: whoever has both uses both."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._turns = cycle((ByButtons(house), ByNumbers(house)))

    async def picks(self, who: Phone, label: str) -> None:
        await next(self._turns).picks(who, label)

    async def reports(self, who: Phone, system: str, told: str, answers: list[str]) -> None:
        await next(self._turns).reports(who, system, told, answers)

    async def takes_page(self, who: Phone) -> None:
        await next(self._turns).takes_page(who)

    async def takes(self, who: Phone, code: str) -> None:
        await next(self._turns).takes(who, code)

    async def does(self, who: Phone, code: str, do: str) -> None:
        await next(self._turns).does(who, code, do)

    async def commands(self, who: Phone, command: str, label: str, number: int) -> None:
        await next(self._turns).commands(who, command, label, number)
