"""The main story (docs/sandbox.md plays it), step by step: what somebody does, what is then seen.

What people do is kept by the sandbox, whether or not the bot lives. What is seen may come from the
bot that was killed in the middle or from the one started after it: REPEATED stands before the
present screen when the step had been done and its answer was lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.sandbox.cast import GROUP
from tests.flows.person import Phone, Stage

SENTENCE = "may em mo khong duoc, hien chu doi tien"
REPEATED = "Việc này đã ghi nhận rồi."
TAKE = "Tôi tiếp nhận xử lý"
PUSH = "clock"  # instead of a person: five minutes go by

Words = tuple[str, ...]


@dataclass(frozen=True)
class Sight:
    """`who` ("group": the team's chat) has a message with the words of one of `either`."""

    who: str
    either: tuple[Words, ...]


@dataclass(frozen=True)
class Step:
    """`do`: "tap" a button, "say" words, "push" the clock."""

    who: str
    do: str
    what: str
    sights: tuple[Sight, ...]

    def __str__(self) -> str:
        return f"{self.who} {self.do}s {self.what!r}"


def sees(who: str, *words: str) -> Sight:
    return Sight(who, (words,))


def answered(who: str, *words: str) -> Sight:
    """An answer that ends a dialog: shown as it is, or as the state that it led to."""
    return Sight(who, (words, (REPEATED,)))


def told_twice() -> Iterator[Step]:
    """The page, said again and passed on while five minutes go by twice."""
    again = "(nhắc lại lần 2)"
    yield Step(PUSH, "push", "5", (sees("minh", again), sees("binh", again)))
    yield Step(PUSH, "push", "10", (sees("hung", "TIN KHẨN – sự cố số 1"),))


def report() -> Iterator[Step]:
    lan = "lan"
    yield Step(lan, "say", SENTENCE, (sees(lan, "Anh/chị muốn báo sự cố?"),))
    yield Step(lan, "tap", "Có", (sees(lan, "Câu 1/10"),))
    yield Step(lan, "tap", "Một cửa, dịch vụ công", (sees(lan, "Câu 3/10"),))
    yield Step(lan, "tap", "Vừa phát hiện", (sees(lan, "Câu 4/10"),))
    criteria = ("Có", "Không", "Chưa rõ", "Không", "Không", "Không")
    for number, answer in enumerate(criteria, start=5):
        yield Step(lan, "tap", answer, (sees(lan, f"Câu {number}/10"),))
    yield Step(lan, "tap", "Vẫn đang xảy ra", (sees(lan, "Xem lại trước khi gửi"),))
    sent = [sees(lan, "Đã ghi nhận: sự cố số 1"), sees("group", "SỰ CỐ SỐ 1", "Chưa ai tiếp nhận")]
    sent += [sees(who, "TIN KHẨN – sự cố số 1") for who in ("minh", "binh")]
    sent += [sees("son", "vừa báo sự cố số 1")]
    yield Step(lan, "tap", "Gửi", tuple(sent))


def taken() -> Iterator[Step]:
    hung = "Anh Hùng tiếp nhận sự cố số 1"
    concerned = [sees("lan", hung, "0905 000 333"), sees("minh", hung), sees("binh", hung)]
    concerned += [sees("group", "Chủ trì ứng cứu: anh Hùng"), answered("hung", hung)]
    yield Step("hung", "tap", TAKE, tuple(concerned))
    yield Step("minh", "tap", TAKE, (sees("minh", "anh Hùng đã nhận lúc"),))
    yield Step("binh", "say", "tinh hinh", (sees("binh", "Tình hình lúc", "anh Hùng"),))


def escalated() -> Iterator[Step]:
    binh = "binh"
    yield Step(binh, "say", "/captren 1", (sees(binh, "Báo cấp trên sự cố số 1: báo ai?"),))
    yield Step(binh, "tap", "Lãnh đạo đơn vị", (sees(binh, "Lý do báo cáo?"),))
    yield Step(binh, "tap", "Vượt khả năng xử lý", (sees(binh, "Xin ý kiến gì?"),))
    ask = "Xin cho dung he thong mot cua"
    yield Step(binh, "say", ask, (sees(binh, "Xem lại trước khi báo cáo", ask),))
    told = [answered(binh, "Đã báo cáo sự cố số 1 đến"), sees("son", "Báo cáo anh Sơn", ask)]
    told += [sees("phuc", "Xin ý kiến lãnh đạo: sự cố số 1")]
    told += [sees(who, "Anh Bình vừa trả lời thêm") for who in ("lan", "hung")]
    yield Step(binh, "tap", "Gửi", tuple(told))


def directed() -> Iterator[Step]:
    decided = [sees(who, "Ý kiến chỉ đạo", "Nghiêm trọng") for who in ("binh", "hung")]
    decided += [sees("group", "có, lãnh đạo đã quyết định"), answered("phuc", "Đã ghi ý kiến")]
    yield Step("phuc", "tap", "Nghiêm trọng", tuple(decided))
    asked = sees("son", "Ý kiến của anh/chị về sự cố số 1?")
    yield Step("son", "tap", "Ý kiến khác", (asked,))
    words = "Dong y, bao tinh ho tro"
    opinion = [sees(who, "Ý kiến chỉ đạo", words) for who in ("binh", "hung")]
    yield Step("son", "say", words, (*opinion, answered("son", "Đã ghi ý kiến")))


def closed() -> Iterator[Step]:
    binh = "binh"
    yield Step(binh, "say", "ket thuc 1", (sees(binh, "Kết thúc ứng phó sự cố số 1: kết quả?"),))
    yield Step(binh, "tap", "Đã khắc phục xong", (sees(binh, "Đã làm gì, hệ thống thế nào?"),))
    words = "Da khoi phuc tu ban sao luu"
    yield Step(binh, "say", words, (sees(binh, "Xem lại trước khi kết thúc", words),))
    end = "Sự cố số 1 đã kết thúc ứng phó"
    told = [sees(who, end) for who in ("lan", "hung", "son")]
    told += [answered(binh, end), sees("group", "Đã kết thúc ứng phó")]
    yield Step(binh, "tap", "Gửi", tuple(told))


STORY = (*report(), *told_twice(), *taken(), *escalated(), *directed(), *closed())

# What the log of such an incident holds, however often the bot was killed.
INCIDENT = {
    "incident.reported": 1,
    "verdict.first": 1,
    "page.raised": 1,
    "page.called": 3,
    "page.acknowledged": 1,
    "incident.escalated": 1,
    "verdict.recomputed": 1,
    "leaders.asked": 1,
    "direction.given": 2,
    "verdict.decided": 1,
    "incident.closed": 1,
}
# The forms of the story in order, and how many answers each was given.
FORMS = (("offer", 1), ("report", 9), ("escalate", 3), ("opinion", 1), ("close", 2))


async def begin(step: Step, stage: Stage, phones: dict[str, Phone]) -> None:
    """What the person does; nobody waits for the bot here, save for the button to be there."""
    if step.do == "push":
        await stage.post("clock/push", {"seconds": 300})
        return
    phone = phones[step.who]
    if step.do == "say":
        await phone.says(text=step.what)
        return
    await phone.button(step.what)
    message, data = _button(step, await stage.messages(phone.number))
    body = {"message": message, "data": data, "wait": 0}
    await stage.post(f"people/{phone.number}/tap", body)


async def finish(step: Step, stage: Stage, phones: dict[str, Phone]) -> None:
    """Everything is seen that this step leads to."""
    for sight in step.sights:
        seen = partial(_any, either=sight.either)
        if sight.who != "group":
            await stage.until(phones[sight.who].number, seen)
            continue
        try:
            await stage.until(GROUP, seen)
        except AssertionError:  # a card's edits go last, and a group takes one in four seconds
            await stage.until(GROUP, seen)


def _button(step: Step, shown: list[dict[str, Any]]) -> tuple[int, str]:
    """Where the person saw the question: an answer that came twice has left old buttons below."""
    asked = [one for one in STORY[: STORY.index(step)] for one in one.sights if one.who == step.who]
    buttons = [
        (_any([message], asked[-1].either), int(message["id"]), str(button["data"]))
        for message in shown
        for row in message["buttons"]
        for button in row
        if button["label"] == step.what
    ]
    _, message, data = max(buttons)
    return message, data


def _any(shown: list[dict[str, Any]], either: tuple[Words, ...]) -> bool:
    texts = [str(message["text"]) for message in shown]
    return any(all(word in text for word in words) for words in either for text in texts)
