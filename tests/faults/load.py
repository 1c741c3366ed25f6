"""Forty people at work, at random: what each does is drawn from what stands on the phone.

Several act at once, none before the last act was answered, save for the impatient, who press
twice. Seeded; the order in which they act together is the machine's.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.sandbox.body import LONGEST_WAIT
from tests.faults.phones import Phones, Shown
from tests.faults.town import RESIDENTS, Resident
from tests.flows.person import Stage

OPEN = 20  # incidents at once
HANDS = 20  # people who act at the same time
LOOKS = 8  # messages back, so far does somebody look for a button
IMPATIENT = 0.06
PATIENCE = 300.0  # seconds: as long as the bot dies again and again, nobody gives up; all that
# was done has its answer at each rest, however slow the machine
CODE = re.compile(r"(?<![\d.,])(\d{1,3}\.\d{1,2})(?![\d.,])")
NUMBER = re.compile(r"[Ss]ự cố số (\d+)|SỰ CỐ SỐ (\d+)")
SENTENCES = (
    "Mở máy thấy chữ đòi tiền, các tệp không mở được.",
    "may cham lam, khong vao duoc trang mot cua",
    "Trang của xã hiện quảng cáo cá cược.",
    "hop thu gui thu la di khap noi",
)
# How gladly somebody presses what: by the beginning of the button's data.
LIKING = {
    "c:": 6.0, "n:send": 9.0, "n:early": 4.0, "n:back": 0.4, "n:edit": 0.4, "n:later": 0.3,
    "n:cancel": 0.3, "n:more": 0.8, "n:restore": 0.5,
    "p:take": 9.0, "p:pass": 2.5, "p:return": 0.4, "p:alive": 7.0, "o:": 7.0,
    "t:take": 7.0, "t:done": 9.0, "t:block": 1.5, "t:resume": 5.0, "t:pass": 1.2, "t:assign": 1.5,
    "t:open": 3.0, "t:skip": 3.0, "t:undo": 0.3, "t:called": 6.0, "t:see": 1.5,
    "g:advance": 8.0, "g:verify": 3.0, "g:supplement": 1.5, "g:escalate": 0.7, "g:tasks": 0.6,
    "g:status": 0.3, "g:timeline": 0.3, "g:resume": 1.5, "g:menu": 0.3, "g:help": 0.1,
    "g:close": 0.0, "g:reopen": 0.3, "g:report": 0.0, "g:on_behalf": 0.0, "g:direction": 0.5,
    "k:": 5.0,
}  # fmt: skip
WORK = ("nhận {}", "xong {} đã làm theo kế hoạch", "xong {}", "vướng {} chờ đơn vị khác",
        "chuyển {}", "việc {}", "nhan {}", "mở lại {}")  # fmt: skip


@dataclass(slots=True)
class Load:
    """`opened`: the incidents that are open; whoever knows keeps it true."""

    phones: Phones
    stage: Stage
    chance: Random
    opened: Sequence[int] = ()
    unanswered: list[str] = field(default_factory=list)
    busy: set[int] = field(default_factory=set)
    _gate: asyncio.Event = field(default_factory=asyncio.Event)
    _idle: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def work(self) -> None:
        """Until cancelled."""
        self._gate.set()
        async with asyncio.TaskGroup() as hands:
            for _ in range(HANDS):
                hands.create_task(self._one_after_the_other())

    async def rest(self) -> None:
        """Nobody begins anything more; all that was done is answered."""
        self._gate.clear()
        async with self._idle:
            await self._idle.wait_for(lambda: not self.busy)

    def go_on(self) -> None:
        self._gate.set()

    async def _one_after_the_other(self) -> None:
        while True:
            await self._gate.wait()
            who = self.chance.choice([one for one in RESIDENTS if one.number not in self.busy])
            self.busy.add(who.number)
            try:
                await self._act(who)
            finally:
                self.busy.discard(who.number)
                async with self._idle:
                    self._idle.notify_all()

    async def _act(self, who: Resident) -> None:
        question = self._question(who)
        drawn = self.chance.random()
        if question is not None and drawn < 0.75:
            await self._answer(who, question)
        elif drawn < 0.88 and (found := self._pressable(who)):
            buttons, likings = zip(*found, strict=True)
            ((message, data),) = self.chance.choices(buttons, likings)
            await self._tap(who, message, data)
        else:
            await self._say(who)

    def _question(self, who: Resident) -> Shown | None:
        """The one that was asked last, if it is still to be answered."""
        for one in self.phones.newest(who.number, LOOKS):
            if any(data.startswith(("c:", "n:")) for _, data in one.buttons):
                return None if one.buttons[0][1].startswith("n:restore") else one
        return None

    async def _answer(self, who: Resident, question: Shown) -> None:
        """By tapping, by its number, or in words where words are asked."""
        options = [data for _, data in question.buttons if data.startswith("c:")]
        drawn = self.chance.random()
        words = not options and not any(data.startswith("n:send") for _, data in question.buttons)
        if words and drawn < 0.8:
            await self._type(who, "0905 000 111" if "số nào" in question.text else self._sentence())
        elif options and drawn < 0.25:
            await self._type(who, str(self.chance.randint(1, min(3, len(options)))))
        elif options and drawn < 0.3:
            await self._type(who, self._sentence())
        else:
            buttons = [data for _, data in question.buttons]
            likings = [_liking(data) / (1 if data[0] == "n" else len(options)) for data in buttons]
            if "bí mật nhà nước" in question.text.lower():  # else half of all would be secret
                likings = [0.05 if data.endswith(":yes") else 1.0 for data in buttons]
            (data,) = self.chance.choices(buttons, likings)
            await self._tap(who, question, data)

    def _pressable(self, who: Resident) -> list[tuple[tuple[Shown, str], float]]:
        """Whatever stands on the phone, and what is left of it that somebody would press."""
        seen = self.phones.newest(who.number, LOOKS)
        if who.group:
            seen += self.phones.newest(who.group, 3 * LOOKS)
        buttons = [(one, data) for one in seen for _, data in one.buttons]
        return [(one, _liking(one[1])) for one in buttons if _liking(one[1])]

    async def _say(self, who: Resident) -> None:
        """A command, a word about a page, or a task's code, which is also said in the group."""
        number = self._one_of(NUMBER, who)
        code = self._one_of(CODE, who)
        many = len(self.opened) >= OPEN
        likings: dict[str, float] = {"việc": 0.5, "tình hình": 0.5, "7": 0.5, "9": 0.1}
        likings |= {"menu": 0.2, "trả lại": 0.1, "dạ rõ": 0.2, "tiếp tục": 0.3}
        likings |= {"vẫn đang xử lý": 0.3}
        if not many:
            first = 9.0 if who.has("official") else 0.3
            likings |= {"báo sự cố": first, self._sentence(): first / 3}
            likings |= {"báo hộ": 1.0} if who.has("duty") else {}
        if number:
            likings |= {f"nhận {number}": 0.7, f"tình hình {number}": 0.3, f"việc {number}": 0.5}
            likings |= {f"bổ sung {number}": 0.3} if who.has("official") else {}
        if number and who.has("duty", "leader"):
            likings |= {f"giai đoạn {number}": 2.0, f"cấp trên {number}": 0.7}
            likings |= {f"chỉ đạo {number}": 0.4}
            likings |= {f"xác minh {number}": 0.7, f"mở lại {number}": 0.1}
        if self.opened and who.has("duty", "leader"):
            oldest = self.chance.choice(self.opened[:3])
            likings |= {f"kết thúc {oldest}": 12.0 if many else 0.5}
        if code:
            likings |= {words.format(code): 0.8 for words in WORK}
        (words,) = self.chance.choices(list(likings), list(likings.values()))
        cards = [one for one in self.phones.newest(who.group, LOOKS) if who.group]
        aloud = cards and CODE.search(words) and self.chance.random() < 0.4
        await self._type(who, words, self.chance.choice(cards) if aloud else None)

    def _one_of(self, pattern: re.Pattern[str], who: Resident) -> str:
        """Something that is named on this phone; empty: nothing is."""
        seen = self.phones.newest(who.number, LOOKS)
        seen += self.phones.newest(who.group, LOOKS) if who.group else []
        met = [match for one in seen for match in pattern.finditer(one.text)]
        return next(filter(None, self.chance.choice(met).groups())) if met else ""

    def _sentence(self) -> str:
        return self.chance.choice(SENTENCES)

    async def _tap(self, who: Resident, message: Shown, data: str) -> None:
        """Perhaps twice at once. It is answered however often the bot dies meanwhile."""
        body = {"chat": message.chat, "message": message.message, "data": data}
        body |= {"stale": True, "wait": LONGEST_WAIT}
        times = 2 if self.chance.random() < IMPATIENT else 1
        pressing = [self.stage.post(f"people/{who.number}/tap", body) for _ in range(times)]
        for answer in await asyncio.gather(*pressing):
            if not (answer["answered"] or await self.phones.answers(answer["query"], PATIENCE)):
                self.unanswered.append(f"{who.name} taps {data} on {message.text!r}")

    async def _type(self, who: Resident, words: str, card: Shown | None = None) -> None:
        """In the group as an answer to a card. What answers it may come there or in private."""
        body: dict[str, Any] = {"chat": card.chat if card else who.number, "text": words}
        body |= {"reply_to": card.message} if card else {}
        said = (await self.stage.post(f"people/{who.number}/say", body))["id"]
        chats = {who.number, body["chat"]}

        def answered() -> bool | None:
            newest = [one for chat in chats for one in self.phones.newest(chat, 1)]
            return any(one.message > said for one in newest) or None

        try:
            await self.phones.until(answered, PATIENCE)
        except TimeoutError:
            self.unanswered.append(f"{who.name} says {words!r} in {body['chat']}")


def _liking(data: str) -> float:
    return next((liking for begin, liking in LIKING.items() if data.startswith(begin)), 0.2)
