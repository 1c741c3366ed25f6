"""What each kind of step asks, what is kept of it, and what is put before those with a power."""

from dataclasses import replace

import pytest

from bot.domain import step_forms
from bot.domain.errors import Outdated
from bot.domain.form import CANCELLED, SENT, SHOWN, Draft, Form, Move, Step
from bot.domain.forms import FORMS
from bot.domain.playbook import POWERS, STEP_KINDS
from bot.domain.step_forms import (
    OF_KIND,
    POWER_FORMS,
    STEP_FORMS,
    TASK_DIRECT,
    TASK_FIRST,
    TASK_NOMINATE,
    TASK_OPTION,
    TASK_REPORT,
    TASK_REVIEW,
    TASK_VERIFY,
    TASK_VIOLATION,
    ask_for,
    asked_for,
    is_partly,
    result,
    said,
    slot,
)

PEOPLE = [["7", "anh Minh"], ["8", "chị Hoa"]]
NO_POWERS = {"convening": [], "speakers": [], "powers": [["nothing_more", ""]]}
LISTS = {
    "people": PEOPLE,
    "response_options": [["option_1", "Gỡ trang"], ["option_2", "Giữ trang"]],
    "choosers": [PEOPLE[0], ["ask_1", "Giám đốc Sở"], ["ask_2", "Ban Chỉ đạo"]],
    "convening": [["not_now", ""], ["convene", ""]],
    "speakers": [["nobody_yet", ""], *PEOPLE],
    "powers": [["nothing_more", ""], ["extend_team", ""]],
}
MOST_TAPS = 3


def draft(form: Form, **context: object) -> Draft:
    return Draft(1, form, 7, form.steps[0].id, context={**LISTS, **context})


def answered(form: Form, *answers: str, **context: object) -> Draft:
    """The draft after these answers, one to each question."""
    now = draft(form, **context)
    now = replace(now, at=now.unanswered[0])
    for answer in answers:
        now = now.moved(Move("answer", answer))
    return now


@pytest.mark.parametrize("form", STEP_FORMS, ids=lambda form: form.id)
def test_the_first_option_of_each_question_ends_it_in_three_taps(form: Form) -> None:
    now = draft(form)
    taps = 0
    while now.at != SENT:
        now = now.moved(Move("answer", now.options[0]))
        taps += 1
    assert taps <= MOST_TAPS
    assert not is_partly(now)


@pytest.mark.parametrize("form", STEP_FORMS, ids=lambda form: form.id)
def test_of_a_secret_no_words_are_asked_and_every_question_can_be_answered(form: Form) -> None:
    now = draft(form, secret=True)
    while now.at != SENT:
        assert now.options, now.at
        now = now.moved(Move("answer", now.options[-1]))
    assert now.at == SENT


@pytest.mark.parametrize("form", STEP_FORMS, ids=lambda form: form.id)
def test_no_question_offers_more_than_fits(form: Form) -> None:
    assert all(len(step.options) <= SHOWN for step in form.steps)


def test_forms_are_found_by_their_ids_and_option_names_mean_one_thing() -> None:
    assert {form.id for form in (*STEP_FORMS, *POWER_FORMS)} <= FORMS.keys()
    assert all(form.id.startswith("task_") for form in STEP_FORMS)
    assert set(OF_KIND) <= set(STEP_KINDS)
    assert set(step_forms.IN_WORDS) <= set(POWERS)


def test_what_was_chosen_from_a_list_is_kept_by_its_name() -> None:
    now = answered(TASK_VERIFY, "call_back", "8", "is_incident")
    kept = said(now)
    assert kept == {"how": "call_back", "verifier": "chị Hoa", "found": "is_incident"}
    assert result(now, kept) == "is_incident"


def test_nothing_more_is_no_answer() -> None:
    now = answered(TASK_FIRST, "approved_plan", "nothing_more")
    assert said(now) == {"by": "approved_plan"}
    assert said(answered(TASK_FIRST, "Công an tỉnh", "đã rút dây mạng")) == {
        "by": "Công an tỉnh",
        "done": "đã rút dây mạng",
    }


def test_a_direction_is_waited_for_only_where_one_is_asked() -> None:
    chosen = answered(TASK_OPTION, "option_2", "còn lấy chứng cứ", "7")
    assert chosen.at == SENT
    assert said(chosen)["option"] == "Giữ trang"
    asked = answered(TASK_OPTION, "option_1", "nothing_more", "ask_2")
    assert asked.at == "wait"
    asked = asked.moved(Move("answer", "wait_15"))
    assert said(asked) == {"option": "Gỡ trang", "chosen_by": "Ban Chỉ đạo", "wait": "wait_15"}
    assert result(asked, said(asked)) == "Gỡ trang"


def test_only_what_the_plan_gives_to_somebody_is_asked() -> None:
    base = answered(TASK_DIRECT, "nothing_more", **NO_POWERS)
    assert base.at == SENT
    assert result(base, said(base)) == "as_planned"
    whole = answered(TASK_DIRECT, "convene", "8", "extend_team", "thêm một người của Sở")
    assert whole.at == SENT
    assert said(whole) == {
        "convene": "convene",
        "spokesperson": "chị Hoa",
        "further": "extend_team",
        "detail": "thêm một người của Sở",
    }


@pytest.mark.parametrize("form", [TASK_REPORT, TASK_REVIEW])
def test_a_report_is_done_once_all_are_told(form: Form) -> None:
    some = answered(form, "some_not_yet", "Cơ quan điều phối quốc gia")
    assert some.at == SENT
    assert is_partly(some)
    assert said(some) == {"told": "some_not_yet", "untold": "Cơ quan điều phối quốc gia"}
    everybody = answered(form, "all_told", "12/BC-UBND")
    assert everybody.at == SENT
    assert not is_partly(everybody)


def test_what_could_not_be_verified_is_not_done() -> None:
    assert is_partly(answered(TASK_VERIFY, "on_site", "7", "not_verified"))
    assert not is_partly(answered(TASK_VERIFY, "on_site", "7", "false_alarm"))


def test_a_violation_has_two_branches_and_may_be_unknown() -> None:
    own = answered(TASK_VIOLATION, "own_fault", "đã họp kiểm điểm")
    assert said(own) == {"branch": "own_fault", "note": "đã họp kiểm điểm"}
    outside = answered(TASK_VIOLATION, "outside_attacker", "all_told", "nothing_more")
    assert outside.at == SENT
    assert result(outside, said(outside)) == "outside_attacker"


def test_words_behind_the_code_answer_one_question_each() -> None:
    assert all(slot(form) is not None for form in STEP_FORMS if form is not TASK_NOMINATE)
    assert slot(TASK_NOMINATE) is None
    found = slot(TASK_VERIFY)
    assert found is not None
    assert found.id == "how"


@pytest.mark.parametrize(
    ("ask", "read"),
    [
        ("convene_team", ("convene_team", 0, "")),
        ("assign_spokesperson/15/anh Minh", ("assign_spokesperson", 15, "anh Minh")),
        ("assign_spokesperson/anh Minh", None),
        ("đề nghị Đội của tỉnh hỗ trợ", None),
        ("", None),
    ],
)
def test_what_is_asked_of_whose_power_it_is_can_be_read_again(
    ask: str, read: tuple[str, int, str] | None
) -> None:
    assert asked_for(ask) == read
    if read:
        assert ask_for(*read) == ask  # type: ignore[arg-type]


def test_a_form_that_nobody_reviews_is_not_had_back_once_it_asks_nothing() -> None:
    form = Form("words_alone", (Step("words", kind="words"),), reviewed=False)
    quiet = Draft(1, form, 1, "words").hushed()
    assert quiet.at == CANCELLED
    with pytest.raises(Outdated):
        quiet.moved(Move("restore"))
