"""The log: one sentence for each event, in order; what is done to it in secret is found."""

import ast
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.people import CLOCKWORK_IDENTITY, Act, Identity
from bot.services import paging, sealing
from bot.views import words
from tests.flows.house import TOKEN, House

SERVICES = Path(sealing.__file__).parent
TAIL = "DELETE FROM {} WHERE chain = 'incident/1' AND seq > 2"


async def test_the_timeline_is_one_sentence_for_each_event_in_order(house: House) -> None:
    await _story(house)
    await house.binh.types("/nhatky 1")
    shown = await house.binh.sees("Nhật ký sự cố số 1 – 21 việc")
    said = [line[6:] for line in shown.splitlines()[1:] if not line.startswith("Gõ: ")]
    assert said == [
        "chị Lan báo sự cố.",
        "Kết luận đầu tiên: Cần ứng phó; QĐ 05/2017: không; Kế hoạch: không.",
        "Bắt đầu tính thời hạn: báo cáo ban đầu.",
        "Bắt đầu báo tin (ứng phó); thứ tự: anh Minh, anh Bình → anh Hùng.",
        "Gửi tin lần 1 đến anh Minh, anh Bình.",
        "anh Minh đã xem, chưa tiếp nhận.",
        "anh Minh chuyển người khác.",
        "Gửi tin lần 2 đến anh Hùng.",
        "anh Hùng tiếp nhận (ứng phó).",
        "Bắt đầu giai đoạn I. Tiếp nhận, phân tích, ứng cứu ban đầu và thông báo sự cố.",
        "Mở việc 1.1: 1 Phát hiện, tiếp nhận sự cố.",
        "Mở việc 1.2: 2 Triển khai các bước ưu tiên ban đầu.",
        "Mở việc 1.3: 3 Lựa chọn phương án ứng cứu.",
        "Đề nghị việc 1.4 (nếu cần): 4 Chỉ đạo xử lý sự cố (nếu cần).",
        "Mở việc 1.5: 5 Báo cáo sự cố.",
        "Mở việc 1.6: 6 Điều phối công tác ứng cứu.",
        "Mở việc 1.7: Cử cán bộ tham gia ứng cứu.",  # of the commune where it happened
        "Mở việc 1.8: Cử cán bộ tham gia ứng cứu.",  # of who runs the shared system
        "anh Hùng trả lại việc đã nhận.",
        said[19],
        "anh Bình tiếp nhận (ứng phó).",
    ]
    assert said[19].startswith("Hết thứ tự báo tin, chưa ai tiếp nhận (vòng 1); báo cả nhóm và anh")


@pytest.mark.only("telegram", "an act of the test that names the network")
async def test_a_long_timeline_keeps_its_newest_and_counts_the_rest(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN")
    minh = Identity("telegram", TOKEN.partition(":")[0], str(house.minh.number))
    page = await house.office.store.look(lambda tx: tx.pages.get(1))
    for _ in range(100):
        await house.office.desk.do(paging.ask_back, Act(minh, house.office.clock.now()), page)
    await house.binh.types("/nhatky 1")
    shown = await house.binh.sees("Nhật ký sự cố số 1 – 105 việc")
    assert "việc trước đó" in shown
    assert shown.splitlines()[-1].endswith("anh Minh đã xem, chưa tiếp nhận.")


def test_every_event_of_an_incident_has_its_sentence_in_both_languages() -> None:
    kinds = set(_kinds_on_incidents())
    assert {"incident.reported", "page.called", "words.erased", "notice.failed"} <= kinds
    for language in words.LANGUAGES:
        missing = {kind for kind in kinds if not words.has(language, f"timeline.{kind}")}
        assert not missing, f"{language}: no sentence for {sorted(missing)}"


async def test_an_untouched_log_is_intact_and_its_seals_are_known(house: House) -> None:
    await _story(house)
    await _seal(house)
    proof = await house.proof()
    assert proof.broken is None
    assert proof.seals >= 1
    assert len(proof.anchor) == 64


@pytest.mark.parametrize(
    ("statements", "seq", "why"),
    [
        (["UPDATE events SET person_id = 3 WHERE chain = 'incident/1' AND seq = 4"], 4, "link"),
        (
            ["UPDATE events SET kind = 'page.seen' WHERE chain = 'incident/1' AND seq = 8"],
            8,
            "link",
        ),
        (
            ["UPDATE payloads SET payload = x'7b7d' WHERE chain = 'incident/1' AND seq = 3"],
            3,
            "payload",
        ),
        ([TAIL.format("payloads"), TAIL.format("events")], 3, "cut"),
        (
            [
                "DELETE FROM payloads WHERE chain = 'incident/1' AND seq = 5",
                "DELETE FROM events WHERE chain = 'incident/1' AND seq = 5",
            ],
            5,
            "link",
        ),
    ],
)
async def test_a_row_changed_behind_its_back_is_found_and_named(
    house: House, tmp_path: Path, statements: list[str], seq: int, why: str
) -> None:
    await _story(house)
    await _seal(house)
    with closing(sqlite3.connect(tmp_path / "trucban.db")) as rows, rows:
        for statement in statements:
            assert rows.execute(statement).rowcount
    broken = (await house.proof()).broken
    assert broken is not None
    assert (broken.chain, broken.seq, broken.why) == ("incident/1", seq, why)


async def test_a_seal_taken_away_is_found(house: House, tmp_path: Path) -> None:
    await _seal(house)
    await _story(house)
    await _seal(house)
    anchor = (await house.proof()).anchor
    with closing(sqlite3.connect(tmp_path / "trucban.db")) as rows, rows:
        rows.execute("DELETE FROM seals WHERE id = (SELECT max(id) FROM seals)")
    assert (await house.proof()).broken is None
    found = await house.office.store.look(lambda tx: sealing.prove(tx, anchor))
    assert found.broken is not None
    assert (found.broken.chain, found.broken.why) == ("seals", "missing_seal")


async def _story(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN")
    await house.minh.types("đã xem")
    await house.minh.types("9")
    await house.hung.taps_on("Tôi tiếp nhận xử lý")
    await house.card("Chủ trì ứng cứu: anh Hùng")
    await house.hung.types("trả lại")
    await house.binh.sees("CHƯA AI TIẾP NHẬN", chat=house.group)
    await house.binh.types("tôi nhận")
    await house.card("Chủ trì ứng cứu: anh Bình")


async def _seal(house: House) -> None:
    act = Act(CLOCKWORK_IDENTITY, house.office.clock.now())
    await house.office.desk.do(sealing.seal, act)


def _kinds_on_incidents() -> Iterator[str]:
    """The kind in every tx.record(chain, kind, …) whose chain is, or may be, an incident's."""
    for file in SERVICES.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record":
                chain, kind = node.args[:2]
                if any(
                    other in ast.unparse(chain)
                    for other in ("person/", "draft/", "plan/", "roster/")
                ):
                    continue
                if isinstance(chain, ast.Constant):  # "agency"
                    continue
                assert isinstance(kind, ast.Constant), f"{file.name}: {ast.unparse(node)}"
                yield kind.value
