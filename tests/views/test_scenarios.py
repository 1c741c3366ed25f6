"""The tình huống and its playbook on the screen: short, in the plan's words; a secret has none."""

from dataclasses import replace

import pytest

from bot.domain.form import Draft
from bot.domain.forms import VERIFY
from bot.domain.notice import Notice
from bot.domain.people import Act, Identity
from bot.domain.scenario_forms import SCENARIO, lists
from bot.services import outcomes
from bot.services.desk import Done
from bot.services.outcomes import Taken
from bot.services.scenario_outcomes import Confirmed, PlaybookPage
from bot.views import cards, form, paging, scenarios, tasks
from bot.views.outcomes import screen
from bot.views.playbooks import page as playbook_page
from bot.views.screen import plain
from bot.views.typed import typed
from bot.views.voice import Voice
from bot.views.words import LANGUAGES
from tests.views.scenario_values import (
    asked_for,
    confirmed,
    every_page,
    guesses,
    of_scenarios,
    playbooks,
    situation,
)
from tests.views.task_values import worked
from tests.views.test_screens import held
from tests.views.values import EVIL, MINH, NOON, brief, page, person

VI, EN = Voice("vi", NOON), Voice("en", NOON)
ACT = Act(Identity("telegram", "1", "2"), NOON, "telegram:1:2")
MOST = 6  # lines of a message (words.md, rule 2)
SAID = "Mở máy thấy chữ đòi tiền"
each_language = pytest.mark.parametrize("language", LANGUAGES)
RANSOM = playbooks()["ma_hoa"]


def text(outcome: object, language: str = "vi") -> str:
    return plain(screen(Done(outcome, replace(person(1), language=language)), ACT).text)


def lines_of(said: str) -> list[str]:
    return said.split("\n")


@each_language
def test_every_screen_keeps_within_six_lines(language: str) -> None:
    for outcome in of_scenarios():
        shown = screen(Done(outcome, replace(person(1), language=language)), ACT)
        held(shown)
        if isinstance(outcome, Confirmed | PlaybookPage | Taken):
            assert len(lines_of(plain(shown.text))) <= MOST, shown.text


def test_who_takes_it_sees_what_it_may_be_and_the_words_that_say_so() -> None:
    taken = Taken(brief(lead=MINH), page(), MINH, NOON, True, True, likely=guesses())
    shown = paging.taken(taken, VI)
    said = plain(shown.text)
    assert f"Có thể là: {RANSOM.name} {EVIL} (vì “doi tien {EVIL}”, “mo khong duoc”); " in said
    assert "chu tieng anh" not in said  # two words are enough in one line
    assert "Tình huống" in [button.label for row in shown.rows for button in row]
    english = plain(paging.taken(taken, EN).text)
    assert "It could be: Ransomware (because of" in english
    assert RANSOM.name not in english


def test_of_a_secret_nothing_is_offered() -> None:
    hidden = brief(lead=MINH, is_secret=True, told="")
    shown = paging.taken(Taken(hidden, page(), MINH, NOON, True, True), VI)
    assert "Tình huống" not in [button.label for row in shown.rows for button in row]
    assert "Có thể là" not in shown.text


def test_the_plans_own_wording_is_marked_where_it_is_another_plans() -> None:
    own, base = confirmed(situation()), confirmed(situation("thien_tai", inherited=True))
    assert "theo gói nền" not in plain(cards.incident(own, NOON, False, VI).text)
    said = plain(cards.incident(base, NOON, False, VI).text)
    assert "(tên theo gói nền, Kế hoạch Krông Pắc 2023 không nêu)" in said


def test_a_task_says_whose_it_is_and_why_it_stands_there() -> None:
    said = text(outcomes.TaskShown(asked_for("ho_so_giay"), ()))
    assert f"Người làm: cán bộ UBND xã {EVIL}" in said
    job = RANSOM.job("ho_so_giay")
    assert job is not None
    assert f"Vì: {job.why.rstrip('.')}, {job.condition} (kịch bản: {RANSOM.name}" in said


def test_a_task_whose_playbook_has_it_no_more_keeps_the_name_that_it_was_given() -> None:
    gone = replace(asked_for(), job=None, situation=None)
    assert tasks.name(gone, VI) == f"Rút mạng {EVIL}"
    wordless = replace(gone, task=replace(gone.task, name=""))
    assert tasks.name(wordless, VI) == "Việc của kịch bản"


def test_the_card_counts_the_tasks_of_the_playbook_apart_from_the_plans_steps() -> None:
    about = worked()
    assert about.work is not None
    done, open_ = asked_for(state="done"), asked_for("theo_doi")
    beside = [one.task for one in (done, open_)]
    more = replace(about.work, tasks=[*about.work.tasks, *beside])
    before = plain(cards.incident(about, NOON, False, VI).text)
    after = plain(cards.incident(replace(about, work=more), NOON, False, VI).text)
    assert "Việc của kịch bản" not in before
    assert "Việc của kịch bản: xong 1/2" in after
    steps = next(line for line in lines_of(before) if "bước" in line)
    assert steps in after


def asks(criterion: str, **context: object) -> str:
    known = {"number": 12, **context}
    return plain(form.question(Draft(1, VERIFY, 2, criterion, 12, {}, known, version=1), VI).text)


def test_a_criterions_question_shows_what_the_words_and_the_scenario_suggest() -> None:
    found = {"suggested": {"c1": ["yes", ["không vào được"]]}, "usual": {"c1": "no", "c4": "no"}}
    assert "Gợi ý: Có, vì “không vào được”. Anh/chị xác nhận." in asks("c1", **found)
    assert "Thường là Không ở tình huống này." in asks("c4", **found)
    assert "Gợi ý" not in asks("c5", **found)
    assert "Thường là" not in asks("c5", **found)
    assert "Gợi ý" not in asks("c1", **found, secret=True)
    assert len(lines_of(asks("c3", suggested={"c3": ["yes", [SAID]]}))) <= MOST


def test_the_form_shows_each_guess_with_its_words() -> None:
    likely = [("ma_hoa", "Mã hóa"), ("pha_hoai", "Phá hoại"), ("gia_mao", "Giả mạo")]
    context = {
        "number": 12,
        "now_name": "Mã độc",
        "because": {"ma_hoa": ["doi tien"], "pha_hoai": ["xoa het"], "gia_mao": ["lua"]},
        **lists(likely, {}),
    }
    asked = form.question(Draft(1, SCENARIO, 2, "likely", 12, {}, context), VI)
    said = plain(asked.text)
    assert "• Mã hóa: vì “doi tien”\n• Phá hoại: vì “xoa het”" in said
    assert "Đang ghi: Mã độc." in said
    assert len(lines_of(said)) <= MOST
    nothing = {**context, "because": {}, "now_name": "", **lists([], {})}
    unsaid = form.question(Draft(1, SCENARIO, 2, "likely", 12, {}, nothing), VI)
    assert "Lời người báo chưa chỉ rõ tình huống nào." in plain(unsaid.text)


@pytest.mark.parametrize("id_", playbooks())
@each_language
def test_the_reporter_gets_six_lines_whatever_the_scenario(id_: str, language: str) -> None:
    book = playbooks()[id_]
    told = Notice("scenario.first", 1, None, 12, facts={"by": "anh Bình"})
    shown = scenarios.first(told, confirmed(situation(id_)), Voice(language, NOON))
    held(shown)
    said = plain(shown.text)
    assert len(lines_of(said)) <= MOST
    assert MINH.name in lines_of(said)[0] or "đồng chí" in lines_of(said)[0]  # who leads it
    assert all(line in said for line in (*book.first[:4], *book.never[:2]))
    assert len(shown.rows) == 1


def test_taken_back_or_a_secret_meanwhile_the_reporter_hears_no_playbook() -> None:
    told = Notice("scenario.first", 1, None, 12, facts={"by": "anh Bình"})
    said = plain(scenarios.first(told, brief(), VI).text)
    assert "anh Bình đang xử lý" in said
    assert RANSOM.first[0] not in said


def test_on_zalo_each_way_from_a_page_has_a_number() -> None:
    zalo = replace(VI, taps=False)
    for outcome in every_page("ma_hoa"):
        shown = typed(playbook_page(outcome, zalo), zalo)
        for place in range(1, len(outcome.ways) + 1):
            assert f"\n{place} " in shown.text
