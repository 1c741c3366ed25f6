"""The forms themselves: ids that fit a button, conditions that can be met, the ten questions."""

import re

import pytest

from bot.domain.form import SHOWN, Form
from bot.domain.forms import CRITERIA, FORMS, REPORT, SUPPLEMENT, VERIFY
from bot.services.dialogs import FINISH, REFRESH

ID = re.compile(r"[a-z0-9_]{1,24}")
each_form = pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))


@each_form
def test_ids_fit_a_button(form: Form) -> None:
    ids = [form.id, *(step.id for step in form.steps)]
    ids += [option for step in form.steps for option in step.options]
    assert [name for name in ids if not ID.fullmatch(name)] == []
    steps = [step.id for step in form.steps]
    assert len(steps) == len(set(steps))


@each_form
def test_every_question_can_be_answered(form: Form) -> None:
    for step in form.steps:
        assert step.options or step.listed or step.kind in ("words", "moment"), step.id
        assert not (step.options and step.listed), step.id
        assert len(step.options) <= SHOWN, step.id
        assert len(set(step.options)) == len(step.options), step.id


@each_form
def test_a_condition_names_an_earlier_question(form: Form) -> None:
    before: set[str] = set()
    for step in form.steps:
        assert step.only_if is None or step.only_if[0] in before, step.id
        before.add(step.id)


@each_form
def test_what_names_a_step_names_one_of_its_own(form: Form) -> None:
    options = {step.id: step.options for step in form.steps}
    assert not form.early_from or form.early_from in options
    assert form.secret_if is None or form.secret_if[1] in options[form.secret_if[0]]


def test_the_report_asks_ten_questions_and_the_words_come_second() -> None:
    steps = [step.id for step in REPORT.steps]
    assert steps == ["system", "told", "since", *CRITERIA, "state"]
    assert REPORT.early_from == "told"


@pytest.mark.parametrize("form", [REPORT, SUPPLEMENT, VERIFY], ids=lambda form: str(form.id))
def test_a_form_that_asks_the_criteria_stops_at_a_secret(form: Form) -> None:
    assert form.secret_if == ("c2", "yes")
    asked = [step for step in form.steps if step.id in CRITERIA]
    assert [step.options for step in asked] == [("yes", "no", "unknown")] * len(CRITERIA)


def test_every_form_does_something_when_it_ends() -> None:
    assert FINISH.keys() == FORMS.keys()
    assert REFRESH.keys() <= FORMS.keys()
