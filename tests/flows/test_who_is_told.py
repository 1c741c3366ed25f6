"""/aiduocbao: what the rehearsal says is what happens when nobody answers a report then."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.duty import Absence
from bot.services import rehearsing
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of
from tests.flows.filing import all_said, rows
from tests.flows.house import HERE, House, copy_of, running
from tests.flows.test_channels import on_zalo
from tests.flows.test_readiness import blocks, number_of

pytestmark = pytest.mark.both

SENT = (
    "SELECT n.at, n.person_id, d.chat FROM notices n JOIN deliveries d ON d.notice_id = n.id"
    " WHERE n.kind = ? AND d.state = 'sent'"
)
OWN = "Máy tính, mạng cơ quan"


def at_of(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=None)


async def happened(house: House, kind: str) -> set[tuple[int, int, str]]:
    """(minute, person, channel) of each call, counted from the first."""
    found = rows(house, SENT, [kind])
    began = min(at_of(at) for at, _, _ in found)
    return {(round((at_of(at) - began).total_seconds() / 60), who, to) for at, who, to in found}


async def foretold(house: House, unit: str, needed: str) -> set[tuple[int, int, str]]:
    def of(tx: Transaction) -> set[tuple[int, int, str]]:
        at = house.office.clock.now()
        told = rehearsing.of(tx, agency_of(tx), unit, needed, at)  # type: ignore[arg-type]
        return {
            (round((one.at - at).total_seconds() / 60), each.person_id, each.channel)
            for one in told.line
            for each in one.told
        }

    return await house.office.store.look(of)


@pytest.mark.parametrize(
    ("answers", "needed", "kind"),
    [(("Có",), "respond", "page.respond"), (("Chưa rõ",) * 6, "verify", "page.verify")],
)
async def test_what_is_foretold_is_what_happens_when_nobody_answers(
    template: Path, tmp_path: Path, answers: tuple[str, ...], needed: str, kind: str
) -> None:
    """The contract: moment, person and channel of each call in the first hour."""
    async with running(copy_of(template, tmp_path), network="both") as house:
        await on_zalo(house, 202, house.minh)
        await blocks(house, house.hung)
        expected = await foretold(house, "tan_lap", needed)
        assert len(expected) > 3
        await house.lan.reports(*answers, system=OWN)
        for _ in range(11):
            await all_said(house)
            await five_minutes(house)
        await all_said(house)
        assert await happened(house, kind) == expected


async def five_minutes(house: House) -> None:
    """The bot's clock has heard of it, and nothing is due any more."""
    then = house.office.clock.now() + timedelta(minutes=5)
    await house.forward(5)
    await house.office.clock.sleep_until(then)
    await house.program.auditor.climb()


@pytest.mark.only("telegram", "who is told, not how it is asked")
async def test_saturday_at_two_serious_who_is_told_when_and_by_what(house: House) -> None:
    await blocks(house, house.minh)
    binh = house.binh
    await binh.types("ai được báo")
    await binh.picks("xã Tân Lập")
    await binh.sees("Xem lúc nào?")
    await binh.picks("Thứ Bảy 02:00")
    shown = await binh.picks("Nghiêm trọng")
    assert "02:00 thứ Bảy" in shown.splitlines()[0]
    assert "nghiêm trọng, xã Tân Lập" in shown
    assert "⚠ 02:00 Anh Minh: bỏ qua ngay – đã chặn kênh Telegram" in shown
    assert "02:00 anh Hùng (Telegram) ⚠ chỉ một kênh; anh Bình (Telegram) ⚠ chỉ một kênh" in shown
    assert "anh Hùng (Telegram, lần 2)" in shown
    assert "hết thứ tự, chưa ai tiếp nhận: báo anh Bình và 1 nhóm" in shown
    assert "Xin ý kiến lãnh đạo: đồng chí Phúc" in shown
    assert "Chưa có tin nào được gửi" in shown
    assert rows(house, "SELECT count(*) FROM incidents") == [(0,)]


@pytest.mark.only("telegram", "the gaps, not how they are asked about")
async def test_whoever_is_away_or_asleep_then_is_marked(house: House) -> None:
    """Read at the moment that is asked about, not now."""
    hung, minh = await number_of(house, "hung"), await number_of(house, "minh")
    now = house.office.clock.now()
    day = (now + timedelta(days=9)).astimezone(HERE).date()
    then = datetime.combine(day, time(2), HERE)

    def away(tx: Transaction) -> None:
        tx.rosters.add_absence(Absence(0, hung, then - timedelta(hours=9), then, "phép"), 1, now)
        day = timedelta(days=1)
        tx.rosters.add_absence(Absence(0, minh, then - day, then + day, "phép"), 1, now)

    await house.office.store.run(away)
    await house.minh.types("ai được báo")
    await house.minh.picks("xã Tân Lập")
    await house.minh.types("giờ khác")
    await house.minh.types(f"{then.day}/{then.month} 2h")
    shown = await house.minh.picks("Cần ứng phó")
    assert "Anh Minh" not in shown
    assert "02:00 anh Hùng (Telegram)" in shown  # back since two o'clock
    await house.lan.types("ai được báo")
    await house.lan.sees("Việc này do người khác làm")
