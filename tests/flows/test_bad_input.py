"""Whatever is sent gets a clear sentence, loses nothing, and the program goes on."""

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.incident import Incident
from bot.platforms.outbox import Outbox
from bot.services import incidents, paging, reading
from bot.services.briefing import brief
from bot.services.ports.incidents import Brief
from bot.services.ports.store import Transaction
from storage import store
from tests.flows.house import House, copy_of, running

NOTHING_ASKED = "Chưa có câu hỏi nào đang chờ"
NOT_WORDS = "chưa nhận hình dán, ghi âm"
SORRY = re.compile(r"Xin lỗi, .* gọi 0262 000 000 và đọc mã (\d{6})\.")


@pytest.mark.parametrize("typed", ["/khongco", "/nhatky abc", "/status -1", "/"])
async def test_an_unknown_command_shows_what_can_be_done(house: House, typed: str) -> None:
    await house.lan.types(typed)
    shown = await house.lan.screen()
    assert NOTHING_ASKED in shown
    assert "Anh/chị cần làm gì?" in shown


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("/baosuco", "Câu 1/10"),
        ("/captren 1", "Báo cấp trên sự cố số 1: báo ai?"),
        ("/ketthuc 1", "Kết thúc ứng phó sự cố số 1: kết quả?"),
    ],
)
async def test_a_dialog_begun_in_the_room_is_asked_in_the_private_chat(
    house: House, command: str, asked: str
) -> None:
    await house.lan.reports("Có")
    await house.card("Chưa ai tiếp nhận")
    before = await house.newest_in_group()
    await house.binh.says(chat=house.group, text=command)
    await house.binh.sees(asked)
    assert await house.new_in_group(before) == 0


@pytest.mark.only("telegram", "told at once that somebody has shut it out")
async def test_who_cannot_be_asked_in_private_is_told_so_in_the_room(house: House) -> None:
    await house.binh.block()
    await house.binh.types("/baosuco", chat=house.group)
    shown = await house.binh.screen(house.group)
    assert shown.startswith("Việc này làm trong tin riêng với Trực Ban")


async def test_plain_words_in_the_room_that_answer_nothing_start_nothing(house: House) -> None:
    await house.lan.reports("Có")
    await house.card("Chưa ai tiếp nhận")
    card = (await house.binh.messages(house.group))[-1]["id"]
    for text in ("máy em bị vi rút rồi", "12"):
        await house.hung.says(chat=house.group, text=text, reply_to=card)
        await house.hung.sees(NOTHING_ASKED, chat=house.group)
    await house.hung.says(chat=house.group, text="7", reply_to=card)
    await house.minh.types("/status")
    assert "Chưa ai tiếp nhận" in await house.minh.sees("Số 1")


@pytest.mark.parametrize(
    "typed", ["/status 99", "/nhatky 99", "/ketthuc 99", "nhận 99", "tình hình 99"]
)
async def test_a_number_that_nothing_has(house: House, typed: str) -> None:
    await house.binh.types(typed)
    assert await house.binh.screen() == (
        "Không có sự cố số 99. Gõ “tình hình” để xem các sự cố đang mở."
    )


@pytest.mark.parametrize("typed", ["/status 1", "/nhatky 1", "/ketthuc 1", "nhận 1"])
async def test_another_units_incident_is_not_shown(house: House, typed: str) -> None:
    await house.lan.reports("Có", told="lộ mật khẩu hộp thư")
    await house.minh.sees("TIN KHẨN")
    await house.h_linh.types(typed)
    shown = await house.h_linh.screen()
    assert "Việc này do người khác làm" in shown
    assert "hộp thư" not in shown


async def test_a_first_sentence_as_long_as_a_message_can_be(house: House) -> None:
    await house.lan.types("máy hỏng " * 455)  # 4095 characters
    shown = await house.lan.screen()
    assert "Dài quá 1000 ký tự (đang 4094)" in shown
    await house.lan.types("máy hỏng")
    await house.lan.sees("Anh/chị muốn báo sự cố?")


async def test_too_many_words_keep_the_question_and_what_was_answered(house: House) -> None:
    await house.lan.types("/baosuco")
    await house.lan.picks("Một cửa, dịch vụ công")
    await house.lan.types("x" * 4096)
    await house.lan.sees("Dài quá 1000 ký tự (đang 4096)", "Câu 2/10")
    await house.lan.types("máy hỏng")
    await house.lan.sees("Câu 3/10")


async def test_a_sticker_where_words_are_expected(house: House) -> None:
    await house.lan.types("/baosuco")
    await house.lan.picks("Một cửa, dịch vụ công")
    for what in ({"sticker": "😀"}, {"voice": True}):
        before = await house.lan.count(NOT_WORDS, "Câu 2/10")
        await house.lan.says(**what)
        await house.lan.sees_times(before + 1, NOT_WORDS, "Câu 2/10")
    await house.lan.types("máy hỏng")
    await house.lan.sees("Câu 3/10")


async def test_a_number_where_a_choice_is_expected(house: House) -> None:
    await house.lan.types("/baosuco")
    await house.lan.types("77")
    await house.lan.sees("Chưa hiểu “77”", "Câu 1/10")
    await house.lan.types("1")
    await house.lan.sees("Câu 2/10")


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_a_made_up_or_outlived_button_shows_what_is_true_now(house: House) -> None:
    """A button pressed on a deleted alert crashed somebody else's bot."""
    message, _ = await house.lan.button("Báo sự cố")
    for data in ("x:1", "g:dance:0", "c:1:1:yes", "p:take:99"):
        await house.lan.presses(message, data, stale=True)
    await house.lan.sees("Anh/chị cần làm gì?")


async def test_an_unknown_error_is_an_apology_with_a_number_that_is_in_the_log(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    with monkeypatch.context() as patch, capture_logs() as logs:
        patch.setattr(incidents, "board", broken)
        await house.binh.types("/status")
        said = SORRY.fullmatch(await house.binh.screen())
    assert said, await house.binh.screen()
    assert [log["code"] for log in logs if log["event"] == "handler.failed"] == [said[1]]
    await house.binh.types("/status")
    await house.binh.sees("không có sự cố nào đang mở")


async def test_an_unknown_error_of_a_press_is_said_over_it_and_changes_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN")
    with monkeypatch.context() as patch:
        patch.setattr(paging, "_tell_taken", broken)
        assert SORRY.fullmatch(await house.minh.taps_on("Tôi tiếp nhận xử lý"))
    assert "page.acknowledged" not in await house.log(1)
    await house.minh.taps_on("Tôi tiếp nhận xử lý")
    await house.minh.sees("Anh Minh tiếp nhận sự cố số 1")


@pytest.fixture
async def hasty(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """A house whose database is not waited for."""
    pragmas = [each for each in store.PRAGMAS if "busy" not in each]
    monkeypatch.setattr(store, "PRAGMAS", (*pragmas, "busy_timeout = 20"))
    async with running(copy_of(template, tmp_path)) as house:
        yield house


async def test_while_nothing_can_be_stored_it_is_said_and_done_later(
    hasty: House, tmp_path: Path
) -> None:
    with _locked(tmp_path / "trucban.db"):
        await hasty.lan.types("mạng cả phòng bị ngừng")
        said = await hasty.lan.screen()
        assert said == (
            "Chưa ghi được ngay lúc này, tin của anh/chị vẫn còn và sẽ được làm tiếp. "
            "Cần gấp thì gọi 0262 000 000."
        )
    await hasty.lan.sees("Anh/chị muốn báo sự cố?", "mạng cả phòng bị ngừng")


@contextmanager
def _locked(database: Path) -> Iterator[None]:
    """Somebody else writes and does not end."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


async def test_one_incident_that_cannot_be_read_silences_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its page goes out in the bare words; the next incident's page as always."""

    def torn(tx: Transaction, incident: Incident) -> Brief:
        if incident.id == 1:
            raise KeyError("torn")
        return brief(tx, incident)

    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN – sự cố số 1", "Việc trước mắt")
    monkeypatch.setattr(reading, "brief", torn)
    await house.forward(5)
    await house.minh.sees("TIN KHẨN – sự cố số 1", "Gõ: tình hình 1")
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN – sự cố số 2", "Việc trước mắt")


async def test_a_sender_that_dies_takes_the_program_with_it(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deaf or dumb, and nobody would know: it ends, and whoever watches it starts it again."""

    async def dies(self: Outbox) -> None:
        raise RuntimeError("the sender died")

    monkeypatch.setattr(Outbox, "run", dies)
    with pytest.raises(RuntimeError, match="the sender died"):
        async with running(copy_of(template, tmp_path)):
            pass
