"""A page by mail and SMS, when the chats of a person cannot bring it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.domain.agency import Agency, Listed
from bot.domain.agency import Post as Role
from tests.flows.filing import all_said, rows
from tests.flows.gateways import WORD, Post, post_office
from tests.flows.house import House, copy_of, running

PAGE = "TIN KHẨN – sự cố số 1"
TAKE = "Tôi tiếp nhận xử lý"
OF_MINH, OF_TUAN = "minh@thixa.example.vn", "tuan@thixa.example.vn"
FIRST = Role("responder", "doi_ung_cuu", 1)
Open = Callable[..., AbstractAsyncContextManager[tuple[House, Post]]]


@pytest.fixture
def opened(template: Path, tmp_path: Path) -> Open:
    """A house with gateways: "mail", "sms", or both."""

    @asynccontextmanager
    async def opening(*ways: str) -> AsyncIterator[tuple[House, Post]]:
        async with post_office() as (post, mail, sms):
            chosen = " ".join({"mail": mail, "sms": sms}[way] for way in ways)
            folder = copy_of(template, tmp_path)
            async with running(folder, gateways=SecretStr(chosen)) as house:
                await house.apply(lambda agency: _with_mail(agency))
                yield house, post

    return opening


def _with_mail(agency: Agency, *more: Listed) -> Agency:
    people = (replace(p, email=OF_MINH) if p.id == "minh" else p for p in agency.people)
    return replace(agency, people=(*more, *people))


def body(mail: EmailMessage) -> str:
    return str(mail.get_content())


async def test_who_has_blocked_the_bot_is_paged_by_mail(opened: Open) -> None:
    async with opened("mail") as (house, post):
        await house.minh.block()
        await house.lan.reports("Có")
        first = await post.mail()
        assert first["to"] == OF_MINH
        assert first["subject"] == "🔴 TIN KHẨN – sự cố số 1, cần ứng phó"
        assert "Việc trước mắt: điện lại cho người báo" in body(first)
        assert "Mở Telegram, gõ 7 (Tôi tiếp nhận xử lý)" in body(first)
        assert "hoặc gọi trực ban: anh Bình 0905 000 222" in body(first)
        assert "<" not in body(first)
        await house.card("SỰ CỐ SỐ 1", "anh Minh (thư điện tử)")
        await house.forward(5)
        again = await post.mail(2)
        assert again["subject"] == "🔴 TIN KHẨN – sự cố số 1, cần ứng phó (nhắc lại lần 2)"
        await house.forward(5)
        await house.hung.picks(TAKE)
        await all_said(house)
        assert len(post.mails) == 2  # that somebody has it is no page


async def test_somebody_without_a_chat_is_paged_by_mail(opened: Open) -> None:
    """Without a contact method the page skipped to the directors (Grafana OnCall 1326)."""
    tuan = Listed("tuan", "Tuấn", "anh", "kỹ thuật", "0262 000 777", (FIRST,), email=OF_TUAN)
    async with opened("mail") as (house, post):
        await house.apply(lambda agency: _with_mail(agency, tuan))
        await house.lan.reports("Có")
        first = await post.mail()
        assert (first["to"], await house.minh.count(PAGE)) == (OF_TUAN, 0)
        await house.forward(5)
        assert (await post.mail(2))["to"] == OF_TUAN
        await house.forward(5)
        await house.minh.sees(PAGE)
        await house.binh.sees("Gọi điện thoại cho anh Tuấn", "0262 000 777")
        kinds = await house.log(1)
        assert "page.unreachable" not in kinds


async def test_who_does_not_answer_in_the_chat_gets_mail_and_the_chat_rings_again(
    opened: Open,
) -> None:
    async with opened("mail") as (house, post):
        await house.lan.reports("Có")
        await house.minh.sees(PAGE)
        assert post.mails == []
        await house.forward(5)
        assert "(nhắc lại lần 2)" in (await post.mail())["subject"]
        await house.minh.sees_times(2, PAGE)
        await house.card("SỰ CỐ SỐ 1", "anh Minh (Telegram, thư điện tử)")


async def test_an_sms_is_one_message_without_diacritics(opened: Open) -> None:
    async with opened("sms") as (house, post):
        await house.minh.block()
        await house.lan.reports("Có")
        came = await post.text()
        assert (came["to"], came["key"], came["title"]) == ("84905000555", WORD, "")
        said = came["message"]
        assert said.startswith("TIN KHAN - su co so 1, can ung pho")
        assert said.endswith("Mo Telegram, go 7 de tiep nhan; hoac goi truc ban 0905000222")
        assert said.isascii()
        assert len(said) <= 160


async def test_a_gateway_that_fails_is_passed_and_the_telephone_is_last(opened: Open) -> None:
    async with opened("mail", "sms") as (house, post):
        post.fails = True
        await house.minh.block()
        await house.lan.reports("Có")
        await house.binh.sees("Gọi điện thoại cho anh Minh", "0905 000 555")
        assert post.tried >= 2  # mail, then SMS
        post.fails = False
        await house.forward(3)
        await post.until(lambda: post.mails or post.texts)
        said = post.mails[0]["subject"] if post.mails else post.texts[0]["message"]
        assert "nhắc lại" in said or "nhac lai" in said  # it may have arrived before


async def test_one_persons_failed_page_does_not_keep_the_others_from_being_told(
    opened: Open,
) -> None:
    """One person's failed notification kept the primary from being told (Grafana OnCall 1503)."""
    async with opened("mail") as (house, post):
        post.fails = True
        await house.apply(
            lambda agency: replace(
                agency,
                people=tuple(
                    replace(p, email="binh@thixa.example.vn") if p.id == "binh" else p
                    for p in agency.people
                ),
            )
        )
        await house.binh.block()
        await house.lan.reports("Có")
        await house.minh.sees(PAGE)
        await post.until(lambda: post.tried)
        await house.minh.picks(TAKE)
        await house.lan.sees("Anh Minh tiếp nhận sự cố số 1")


async def test_of_a_secret_nothing_but_its_code_is_mailed(opened: Open) -> None:
    async with opened("mail") as (house, post):
        await house.minh.block()
        await _reports_a_secret(house)
        mail = await post.mail()
        code = (await house.office.store.look(lambda tx: tx.incidents.get(1))).code
        assert mail["subject"] == (
            f"🔴 TIN KHẨN – mã {code}. Không trao đổi nội dung qua kênh này."
        )
        assert "gặp" not in body(mail)
        assert "UBND" not in body(mail)


async def test_a_word_of_a_gateway_stands_in_no_log(
    opened: Open, capfd: pytest.CaptureFixture[str]
) -> None:
    async with opened("sms") as (house, post):
        post.fails = True
        await house.minh.block()
        await house.lan.reports("Có")
        await house.binh.sees("Gọi điện thoại cho anh Minh")
        assert WORD not in repr(house.program.settings)
        stored = await asyncio.to_thread(rows, house, "SELECT * FROM deliveries")
        assert WORD not in repr(stored)
    said = "".join(capfd.readouterr())
    assert "gateway.not_taken" in said
    assert WORD not in said


async def test_its_owner_sees_what_else_a_page_comes_by(opened: Open) -> None:
    async with opened("mail", "sms") as (house, _):
        await house.minh.types("kênh")
        await house.minh.sees(f"thư điện tử {OF_MINH}, SMS 84905000555")
        assert "thư điện tử" not in " ".join(await house.minh.labels())
        await house.minh.types("kết nối")
        assert "thư" not in await house.minh.sees("Mã kết nối dùng một lần")


async def _reports_a_secret(house: House) -> None:
    """Question 5 is the criterion C2."""
    await house.lan.types("/baosuco")
    await house.lan.picks("Một cửa, dịch vụ công")
    await house.lan.types("May khong vao duoc.")
    await house.lan.picks("Vừa phát hiện")
    for answer in ("Có", "Có"):
        await house.lan.picks(answer)
    for _ in range(4):
        await house.lan.picks("Không")
    await house.lan.picks("Vẫn đang xảy ra")
    await house.lan.picks("Gửi")
