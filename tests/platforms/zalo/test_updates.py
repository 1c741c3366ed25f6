"""What people write on Zalo, as the updates that the handlers know; and what is no such thing."""

import subprocess
import sys
import unicodedata
from contextlib import suppress
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Message, Update
from hypothesis import example, given
from hypothesis import strategies as st

from bot.platforms.pace import Pace
from bot.platforms.steps import person_of
from bot.platforms.zalo.bot import make_zalo_bot
from bot.platforms.zalo.numbers import Numbers
from bot.platforms.zalo.updates import Own, Unknown, update_of
from tests.platforms.zalo.scripted import LAN, ROOM, TOKEN, event, in_room

BOT: Bot = make_zalo_bot(TOKEN, None, Pace())
NAME = "Trực Ban"


def update(told: object, name: str = NAME) -> Update:
    return update_of(told, BOT, Numbers(), name)


def message(told: object, name: str = NAME) -> Message:
    found = update(told, name).message
    assert found is not None
    return found


def of_kind(kind: str, **more: Any) -> dict[str, Any]:
    told = event(1, **more)
    del told["message"]["text"]
    return {**told, "event_name": f"message.{kind}.received"}


def test_words_in_a_private_chat() -> None:
    numbers, told = Numbers(), event(1, "may em mo khong duoc")
    said = update_of(told, BOT, numbers, NAME).message
    assert said is not None
    assert said.from_user is not None
    assert (said.text, said.chat.type, said.from_user.full_name) == (
        "may em mo khong duoc",
        "private",
        "Lan",
    )
    assert said.chat.id == said.from_user.id
    assert numbers.external(said.chat.id) == LAN
    assert said.date.isoformat() == "2025-06-19T06:55:31+00:00", "milliseconds"
    assert said.bot is BOT


def test_with_its_envelope_and_without_it_is_the_same() -> None:
    assert update({"ok": True, "result": event(1)}) == update(event(1))


def test_what_is_written_in_a_group_comes_from_the_group_and_its_writer() -> None:
    numbers = Numbers()
    found = update_of(in_room("nhận 12.3"), BOT, numbers, NAME)
    assert found.message is not None
    assert (found.message.chat.type, numbers.external(found.message.chat.id)) == (
        "group",
        f"-{ROOM}",
    )
    assert numbers.external(person_of(found)) == LAN


def test_words_are_composed_as_elsewhere() -> None:
    assert message(event(1, unicodedata.normalize("NFD", "Mã độc"))).text == "Mã độc"
    assert message(event(1, "nửa chữ \ud83d")).text == "nửa chữ ?", "no row could hold it"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("@Trực Ban nhận 12.3", "nhận 12.3"),
        ("@Trực Ban: nhận 12.3", "nhận 12.3"),
        ("  @trực ban,nhận 12.3 ", "nhận 12.3"),
        ("@Trực Ban\nnhận 12.3", "nhận 12.3"),
        ("@Trực Ban", ""),
        ("nhận 12.3 @Trực Ban", "nhận 12.3"),
        ("xong 12.3 @Trực Ban đã gọi lại", "xong 12.3 đã gọi lại"),
        ("@trucban_bot nhận 12.3", "nhận 12.3"),
        ("nhận 12.3", "nhận 12.3"),
        ("@Trực Bankinh nhận", "Bankinh nhận"),  # another's name; that it is read so costs nothing
        ("thư lan@trực.vn", "thư lan@trực.vn"),
    ],
)
def test_a_group_calls_the_bot_by_its_name(form: Any, said: str, heard: str) -> None:
    for name in ("NFC", "NFD"):
        called = unicodedata.normalize(name, NAME)  # type: ignore[arg-type]
        assert message(in_room(unicodedata.normalize(form, said)), called).text == heard


def test_in_private_nothing_is_taken_away() -> None:
    assert message(event(1, "@Trực Ban nhận 12.3 ")).text == "@Trực Ban nhận 12.3 "


def test_a_name_that_is_a_pattern_is_a_name() -> None:
    assert message(in_room("@Bot (thử)+ nhận"), "Bot (thử)+").text == "nhận"
    assert message(in_room("@Bot nhận"), "").text == "nhận", "not known yet"


@pytest.mark.parametrize("field", ["photo_url", "photo"])
def test_a_picture_comes_with_its_address(field: str) -> None:
    told = of_kind("image", **{field: "https://zdn.vn/a.jpg"}, caption="Màn hình")
    said = message(told)
    assert said.photo is not None
    assert (said.photo[-1].file_id, said.caption) == ("https://zdn.vn/a.jpg", "Màn hình")


def test_what_has_no_words() -> None:
    assert message(of_kind("sticker", sticker="abc")).sticker is not None
    assert message(of_kind("voice", voice_url="https://zdn.vn/a.aac")).voice is not None
    document = message(of_kind("unsupported")).document
    assert document is not None
    assert document.file_id == "unsupported"


def test_an_update_is_known_by_its_chat_and_message_in_every_process() -> None:
    """Brought again after a restart it must not be done again."""
    code = f"from bot.platforms.zalo.numbers import digest\nprint(digest('{LAN}|{7:020x}') >> 3)"
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    assert int(told.stdout) == update(event(7, "other words")).update_id
    others = {update(event(n, person=who)).update_id for n in range(50) for who in ("a1", "b2")}
    assert len(others) == 100
    assert all(0 < one < 2**53 for one in others)


def test_what_a_bot_says_is_nobodys() -> None:
    told = event(1)
    told["message"]["from"]["is_bot"] = True
    with pytest.raises(Own):
        update(told)


@pytest.mark.parametrize(
    "told",
    [
        {"event_name": "user.joined", "message": event(1)["message"]},
        {"event_name": "message.video.received", "message": event(1)["message"]},
        {"ok": True, "result": None},
        {"ok": True},
        event(1, chat={"id": "a:b", "chat_type": "PRIVATE"}),
        event(1, chat={"id": "-5", "chat_type": "PRIVATE"}),
        event(1, chat={"id": "", "chat_type": "GROUP"}),
        event(1, date=float("inf")),
        event(1, date=float("nan")),
        event(1, date=10**400),
        event(1, date="hôm qua"),
        event(1, text=None),
        event(1, text={"a": 1}),
        event(1, message_id="\ud800"),
    ],
)
def test_what_is_no_event_is_unknown_and_its_words_are_not_repeated(told: Any) -> None:
    with pytest.raises(Unknown) as unknown:
        update(told)
    assert str(unknown.value) in {
        *("another kind", "no event", "no id", "KeyError", "TypeError"),
        *("OverflowError", "ValueError", "ValidationError", "UnicodeEncodeError"),
    }


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
NAMES = ("text", "image", "sticker", "voice", "unsupported")


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """A true event in which something is another thing, or is not there."""
    told = {**of_kind(draw(st.sampled_from(NAMES))), "extra": draw(ANYTHING)}
    whole = {**told["message"], "text": "a", "photo_url": "b", "caption": "c"}
    told["message"] = whole
    target = draw(st.sampled_from([told, whole, whole["from"], whole["chat"]]))
    field = draw(st.sampled_from(sorted(target)))
    if draw(st.booleans()):
        target[field] = draw(ANYTHING)
    else:
        del target[field]
    return told


@given(ANYTHING | spoilt(), st.text(max_size=10))
@example({"result": {"event_name": [], "message": {"from": {}}}}, "")
@example(event(1, chat=[]), "a")
def test_garbage_is_an_update_or_unknown_and_nothing_else(told: Any, name: str) -> None:
    with suppress(Unknown, Own):
        update(told, name).model_dump_json()
