"""The program's own pages: whole, in each language, with nobody's HTML; sizes as people read."""

from html.parser import HTMLParser

import pytest

from bot.services.file_outcomes import Kept, UploadPage
from bot.views import file_pages
from bot.views.files import written
from bot.views.voice import Voice
from bot.views.words import LANGUAGES
from tests.views.file_values import FILE, lists
from tests.views.values import CONTACT, EVIL, NOON

VOID = {"meta", "link", "input"}


class Whole(HTMLParser):
    """Every tag is closed, none runs or looks by itself, and nothing comes from elsewhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            assert not name.startswith(("on", "style")), name
            if name in ("src", "href", "action"):
                assert (value or "").startswith(("/hop/", "data:,")), value
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_and_holds_nobodys_html(language: str) -> None:
    voice, base = Voice(language, NOON), "/hop"
    pages = [
        file_pages.upload(UploadPage("w", NOON, number, "", CONTACT), 50, base, voice)
        for number in (0, 12)
    ]
    pages.append(file_pages.uploaded(Kept(FILE), base, voice))
    pages += [file_pages.listed(one, base, voice) for one in lists()]
    pages += [file_pages.code(said, base, voice) for said in ("", EVIL)]
    pages += [file_pages.refused("x", contact, base, voice) for contact in (None, CONTACT)]
    for page in pages:
        Whole(page)
        assert f'<html lang="{language}">' in page
        assert EVIL not in page
        assert "{" not in page


@pytest.mark.parametrize(
    ("size", "vi", "en"),
    [
        (0, "0 B", "0 B"),
        (1023, "1023 B", "1023 B"),
        (1024, "1 KB", "1 KB"),
        (2_411_724, "2,3 MB", "2.3 MB"),
    ],
)
def test_a_size_as_people_read_it(size: int, vi: str, en: str) -> None:
    assert [written(size, Voice(language, NOON)) for language in LANGUAGES] == [vi, en]
