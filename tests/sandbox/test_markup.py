"""Telegram's HTML, as text and entities in UTF-16 units, and every way in which it is broken."""

from typing import Any

import pytest

from bot.sandbox.entities import detected
from bot.sandbox.markup import parse, trimmed
from bot.sandbox.refusals import BadRequest
from tests.sandbox.wire import Wire


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>Chào</b>", "Chào", [entity("bold", 0, 4)]),
        ("🔴 <strong>x</strong>", "🔴 x", [entity("bold", 3, 1)]),
        ("<i>a<u>b</u></i>", "ab", [entity("italic", 0, 2), entity("underline", 1, 1)]),
        ("<em>a</em><s>b</s>", "ab", [entity("italic", 0, 1), entity("strikethrough", 1, 1)]),
        ("<code>a&lt;b &amp; &#99;&#x64;</code>", "a<b & cd", [entity("code", 0, 8)]),
        ("<pre>x</pre>", "x", [entity("pre", 0, 1)]),
        (
            '<pre><code class="language-py">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="py")],
        ),
        (
            '<a href="https://vnexpress.net/?a=1&amp;b">x</a>',
            "x",
            [entity("text_link", 0, 1, url="https://vnexpress.net/?a=1&b")],
        ),
        ('<a href="javascript:x">x</a>', "x", []),
        ("<blockquote>x</blockquote>", "x", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("a & b &copy; <b></b>", "a & b &copy;", []),
        ("  <b> a </b> ", "a", [entity("bold", 0, 1)]),
        ("<B>a</b >", "a", [entity("bold", 0, 1)]),
    ],
)
def test_what_is_right(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert trimmed(*parse(source)) == (text, entities)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("á <x>", 'Unsupported start tag "x" at byte offset 3'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        (
            "<b><i>a</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_what_is_broken(source: str, said: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {said}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start MA12", [entity("bot_command", 0, 6)]),
        ("🔴 /status@trucban_bot 12", [entity("bot_command", 3, 19)]),
        ("ngày 21/11/2026", []),
        ("@trucban_bot ơi", [entity("mention", 0, 12)]),
        ("thư a@chinhquyen.vn", []),
        ("xem https://a.vn/x?y. Hết", [entity("url", 4, 16)]),
    ],
)
def test_what_the_server_finds_by_itself(text: str, found: list[dict[str, Any]]) -> None:
    assert detected(text, []) == found


def test_nothing_is_found_inside_code() -> None:
    code = entity("code", 0, 6)
    assert detected("/start", [code]) == [code]


async def test_the_answer_is_plain_text_with_entities(wire: Wire) -> None:
    person = await wire.person()
    sent = await wire.send(person, "🔴 <b>Tin khẩn</b> /tinhhinh", parse_mode="HTML")
    assert sent["text"] == "🔴 Tin khẩn /tinhhinh"
    assert sent["entities"] == [entity("bold", 3, 8), entity("bot_command", 12, 9)]
