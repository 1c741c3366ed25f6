"""The directory as it is read: one heading for a kind, what does not fit is counted."""

import re

import pytest

from bot.services.contact_outcomes import Directory
from bot.views.contacts import calls, listed
from bot.views.screen import plain
from bot.views.voice import Voice
from tests.views.contact_values import CALLS, ENTRIES
from tests.views.values import NOON

VOICE = Voice("vi", NOON)


def test_a_kind_is_said_once_above_its_own() -> None:
    police = [one for one in ENTRIES if one.now.contact.kind == "police"]
    assert len(police) == 4
    for entries in (police, ENTRIES):
        text = plain(listed(Directory(entries, checks=False, edits=False), VOICE).text)
        assert text.count("Công an\n") == 1


@pytest.mark.parametrize("times", [2, 20])
def test_what_does_not_fit_is_counted(times: int) -> None:
    entries = ENTRIES * times
    text = plain(listed(Directory(entries, checks=True, edits=True), VOICE).text)
    shown = len(re.findall(r"^.+: (?:0262 000 113|1900 0000)", text, re.MULTILINE))
    hidden = re.search(r"… và (\d+) nơi nữa", text)
    assert shown + int(hidden[1] if hidden else 0) == len(entries)
    assert hidden


def test_two_on_a_sheet_and_the_way_to_the_others() -> None:
    assert calls((), 12, VOICE) == ""
    text = plain(calls(CALLS, 12, VOICE)).split("\n")
    assert len(text) == 3
    assert text[1] == "Gọi điện Điện lực: 1900 0000."
    assert text[2] == "Danh bạ: gõ “danh bạ 12”."
