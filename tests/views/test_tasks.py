"""Tasks on the screen: who has it, by when, what one may do; on a card, in a list, of a secret."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.notice import Card, Notice
from bot.domain.people import Post, Role
from bot.domain.task import TaskOf
from bot.services import outcomes
from bot.services.delivery import CardLetter
from bot.services.ports.incidents import Brief
from bot.services.ports.messages import CardSending
from bot.services.ports.tasks import Sheet
from bot.services.sheets import choices
from bot.views import cards, progress, task_notices, tasks
from bot.views.callbacks import Work
from bot.views.outcomes import SCREENS
from bot.views.screen import TOAST, Screen, plain
from bot.views.voice import Voice
from bot.views.words import LANGUAGES
from tests.views.task_values import (
    DID,
    HOUR,
    LONG,
    STATES,
    TOLD,
    WRITTEN,
    finished,
    may,
    sheet,
    sheets,
    task,
    task_outcomes,
    worked,
)
from tests.views.test_screens import held
from tests.views.values import EVIL, LAN, MINH, NOON, person, secret

VI = Voice("vi", NOON)
each_language = pytest.mark.parametrize("language", LANGUAGES)
MARKS = "🔴🟡🟢"


def text(shown: Screen) -> str:
    return plain(shown.text)


def labels(shown: Screen) -> list[str]:
    return [button.label for row in shown.rows for button in row]


def letters(kind: str) -> list[tuple[Notice, Brief, list[Sheet]]]:
    return [
        (Notice(kind, to=4, incident=12, facts=facts), worked(), those)
        for facts, those in TOLD[kind]
    ]


def card(one: Sheet | None, voice: Voice = VI, again: bool = False) -> Screen:
    sending = CardSending(1, Card("test:bot:group", "task", 7), 1, "", again, "vi")
    return cards.screen(CardLetter(sending, one), NOON, voice)


def on_screen(one: Sheet, *can: str, did: str = "") -> str:
    return text(tasks.shown(outcomes.TaskShown(one, can, did), VI))


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (sheet(), "Chưa ai nhận."),
        (sheet(task("given"), holder=MINH), "Đã chuyển anh Minh, chờ nhận việc."),
        (sheet(task("taken"), holder=MINH), "Anh Minh đang làm."),
        (
            sheet(task("blocked"), holder=MINH),
            "🟡 Anh Minh gặp vướng mắc: chưa có quyền truy cập.",
        ),
        (
            sheet(task("blocked", trouble="Chưa có mật khẩu."), holder=MINH),
            "🟡 Anh Minh gặp vướng mắc: Chưa có mật khẩu.",
        ),
        (sheet(task("done"), holder=MINH), "🟢 Anh Minh hoàn thành lúc 12:00: xong theo kế hoạch."),
        (sheet(task("dropped"), giver=MINH), "Chưa cần, do anh Minh quyết định."),
        (sheet(task("dropped")), "Không cần nữa"),
        (sheet(task("offered")), "chưa mở. Người chủ trì ứng cứu hoặc lãnh đạo quyết định."),
        (sheet(task("held")), "chờ lãnh đạo quyết định có nghiêm trọng theo Kế hoạch không."),
        (
            sheet(missing=("Phòng Văn hóa",), lead=()),
            "Kế hoạch ghi Phòng Văn hóa, chưa xác định đơn vị kế thừa: Đội và Trực ban làm thay.",
        ),
        (sheet(missing=("Phòng Văn hóa",)), ". Kế hoạch ghi thêm Phòng Văn hóa, chưa xác định"),
        (sheet(stand_in=True), "Chưa báo được ai của đơn vị chủ trì: Đội và Trực ban làm thay."),
        (sheet(lead=("UBND xã",), coordinating=("Văn phòng",)), "Chủ trì: UBND xã · Phối hợp: Văn"),
        (sheet(task("open", why="loop", lap=2)), "Làm lại lần 2"),
        (sheet(task("open", kind="recheck", step="")), "Xác minh lại nguyên nhân"),
        (sheet(task("taken", kind="call", step=""), callee=MINH), "Gọi điện thoại cho anh Minh"),
        (sheet(), "Hạn: trước 13:00 (còn 1 giờ 0 phút)."),
        (sheet(task(due_at=NOON - HOUR)), "🔴 Quá hạn từ 11:00 (1 giờ 0 phút)."),
        (sheet(), "Kế hoạch ghi: “"),
    ],
)
def test_what_is_said_of_it(one: Sheet, said: str) -> None:
    assert said in on_screen(one)


@each_language
def test_over_a_card_it_fits_whatever_people_are_called(language: str) -> None:
    voice = Voice(language, NOON)
    for outcome in task_outcomes():
        if isinstance(outcome, outcomes.TaskShown | outcomes.TaskList):
            toast = SCREENS[type(outcome)](outcome, voice).toast
            assert 0 < len(toast) <= TOAST
            assert "&lt;" not in toast


@pytest.mark.parametrize("which", ["taken", "done", "blocked"])
def test_of_long_words_what_was_done_is_still_said(which: str) -> None:
    changes = {"result": WRITTEN} if which == "done" else {"trouble": WRITTEN}
    one = sheet(task(which, **changes), holder=LONG)  # type: ignore[arg-type]
    already = tasks.shown(outcomes.TaskShown(one, (), "already"), VI)
    assert already.toast.endswith("Không có gì thay đổi.")
    for did in DID:
        shown = tasks.shown(outcomes.TaskShown(one, (), did), VI)
        assert shown.toast.split()[-1] in text(shown)


def test_what_can_be_done_by_button_number_and_word() -> None:
    shown = tasks.shown(outcomes.TaskShown(sheet(), ("take", "done", "assign")), VI)
    assert labels(shown) == ["Nhận việc", "Đã xong", "Phân công", "Việc cần làm"]
    assert "Gõ được: “nhận 12.3”, “xong 12.3”, “phân công 12.3”." in text(shown)
    assert labels(tasks.shown(outcomes.TaskShown(sheet(), ()), VI)) == []


@pytest.mark.parametrize(
    ("state", "can"),
    [
        ("offered", ("open", "skip")),
        ("held", ()),
        ("open", ("take", "done", "assign")),
        ("given", ("take", "done", "assign")),
        ("taken", ("done", "block", "pass", "assign")),
        ("blocked", ("done", "pass", "assign")),
        ("done", ("undo",)),
        ("dropped", ("undo",)),
    ],
)
def test_what_whoever_holds_every_post_may_do_with_it(state: str, can: tuple[str, ...]) -> None:
    assert may(sheet(task(state))) == can  # type: ignore[arg-type]


def test_what_a_peer_may_do_and_what_only_who_has_it() -> None:
    about = replace(worked().incident, scope=("doi",), lead_id=99)
    peer = person(8, "anh Tú", Post(Role.RESPONDER, "xa"))
    mine = replace(peer, id=MINH.id)

    def can(who: object, state: str) -> tuple[str, ...]:
        return choices(who, TaskOf(task(state), about))  # type: ignore[arg-type]

    assert can(peer, "open") == ("take", "done")
    assert can(peer, "given") == ("take",)
    assert can(peer, "taken") == ()
    assert can(mine, "given") == ("take", "done", "pass")
    assert can(mine, "taken") == ("done", "block", "pass")
    assert can(mine, "blocked") == ("resume", "done", "pass")
    assert can(mine, "done") == ("undo",)
    assert can(peer, "done") == ()
    assert can(person(9, "anh Sơn"), "open") == ()


def test_of_a_call_only_what_came_of_it_is_asked() -> None:
    about = replace(worked().incident, scope=("doi",))
    call = task("taken", kind="call", step="", person_id=4)
    caller = person(4, "anh Bình", Post(Role.DUTY, "doi"))
    assert choices(caller, TaskOf(call, about)) == ("called",)
    assert choices(person(5, "chị Hoa"), TaskOf(call, about)) == ()
    assert choices(caller, TaskOf(replace(call, state="done"), about)) == ()


@each_language
@pytest.mark.parametrize("one", sheets(), ids=lambda one: f"{one.task.state}-{one.task.kind}")
def test_the_card_in_the_group(one: Sheet, language: str) -> None:
    for again in (True, False):
        shown = card(one, Voice(language, NOON), again)
        held(shown)
        assert "0905" not in shown.text  # telephone numbers: never in a room
        offered = [b.data.do for row in shown.rows for b in row if isinstance(b.data, Work)]
        runs = ["done", "block", "pass"] if one.task.has_holder else ["take"]
        assert offered == (runs if one.task.runs else [])


def test_a_card_of_nothing_is_an_error_for_the_sender_to_see() -> None:
    with pytest.raises(LookupError):
        card(None)


def test_of_a_secret_neither_the_plans_text_nor_a_word_is_shown() -> None:
    about = secret()
    for one in (sheet(task(state), about) for state in STATES):
        known = one.step.content[:40] if one.step else ""
        assert known
        for shown in (tasks.shown(outcomes.TaskShown(one, ()), VI), card(one)):
            for word in (known, "đòi tiền", "Một cửa"):
                assert word not in text(shown)
            assert "SC012" in text(shown)


def test_the_empty_list_says_that_there_is_nothing_to_do() -> None:
    assert "không cần làm gì thêm" in text(tasks.listed(outcomes.TaskList((), (), NOON), VI))
    of_one = tasks.listed(outcomes.TaskList((), (), NOON, 12), VI)
    assert text(of_one) == "Sự cố số 12 không có việc nào đang mở."


def test_a_list_has_a_number_for_every_line_and_a_button_for_every_number() -> None:
    late = sheet(task("taken", due_at=NOON - HOUR), holder=MINH)
    shown = tasks.listed(outcomes.TaskList([late], [sheet(), sheet()], NOON), VI)
    lines = text(shown).splitlines()
    assert lines[:3] == [
        "Việc của anh/chị lúc 12:00",
        "Anh/chị đang giữ:",
        "1. 12.3 · I.1 Tiếp nhận, xác minh sự cố – anh Minh, quá hạn 1 giờ 0 phút",
    ]
    assert lines[3] == "Chưa ai nhận, anh/chị nhận được:"
    assert lines[4] == "2. 12.3 · I.1 Tiếp nhận, xác minh sự cố – chưa ai nhận, trước 13:00"
    assert labels(shown) == ["Việc 12.3"] * 3
    others = text(tasks.listed(outcomes.TaskList([], [sheet()], NOON, 12), VI))
    assert "Việc của sự cố số 12" in others
    assert "Những việc khác:" in others


def test_of_a_long_list_the_first_are_shown_and_the_rest_is_counted() -> None:
    shown = tasks.listed(outcomes.TaskList([sheet()] * 14, [sheet()] * 3, NOON), VI)
    assert len(labels(shown)) == tasks.LISTED
    assert "… và 11 việc nữa" in text(shown)
    assert "17 việc" in shown.toast


def test_where_the_plan_stands() -> None:
    def stands(*those: object) -> list[str]:
        about = worked()
        assert about.work is not None
        work = replace(about.work, tasks=those)  # type: ignore[arg-type]
        return [plain(line) for line in progress.progress_lines(replace(about, work=work), VI)]

    assert progress.progress_lines(replace(worked(), work=None), VI) == []
    assert stands(task("open"), task("done")) == [
        "Giai đoạn I: xong 1/2 bước",
        "Tiếp theo: 12.3 · I.1 Tiếp nhận, xác minh sự cố – chưa ai nhận",
    ]
    said = stands(task("blocked", trouble=EVIL), task("offered"), task("done"))
    assert said[0] == "Giai đoạn I: xong 1/2 bước"
    assert said[1] == f"🟡 Đang vướng: 12.3 · I.1 Tiếp nhận, xác minh sự cố ({EVIL})"
    assert said[2] == "Chờ quyết định: 12.3 · I.1 Tiếp nhận, xác minh sự cố"
    assert stands(task("taken", due_at=NOON))[-1].startswith("🔴 Quá hạn: 12.3")
    again = [plain(line) for line in progress.progress_lines(finished(), VI)]
    assert again[0] == "Giai đoạn I (làm lại lần 2): xong 1/1 bước"
    assert again[1].startswith("🟢 Đã xong các việc của giai đoạn này.")


@pytest.mark.parametrize("kind", TOLD)
def test_a_notice_has_one_coloured_mark_in_front(kind: str) -> None:
    for notice, about, those in letters(kind):
        shown = text(task_notices.told(notice, about, those, VI))
        marks = [sign for sign in shown if sign in MARKS]
        assert len(marks) <= 1, shown
        assert not marks or shown.startswith(marks[0])


@pytest.mark.parametrize("kind", task_notices.OFFERED)
def test_a_notice_offers_nothing_that_would_be_refused(kind: str) -> None:
    stranger = person(77, "anh Sơn")
    duty = person(78, "anh Bình", Post(Role.DUTY, "doi"))
    for notice, about, those in letters(kind):
        assert labels(task_notices.told(notice, about, those, VI, stranger)) == []
        near = replace(about, incident=replace(about.incident, scope=("doi",)))
        theirs = [replace(one, brief=near) for one in those]
        assert "Phân công" not in labels(task_notices.told(notice, near, theirs, VI, duty))


def test_whom_to_telephone_when_a_number_is_known_and_when_not() -> None:
    first, second = [
        text(task_notices.told(notice, about, those, VI))
        for notice, about, those in letters("task.not_taken")
    ]
    assert "Gọi điện thoại 0905 000 999, hoặc chuyển người khác." in first
    assert "Chưa có số điện thoại: chuyển người khác." in second
    notice, about, those = letters("task.call")[1]
    shown = text(task_notices.told(notice, about, those, VI))
    assert f"{LAN.name}: 0905 000 001" in shown
    assert f"{LONG.name}: chưa có số điện thoại" in shown
    shared = task_notices.told(notice, about, those, VI)
    assert labels(shared)[0] == f"Đã gọi điện: {LAN.name}"


def test_overdue_while_it_was_on_its_way_is_said_as_it_is_when_it_is_read() -> None:
    notice, about, those = letters("task.remind")[0]
    assert "sắp đến hạn" in text(task_notices.told(notice, about, those, VI))
    later = Voice("vi", NOON + HOUR + timedelta(minutes=1))
    assert "đã quá hạn" in text(task_notices.told(notice, about, those, later))


@pytest.mark.parametrize("kind", task_notices.STILL)
def test_what_has_changed_since_it_was_written_asks_for_nothing(kind: str) -> None:
    one = sheet(task("done", result="as_planned", done_at=NOON))
    notice = Notice(kind, to=1, incident=12, facts={"tasks": [1], "by": "anh Minh"})
    shown = task_notices.told(notice, one.brief, [one], VI)
    assert labels(shown) == []
    assert "hoàn thành lúc" in text(shown)
    assert text(shown).endswith("Anh/chị không cần làm gì thêm.")
