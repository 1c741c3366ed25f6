"""A person on Zalo: nothing to tap, so what a screen offers is typed as the screen says."""

import re
from typing import Any

from tests.flows.person import Phone

# What a button is called elsewhere, where the word that is typed is another one.
WORDS = {
    "Báo sự cố": "báo sự cố",
    "Tình hình": "tình hình",
    "Việc cần làm": "việc",
    "Việc của tôi": "việc",
    "Báo cấp trên": "cấp trên",
    "Ghi ý kiến chỉ đạo": "chỉ đạo",
    "Ghi kết quả xác minh": "xác minh",
    "Kết thúc ứng phó": "kết thúc",
    "Sang giai đoạn sau": "giai đoạn",
    "Nhật ký sự cố": "nhật ký",
    "Nhật ký": "nhật ký",
    "Xem nhật ký": "nhật ký",
    "Xem đủ": "kịch bản",
    "Mở lại": "mở lại",
    "Mở lại sự cố": "mở lại",
    "Mở lại phần vừa hủy": "bỏ hủy",
    "Bổ sung": "bổ sung",
    "Mời tham gia": "mời tham gia",
    "Ghi kết quả kiểm tra": "kiểm tra danh bạ",
    "Danh bạ ngoài cơ quan": "danh bạ",
    "Đổi người cầm máy": "đổi người",
    "Hướng dẫn": "hướng dẫn",
    "Làm tiếp phần đang dở": "tiếp tục",
    "Về danh mục": "menu",
    "Gửi": "GỬI",
    "Sửa": "sửa",
    "Gửi ngay, bổ sung sau": "gửi ngay",
    "Nhận việc": "nhận",
    "Đã xong": "xong",
    "Gặp vướng mắc": "vướng",
    "Chuyển người khác": "chuyển",
    "Phân công": "phân công",
    "Làm tiếp": "làm tiếp",
    "Mở việc này": "mở",
    "Chưa cần": "chưa cần",
    "Đã gọi điện": "gọi",
    "Trả lại": "trả lại",
    "Send": "SEND",
    "Edit": "edit",
    "Send now, complete later": "send now",
    "Status": "status",
    "To do": "tasks",
    "Tôi nhận được": "nhận được",
    "Đồng ý đổi ca": "đồng ý đổi ca",
    "Không đổi được": "không đổi ca",
    "Rút lại": "rút lại đổi ca",
    "Hủy trực thay": "hủy trực thay",
    "Đã về": "đã về",
    "Nhận bàn giao": "nhận bàn giao",
    "Chưa nhận được": "chưa nhận bàn giao",
}
ONE = re.compile(r"(?:Số|No\.|Incident) (\d+)")  # a button that names an incident
NUMBERED = re.compile(r"^(\d)(?: =)? (\S.*)$", re.MULTILINE)
SAID = re.compile(
    r"^(?:Gõ|Trả lời tin này|Type|Reply to this message): (.+ · .+|\S+(?: \S+){0,5})$", re.M
)
SEND = ("Đúng thì gõ GỬI.", "If it is right, type SEND.")
BOT = "@Trực Ban"

TASK = re.compile(r"Việc (\d+\.\d+)")  # and one that names a task


class ZaloPhone(Phone):
    """The same person as on Telegram, with thumbs that type."""

    async def types(self, text: str, chat: int | None = None) -> None:
        text = f"{BOT} {text}" if chat not in (None, self.number) else text
        await super().types(text, chat)

    async def says(self, chat: int | None = None, **what: Any) -> int:
        if chat not in (None, self.number) and "text" in what and "reply_to" not in what:
            what = {**what, "text": f"{BOT} {what['text']}"}
        return await super().says(chat, **what)

    async def taps_on(self, label: str, chat: int | None = None) -> str:
        """Types what stands for it on the newest screen that offers it; what is answered."""
        where = chat or self.number
        said = await self._stage.until(where, lambda ms: _offered(ms, label))
        self.taps += 1
        await self.types(said, chat)
        self.toast = await self.screen(where)
        return self.toast

    async def picks(self, label: str) -> str:
        return await self.taps_on(label)

    async def taps_card(self, words: str, label: str, group: int) -> str:
        """ "Việc 1.2" and "Đã xong": the code is typed in the group."""
        code = words.partition(" ")[2]
        return await self.tells_group(f"{WORDS[label]} {code}".strip(), group)

    async def replies(self, text: str, words: str, group: int) -> None:
        await self.tells_group(text, group)

    async def tells_group(self, text: str, group: int) -> str:
        """Names the bot there; the answer comes in the private chat, or beside it in the group."""
        here = [m["id"] for m in await self.messages()]
        said = await self.says(group, text=text)
        answered = await self._stage.either((self.number, here[-1] if here else 0), (group, said))
        return await self.screen(answered)

    async def number_of(self, label: str) -> int:
        said = await self._stage.until(self.number, lambda ms: _offered(ms[-1:], label))
        return int(said)

    async def labels(self) -> list[str]:
        """What the newest screen offers, as it is called on it."""
        shown = await self.screen()
        return [*(label for label, _ in _numbered(shown)), *map(_called, _words(shown))]

    async def button(self, label: str, chat: int | None = None) -> Any:
        return await self._stage.until(chat or self.number, lambda ms: _offered(ms, label))

    async def presses(self, *of: Any, **more: Any) -> str:
        raise AssertionError("there are no buttons on Zalo")


def offers(text: str) -> list[tuple[str, str]]:
    """What is offered, and what is typed for it."""
    return [*_numbered(text), *((word, word) for word in _words(text))]


def _numbered(text: str) -> list[tuple[str, str]]:
    return [(label, number) for number, label in NUMBERED.findall(text)]


def _words(text: str) -> list[str]:
    said = [word for words in SAID.findall(text) for word in words.split(" · ")]
    return [*said, *(("GỬI", "sửa", "SEND", "edit") if any(one in text for one in SEND) else ())]


def _called(offered: str) -> str:
    """A word as the button would be labelled."""
    word = re.sub(r" [\d.]+$", "", offered)
    return next((label for label, typed in WORDS.items() if typed == word), offered.capitalize())


def _offered(messages: list[dict[str, Any]], label: str) -> str | None:
    """A number means the newest question that has numbers; a word can be typed at any time."""
    word, number = WORDS.get(label, label.lower()), ONE.fullmatch(label)
    code, asked = TASK.fullmatch(label), False
    for text in (m["text"] for m in reversed(messages) if m["from"]["is_bot"]):
        if code and f"{code[1]} · " in text:  # named in the text, which says how
            return label.lower()
        for called, typed in _numbered(text):
            if called == label and (typed in ("7", "9") or not asked):
                return typed
        asked = asked or any(typed not in ("7", "9") for _, typed in _numbered(text))
        for said in _words(text):
            if said in (label, word) or (number and said.endswith(f" {number[1]}")):
                return said
            if re.fullmatch(rf"{re.escape(word)} [\d.]+", said):
                return said
    return None
