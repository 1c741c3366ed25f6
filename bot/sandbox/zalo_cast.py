"""People of the cast who are on Zalo: they type what the bot's own words tell them to type."""

import re
from typing import Any

from bot.sandbox.people_side import CastFailed, PeopleSide

BOT = "@Trực Ban"
OFFERED = re.compile(r"^Gõ: ([^·\n]+)", re.MULTILINE)
OPTION = re.compile(r"^(\d+) (.+)$", re.MULTILINE)


async def listening(side: PeopleSide) -> None:
    """Once the bot polls or has a webhook: what is written before that is lost."""

    async def look() -> bool | None:
        return (await side.get("state?messages=0"))["bots"]["zalo"]["listening"] or None

    await side.until("the Zalo bot does not listen", look)


async def join(side: PeopleSide, number: int, code: str) -> None:
    """A code, the test message answered, the menu."""
    said = await _say(side, number, number, code)
    test = await _heard(side, number, said, "tin thử")
    word = OFFERED.search(test)
    if word is None:
        raise CastFailed(f"the test message does not say what to type: {test}")
    said = await _say(side, number, number, word[1].strip())
    await _heard(side, number, said)
    said = await _say(side, number, number, "menu")
    await _heard(side, number, said, "báo sự cố")


async def bind(side: PeopleSide, admin: int, group: int, unit: str) -> None:
    """`unit`: as the bot calls it; by its number where the question shows it."""
    said = await _say(side, admin, group, f"{BOT} /gannhom")
    question = await _heard(side, group, said)
    numbers = [number for number, label in OPTION.findall(question) if label.strip() == unit]
    said = await _say(side, admin, group, f"{BOT} {numbers[0] if numbers else unit}")
    await _heard(side, group, said)


async def _say(side: PeopleSide, person: int, chat: int, text: str) -> int:
    told = await side.post(f"people/{person}/say", {"chat": chat, "text": text})
    if told["lost"]:
        raise CastFailed(f"the Zalo bot does not listen any more: {text}")
    return int(told["id"])


async def _heard(side: PeopleSide, chat: int, since: int, words: str = "") -> str:
    """What the bot says there after that, the first of it with these words."""

    def found(shown: list[dict[str, Any]]) -> str | None:
        for message in shown:
            text, of_bot = str(message["text"]), message["from"]["is_bot"]
            if message["id"] > since and of_bot and words in text.casefold():
                return text
        return None

    return await side.wait(chat, words or "anything", found)
