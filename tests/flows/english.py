"""The same stories in English: who reads English reads and types these words for those of a story.

The agency's file and the plans lose their marks, so that any letter with a Vietnamese mark that
is still shown to somebody is a word of ours that nobody has put into English.
"""

import re
import shutil
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.views.people import COMMANDS
from playbooks import law_files, loader
from tests.flows.house import TOWN, House, copy_of, running
from tests.flows.person import Phone

# Of a story, whole phrases; what is none of these is data or somebody's own words, and stays.
PHRASES = {
    # forms and their answers
    "Báo sự cố": "Report an incident",
    "bao su co": "report",
    "/baosuco": "/report",
    "Vừa phát hiện": "Just noticed",
    "Có": "Yes",
    "Không": "No",
    "Chưa rõ": "Not sure",
    "Vẫn đang xảy ra": "Still happening",
    "Gửi": "Send",
    "gửi": "send",
    "Cần ứng phó": "Response needed",
    "Đã ghi nhận": "Recorded: ",
    r"Đã ghi nhận: sự cố số (\d+)": r"Recorded: incident \1",
    # pages
    "Tôi tiếp nhận xử lý": "I will handle it",
    r"TIN KHẨN – sự cố số (\d+)": r"PAGE – incident \1",
    r"(.+) tiếp nhận sự cố số (\d+)": r"\1 acknowledged your incident \2",
    "Bản sao để lãnh đạo biết": "A copy for the leader's information",
    # the card
    r"SỰ CỐ SỐ (\d+)": r"INCIDENT \1",
    r"Giai đoạn (\w+): xong (\S+) bước": r"Phase \1: \2 steps done",
    r"Giai đoạn (\w+) \(làm lại lần (\d+)\): (xong .+)": r"Phase \1 (round \2)",
    r"Chờ quyết định: (.+)": r"Waiting for a decision: \1",
    r"Đang vướng: (.+)": r"Blocked: \1",
    "Đã kết thúc ứng phó": "The response is closed",
    # tasks
    r"Việc (\S+)": r"Task \1",
    r"Việc (\S+) ·": r"Task \1 ·",
    r"việc (\S+) hoàn thành": r"task \1 is done",
    r"Sự cố số (\d+): (\d+) việc": r"Incident \1, tasks: \2",
    r"(\d+) việc làm lại, lần (\d+)": r"tasks to do again: \1, round \2",
    r"(.+) chuyển anh/chị việc (\S+)": r"\1 passed task \2 on to you",
    r"(\S+) · Xác minh lại nguyên nhân": r"\1 · Verify the cause again",
    "Nhận việc": "Take it",
    "Đã xong": "Done",
    "Gặp vướng mắc": "Blocked",
    r"kết quả thế nào\?": "what is the result?",
    "Xong theo kế hoạch": "Done as planned",
    r"xác minh bằng cách nào\?": "how was it verified?",
    "Điện lại người báo": "Called the reporter back",
    "Đúng là sự cố": "It is an incident",
    "Theo Kế hoạch đã phê duyệt": "By the approved plan",
    "Không ghi thêm": "Nothing to add",
    "Đã báo đủ": "All told",
    "Chưa có số văn bản": "No number yet",
    "Chưa phân công": "Nobody yet",
    "Chưa có bản sao lưu": "No backup copy",
    "chưa có bản sao lưu": "no backup copy",
    r"(?:nhận|nhan) (\S+)": r"take \1",
    r"việc (\S+)": r"task \1",
    r"vuong (\S+)": r"blocked \1",
    r"xong (\S+)": r"done \1",
    r"xong (\S+) (.+)": r"done \1 \2",
    r"chuyển (\S+) (.+)": r"pass \1 to \2",
    r"hệ thống hoạt động thế nào\?": "how is the system running?",
    "Hệ thống hoạt động ổn định": "The system is stable",
    "Hệ thống chưa hoạt động ổn định": "The system is not stable yet",
    r"Còn thấy gì chưa ổn định\?": "What is not stable yet?",
    "Các bước phải làm lại đã mở": "The steps to be done again are open",
    # phases
    r"đã xong các việc của giai đoạn (\w+)": r"the tasks of phase \1 are done",
    "Sang giai đoạn sau": "Next phase",
    r"giai đoạn (\d+)": r"next phase \1",
    r"Giai đoạn (\w+)\.": r"Phase \1.",
    r"sang giai đoạn (\w+)\.": r"moves on to phase \1.",
    # leaders
    "cấp trên 1": "escalate 1",
    "Ban Chỉ đạo": "Steering committee",
    "Vượt khả năng xử lý": "More than the unit can cope with",
    "Đề nghị Đội ứng cứu của tỉnh hỗ trợ": "Support from the provincial response team",
    r"Báo cáo (.+)": r"Report to \1",
    "vượt khả năng": "more than the unit can cope with",
    "đồng ý": "agree",
    "Còn một câu": "One more question",
    "nghiêm trọng theo Kế hoạch": "serious under the plan",
    "nghiêm trọng": "serious",
    # the end
    "Kết thúc ứng phó": "Close the response",
    "kết thúc ứng phó": "close the response",
    r"kết thúc (\d+)": r"close \1",
    "Đã khắc phục xong": "Resolved",
    r"Sự cố số (\d+) đã kết thúc ứng phó": r"The response to incident \1 is closed",
}
OURS = re.compile(r"Trực Ban|/tiengviet|nói tiếng Việt")  # the name; the way back is Vietnamese
VIETNAMESE = {f"/{names[0]}" for names in COMMANDS.values()} - {"/english"}


TITLES = re.compile(r"\b(?:đồng chí|chị)\b")


def bare(text: str) -> str:
    """Without the marks of its letters; of the titles that a file may hold one has none."""
    plain = TITLES.sub("anh", text).replace("đ", "d").replace("Đ", "D")
    apart = unicodedata.normalize("NFD", plain)
    return "".join(each for each in apart if not unicodedata.combining(each))


def in_english(said: str) -> str:
    for phrase, english in PHRASES.items():
        if found := re.fullmatch(phrase, said):
            return bare(found.expand(english))
    return bare(said)


class EnglishPhone(Phone):
    """Told what to do in the words of the story, it does it in English."""

    async def types(self, text: str, chat: int | None = None) -> None:
        await super().types(in_english(text), chat)

    async def replies(self, text: str, words: str, group: int) -> None:
        await super().replies(in_english(text), in_english(words), group)

    async def card_button(self, words: str, label: str, group: int) -> tuple[int, str]:
        return await super().card_button(in_english(words), in_english(label), group)

    async def number_of(self, label: str) -> int:
        return await super().number_of(in_english(label))

    async def picks(self, label: str) -> str:
        return await super().picks(in_english(label))

    async def sees(self, *words: str, chat: int | None = None) -> str:
        return await super().sees(*map(in_english, words), chat=chat)

    async def sees_last(self, *words: str) -> None:
        await super().sees_last(*map(in_english, words))

    async def shows(self, words: str) -> bool:
        return await super().shows(in_english(words))


@asynccontextmanager
async def english(template: Path, folder: Path, change: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """A deployment in English, in which everybody has chosen English."""
    plans, law, file = folder / "plans", folder / "law", folder / "agency.yaml"
    shutil.copytree(loader.PLANS, plans)
    shutil.copytree(law_files.LAW, law)
    shutil.copy(TOWN.file, file)
    for each in (*plans.glob("*.yaml"), *law.glob("*.yaml"), file):
        each.write_text(bare(each.read_text("utf-8")), "utf-8")
    change.setattr(loader, "PLANS", plans)
    change.setattr(law_files, "LAW", law)
    town = TOWN._replace(file=file)
    async with running(copy_of(template, folder), town=town, language="en") as house:
        for place, (key, phone) in enumerate(house.phones.items()):
            await phone.types("/english" if place % 2 else "English")
            await phone.picks("Something else")
            house.phones[key] = EnglishPhone(house.stage, phone.number, phone.name)
        yield house


async def foreign_to_english(house: House, since: int) -> set[str]:
    """What the bot has shown or said to anybody since, edits and all, that is not in English."""
    shown: list[str] = []
    stream = house.stage.events(since)
    left = (await anext(stream))["last"] - since
    async for one in stream:
        if one.get("from", {}).get("is_bot"):
            shown += [one["text"], *(b["label"] for row in one["buttons"] for b in row)]
        if "query" in one:
            shown.append(one.get("text") or "")
        left -= 1
        if not left:
            break
    for person in (await house.stage.get("state", messages=1))["people"]:
        if person["id"] in {phone.number for phone in house.phones.values()}:
            shown += [f"/{one['command']} {one['description']}" for one in person["commands"]]
    lines = {line for text in shown for line in OURS.sub("", text).split("\n")}
    return {line for line in lines if bare(line) != unicodedata.normalize("NFD", line)} | {
        line for line in lines if any(name in line.split() for name in VIETNAMESE)
    }
