"""One door: through one long story, no use case changes rows without asking the gate and saying so.

Every step of the real program is watched: which tables it wrote to, what it asked and recorded.
"""

import ast
import inspect
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.agency import Agency, Listed, Post
from bot.domain.forms import FORMS
from bot.domain.people import CLOCKWORK_IDENTITY, Act, Role
from bot.domain.quota import Limit
from bot.platforms.bot_api import ALLOWED
from bot.services import housekeeping, joining, quotas
from bot.services.desk import Desk
from bot.services.dialogs import FINISH, REFRESH
from bot.services.ports.store import Transaction
from storage.store import SqlStore
from tests.contracts.use_cases import at_the_doors, reached, use_cases
from tests.flows import watched as watched_by
from tests.flows.contacts import a_contact_is_tried
from tests.flows.figuring import figures_are_looked_at
from tests.flows.filing import all_said, rows
from tests.flows.finishing import finishes
from tests.flows.getting_in import held_and_told_by_telephone, linked_and_ordered
from tests.flows.handing import a_file_is_handed_in_and_out, pages
from tests.flows.house import GROUP, House, make_template, running
from tests.flows.lawful import put_in_force, what_the_law_asks
from tests.flows.leading import (
    asked_by_each_step,
    directed_by_telephone,
    left_to_few,
    reviewed,
)
from tests.flows.readying import all_is_ready
from tests.flows.supporting import support_is_asked_and_given
from tests.flows.turning import (
    a_roster_is_brought_in,
    shifts_change_hands,
    the_lead_goes_over,
)

WRITE = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) \"?(\w+)", re.IGNORECASE)
# Rows that say how the program stands, not what anybody did.
BOOKKEEPING = {"update_keys", "prompts"}
# Use cases that change rows and record nothing, and why that is right.
SILENT = {
    "delivery.recover": "leases of a dead process end; nothing has happened to an incident",
    "delivery.claim": "a lease, no event; what fails in it is recorded",
    "delivery.settle": "a delivery is a row of its own; only a failure is an event",
    "delivery.settle_card": "the same for a card",
    "auditing.close": "when the auditor last ran; what it found is an event",
    "watching.answer": "a test page: a delivery is a row of its own, and nothing has happened",
    "roster_watch.look_ahead": "what was told is a mark; what is told now is an event",
    "holding_on.look_at": "when they are asked next is a row; that they were is an event",
    "reminding.remind_due": "a reminder is a notice; who is found silent is an event",
    "sealing.seal": "a seal is itself the record, over all chains",
    "quotas.count": "how many messages have left; a mark that is passed is an event",
    "housekeeping.forget_updates": "keys of updates that no platform delivers again",
    "housekeeping.forget_files": "words of pages that are over; a file that is erased is recorded",
}


class Watched(Desk):
    """The door with somebody standing beside it."""

    faults: list[str]
    seen: set[str]

    def __init__(self, store: SqlStore) -> None:
        super().__init__(store)
        self._written: list[str] = []
        event.listen(store.engine, "after_cursor_execute", self._note)

    async def do(self, use_case: Any, act: Act, *args: Any, **kwargs: Any) -> Any:
        return await super().do(self._watching(use_case, reads=False), act, *args, **kwargs)

    async def look(self, query: Any, act: Act, *args: Any, **kwargs: Any) -> Any:
        return await super().look(self._watching(query, reads=True), act, *args, **kwargs)

    def _watching(self, use_case: Callable[..., Any], reads: bool) -> Callable[..., Any]:
        name = f"{use_case.__module__.rpartition('.')[2]}.{use_case.__name__}"

        @wraps(use_case)
        def step(tx: Transaction, act: Act, *args: Any, **kwargs: Any) -> Any:
            begun = len(self._written)
            self.seen.add(name)
            value = use_case(tx, act, *args, **kwargs)
            # a look cannot write: what is written meanwhile is the clockwork's
            changed = set() if reads else set(self._written[begun:])
            if (changed or reads) and not act.asked:
                self.faults.append(f"{name} never asked the gate")
            self._judge(name, changed - BOOKKEEPING, tx)
            return value

        return step

    def _judge(self, name: str, changed: set[str], tx: Transaction) -> None:
        if changed and not tx.recorded and name not in SILENT:
            self.faults.append(f"{name} changed {', '.join(sorted(changed))} and recorded nothing")

    def _note(self, _c: object, cursor: Any, statement: str, *_rest: object) -> None:
        found = WRITE.match(statement)
        if found and cursor.rowcount:
            self._written.append(found[1])


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> type[Watched]:
    Watched.faults, Watched.seen = [], set()
    monkeypatch.setattr("bot.office.Desk", Watched)
    return Watched


async def test_a_long_story_goes_through_the_one_door(
    watched: type[Watched], tmp_path: Path
) -> None:
    await make_template(tmp_path)  # everybody joins, a group is bound
    async with running(tmp_path, **pages(), watch_bot=watched_by.NUMBER) as house:
        await _reported_in_a_hurry_and_verified(house)
        await _paged_passed_on_taken_and_given_back(house)
        await _named_and_read_about(house)
        await _escalated_and_decided(house)
        await _worked_through(house)
        await directed_by_telephone(house)
        await _looked_at(house)
        await shifts_change_hands(house)
        await a_roster_is_brought_in(house)
        await the_lead_goes_over(house, 1)
        await all_is_ready(house)
        await _closed_and_reopened(house)
        await _invited_and_joined(house)
        await _put_aside_cancelled_and_declined(house)
        await _become_secret(house)
        await _blocked_and_refused(house)
        await held_and_told_by_telephone(house)
        await a_file_is_handed_in_and_out(house, house.nga)
        await linked_and_ordered(house)
        await left_to_few(house)
        await _forgotten(house)
        await _left_alone(house)
        await watched_by.audited(house)
        await watched_by.a_test_page_comes_back(house, tmp_path)
        await all_said(house)
        assert watched.faults == []
        assert at_the_doors() - watched.seen == set()
        finished = {form for (form,) in rows(house, "SELECT form FROM forms WHERE at = 'sent'")}
        assert finished == FORMS.keys()
        assert (await house.proof()).broken is None
        calls = (await house.stage.get("calls", after=0))["calls"]
        allowed = {method.__name__[0].lower() + method.__name__[1:] for method in ALLOWED}
        assert {call["method"] for call in calls} <= allowed
        refused = {str(call["description"]) for call in calls if call["code"] not in (None, 403)}
        assert {why for why in refused if "not modified" not in why} == set()


async def _left_alone(house: House) -> None:
    """Nobody does anything for a while: the sweeps do."""
    for minutes in (*[5] * 8, 125):  # and whoever has it is asked "vẫn đang xử lý?"
        await house.forward(minutes)
        await all_said(house)


async def _reported_in_a_hurry_and_verified(house: House) -> None:
    lan, binh = house.lan, house.binh
    await lan.types("may em mo khong duoc, hien chu doi tien")
    await lan.picks("Có")
    await lan.picks("Một cửa, dịch vụ công")
    await lan.picks("Gửi ngay, bổ sung sau")
    await lan.sees("Đã ghi nhận: sự cố số 1")
    await binh.sees("XÁC MINH TRƯỚC – sự cố số 1")
    await binh.picks("Tôi tiếp nhận xử lý")
    await binh.picks("Ghi kết quả xác minh")
    for answer in ("Có", "Không", "Chưa rõ", "Không", "Không", "Không"):
        await binh.picks(answer)
    await binh.picks("Gửi")
    await binh.sees("Đã ghi câu trả lời cho sự cố số 1")
    await lan.taps_on("Bổ sung")
    await lan.sees("Phát hiện lúc nào")
    await lan.picks("Vừa phát hiện")
    await lan.types("không")
    await lan.picks("Tạm ổn, đang theo dõi")
    await lan.picks("Gửi")


async def _paged_passed_on_taken_and_given_back(house: House) -> None:
    minh, hung = house.minh, house.hung
    await minh.sees("TIN KHẨN – sự cố số 1")
    await house.forward(5)
    await minh.sees("(nhắc lại lần 2)")
    await house.forward(5)
    await _telephoned(house)
    await minh.types("ok")
    await minh.sees("hay mới xem?")
    await minh.taps_on("Chuyển người khác")
    await hung.sees("TIN KHẨN – sự cố số 1")
    await hung.picks("Tôi tiếp nhận xử lý")
    await hung.picks("Trả lại")
    await minh.types("nhận 1")
    await minh.sees("tiếp nhận sự cố số 1 lúc")
    message, data = await minh.button("Trả lại")
    await minh.presses(message, data.replace("return", "alive"), stale=True)
    await minh.sees("vẫn đang xử lý sự cố số 1")


async def _named_and_read_about(house: House) -> None:
    """Which tình huống it is, and a page of its playbook."""
    minh = house.minh
    await minh.types("tình huống 1")
    await minh.picks("Tấn công mã hóa phần mềm, dữ liệu, thiết bị")
    await minh.sees("Đã ghi sự cố số 1")
    await minh.picks("Kịch bản")
    await minh.picks("Dấu hiệu")
    await minh.sees("Dấu hiệu (1/2)")


async def _escalated_and_decided(house: House) -> None:
    binh, phuc = house.binh, house.phuc
    await binh.types("/captren 1")
    for label in ("Ban Chỉ đạo", "Vượt khả năng xử lý", "Đề nghị Đội ứng cứu của tỉnh hỗ trợ"):
        await binh.picks(label)
    await binh.picks("Gửi")
    await phuc.sees("Báo cáo đồng chí Phúc")
    await phuc.picks("Ý kiến khác")
    await phuc.types("Chờ Đội của tỉnh")
    await phuc.sees("Đã ghi ý kiến của anh/chị về sự cố số 1: Ý kiến khác")
    await binh.sees("Ý kiến chỉ đạo, sự cố số 1", "“Chờ Đội của tỉnh”")


async def _worked_through(house: House) -> None:
    """Tasks by tapping and by typing, from phase to phase up to the check after recovery."""
    minh = house.minh
    first, second, third = [t.code for t in await house.tasks(1) if t.state == "open"][:3]
    await minh.types(f"việc {first}")
    for label in ("Nhận việc", "Gặp vướng mắc", "Chưa có quyền truy cập", "Làm tiếp"):
        await minh.picks(label)
    await finishes(minh, first)
    for words in (f"phân công {second}", f"chuyển {third}"):
        await minh.types(words)
        await minh.types("1")
        await minh.sees("Người ấy nhận việc thì mới đổi người làm")
    await asked_by_each_step(house)
    for _ in ("II", "III"):
        await minh.types("giai đoạn 1")
        await minh.sees("bước")
        await minh.picks("Đã xong")
        await minh.sees("sang giai đoạn")
    check = next(task for task in await house.tasks(1) if task.step == "kiem_tra")
    await minh.types(f"xong {check.code}")
    await minh.picks("Hệ thống hoạt động ổn định")
    await minh.sees(f"việc {check.code} hoàn thành")
    await reviewed(house)


async def _telephoned(house: House) -> None:
    await house.binh.sees("Gọi điện thoại cho anh Minh", "0905 000 555")
    await house.binh.types("8")
    await house.binh.sees("kết quả thế nào?")
    await house.binh.picks("Không nghe máy")
    await house.binh.sees("Đã ghi kết quả gọi điện thoại")


async def _looked_at(house: House) -> None:
    binh = house.binh
    await binh.types("/status")
    await binh.sees("Tình hình lúc")
    await binh.types("/status 1")
    await binh.sees("Gần đây nhất")
    await binh.types("/nhatky")
    await binh.picks("Số 1")
    await binh.sees("Nhật ký sự cố số 1")
    await binh.types("/huongdan")
    await what_the_law_asks(binh)
    assert len(await put_in_force(house, "my_hao_2025", "Kế hoạch Mỹ Hào", "Kế hoạch thị xã")) == 2
    await a_contact_is_tried(house, binh)
    await support_is_asked_and_given(house, binh, 1)
    await figures_are_looked_at(house, binh)
    await binh.types("/start")


async def _closed_and_reopened(house: House) -> None:
    binh = house.binh
    await binh.types("/ketthuc 1")
    await binh.picks("Đã khắc phục xong")
    await binh.types("cài lại máy")
    await binh.picks("Gửi")
    await binh.sees("Sự cố số 1 đã kết thúc ứng phó")
    await binh.types("/molai 1")
    await binh.picks("Sự cố xảy ra lại")
    await binh.types("lại hiện chữ đòi tiền")
    await binh.picks("Gửi")
    await binh.sees("Sự cố số 1 đã mở lại")


async def _invited_and_joined(house: House) -> None:
    binh = house.binh
    await house.office.desk.do(joining.first_code, house.office.console())
    await binh.types("/moithamgia")
    await binh.picks("thị xã")
    await binh.types("Quản trị")
    await binh.picks("Người mới, chưa có trong danh sách")
    shown = await binh.picks("Gửi")
    found = re.search(r"\b[2-9A-Z]{10}\b", shown)
    assert found, shown
    await house.join(130, "Vy", found[0])
    await house.apply(_with_tu)
    tu = await house.join(131, "Tú", await house.invite(Role.RESPONDER, "doi_ung_cuu"))
    await tu.picks("anh Tú")
    quang = house.phones["quang"]
    code = await house.invite(Role.OFFICIAL, "tan_lap")
    await quang.types(code)  # one more post for who is known already


async def _put_aside_cancelled_and_declined(house: House) -> None:
    nga = house.nga
    await nga.types("chieu nay co hop khong")
    await nga.picks("Không")
    await nga.types("/baosuco")
    message, data = await nga.button("Để sau")
    await nga.picks("Để sau")
    await nga.presses(message, data, stale=True)  # what is old shows what is true now
    await nga.types("tiếp tục")
    await nga.types("hủy")
    await nga.picks("Mở lại phần vừa hủy")
    await nga.types("hủy")


async def _become_secret(house: House) -> None:
    binh = house.binh
    await binh.types("/status 1")
    await binh.picks("Xác minh")
    await binh.sees("Xem lại kết quả xác minh sự cố số 1")
    await binh.types("sửa 2")
    await binh.picks("Có")
    await binh.picks("Gửi")
    await binh.sees("có dấu hiệu liên quan bí mật nhà nước")


async def _blocked_and_refused(house: House) -> None:
    await house.stranger.types("/baosuco")
    await house.stranger.types("may hong roi")
    await house.lan.types("/ketthuc 1")  # not hers to do
    await house.minh.block()
    await house.minh.unblock()
    await house.lan.says(sticker="👍")
    await house.lan.types("/khongco")
    await house.binh.types("/gannhom", chat=GROUP)
    larger = (await house.stage.post(f"groups/{GROUP}/upgrade", {}))["id"]
    await house.binh.sees("Trực ban: anh Bình", chat=larger)


async def _forgotten(house: House) -> None:
    now = house.office.clock.now()
    act = Act(CLOCKWORK_IDENTITY, now)
    sent = {"test:1": 90}
    await house.office.desk.do(quotas.count, act, sent, {"test:1": Limit(100)})
    assert (await house.office.desk.do(housekeeping.forget_updates, act, now)).value > 0
    later = now + timedelta(hours=1)
    assert (await house.office.desk.do(housekeeping.forget_files, act, later)).value == 2


def _with_tu(agency: Agency) -> Agency:
    posts = (Post("responder", "doi_ung_cuu", 3),)
    return replace(agency, people=(*agency.people, Listed("tu", "Tú", "anh", "", "", posts)))


def test_the_reasons_are_of_use_cases_that_exist() -> None:
    assert SILENT.keys() <= use_cases().keys()


def test_no_use_case_is_dead() -> None:
    assert use_cases().keys() - reached() == set()


def test_a_use_case_is_a_plain_function() -> None:
    """No `async`: no network call can stand inside a transaction."""
    waiting = [name for name, node in use_cases().items() if isinstance(node, ast.AsyncFunctionDef)]
    assert waiting == []
    for table in (FINISH, REFRESH):
        for use_case in table.values():
            assert list(inspect.signature(use_case).parameters) == ["tx", "act", "draft"]
