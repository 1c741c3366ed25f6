"""The form engine: whatever is pressed in whatever order, no answer is lost but for a secret's."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import InvalidAnswer, NotAPhone, Outdated, TooLong
from bot.domain.form import CANCELLED, CHOOSE, REVIEW, SENT, SHOWN, Do, Draft, Form, Move, Step
from bot.domain.forms import FORMS, JOIN, OFFER, OPINION, REPORT

FORM = Form(
    "test",
    (
        Step("kind", options=("outage", "leak")),
        Step("many", options=("few", "lots"), only_if=("kind", ("leak",))),
        Step("told", kind="words", max_length=20),
        Step("since", kind="moment"),
        Step("hidden", options=("yes", "no")),
        Step("ask", options=("help", "advice"), free=True, max_length=20),
    ),
    early_from="told",
    secret_if=("hidden", "yes"),
)
NOON = "2026-11-21T05:00:00+00:00"
ANSWERS = {"kind": "outage", "told": "may hong", "since": NOON, "hidden": "no", "ask": "help"}
CONTEXT = {
    "systems": [[f"system_{n}", f"Máy {n}"] for n in range(13)],
    "to_whom": [["next", ""], ["leader", ""], ["steering", ""]],
    "units": [["u1", "Một"], ["u2", "Hai"]],
    "roles": [["duty", ""], ["official", ""]],
    "people": [["lan", "Lan"], ["anybody", ""]],
    "candidates": [["7", "Lan"], ["0", ""]],
}
ANY_MOVE = st.builds(
    Move,
    st.sampled_from(get_args(Do)),
    st.sampled_from(["", "yes", "no", "unknown", "words of mine", NOON, "c2", "told", "kind"]),
)


def begun(form: Form = FORM, **changes: object) -> Draft:
    draft = Draft(1, form, author_id=7, at=form.steps[0].id, context=CONTEXT)
    first = next(iter(draft.route), REVIEW)  # a list may have nothing to choose from
    return replace(draft, **{"at": first, **changes})


def reviewed(**answers: str) -> Draft:
    return begun(at=REVIEW, answers={**ANSWERS, **answers}, version=9)


def after(draft: Draft, *answers: str) -> Draft:
    for answer in answers:
        draft = draft.moved(Move("answer", answer))
    return draft


def fit(draft: Draft) -> st.SearchStrategy[Move]:
    """Any move, and more often than by chance one that answers the question."""
    answers = [Move("answer", option) for option in draft.options]
    answers += [Move("answer", "words of mine"), Move("answer", NOON)]
    return st.one_of(st.sampled_from(answers), ANY_MOVE)


@given(st.data())
def test_no_move_loses_an_answer_save_for_secrecy(data: st.DataObject) -> None:
    draft = begun(data.draw(st.sampled_from([FORM, *FORMS.values()])))
    for _ in range(data.draw(st.integers(1, 40))):
        move = data.draw(fit(draft))
        try:
            moved = draft.moved(move)
        except (InvalidAnswer, Outdated):
            continue
        lost = {step for step in draft.answers if step not in moved.answers}
        words = {step.id for step in draft.form.steps if step.takes_words}
        assert lost <= words
        assert not lost or moved.secret
        changed = {
            step for step, answer in moved.answers.items() if draft.answers.get(step) != answer
        }
        assert changed <= {draft.at}
        assert moved.version == draft.version + 1
        draft = moved


@given(st.data())
def test_every_place_can_be_shown_and_the_review_lacks_nothing(data: st.DataObject) -> None:
    draft = begun(data.draw(st.sampled_from([FORM, *FORMS.values()])))
    for _ in range(data.draw(st.integers(1, 40))):
        try:
            draft = draft.moved(data.draw(fit(draft)))
        except (InvalidAnswer, Outdated):
            continue
        assert draft.at in (*draft.route, REVIEW, CHOOSE, SENT, CANCELLED)
        if draft.at == REVIEW:
            assert not draft.unanswered
        if draft.secret:
            assert not any(step.kind == "words" for step in draft.route.values())
            assert not any(
                draft.answers.get(step.id, "") not in ("", *step.options)
                for step in draft.form.steps
                if step.takes_words
            )


@given(st.data())
def test_what_becomes_secret_in_the_middle_goes_on_without_words(data: st.DataObject) -> None:
    draft = begun(data.draw(st.sampled_from([FORM, *FORMS.values()])))
    for _ in range(data.draw(st.integers(0, 20))):
        try:
            draft = draft.moved(data.draw(fit(draft)))
        except (InvalidAnswer, Outdated):
            continue
    hushed = draft.hushed()
    words = {step.id for step in draft.form.steps if step.kind == "words"}
    assert hushed.secret
    assert not words & hushed.answers.keys()
    assert hushed.version > draft.version
    assert hushed.at in (*hushed.route, REVIEW, CHOOSE, SENT, CANCELLED)
    assert hushed.is_open or not draft.is_open or draft.form is OPINION
    assert hushed.parked == draft.parked


def test_the_questions_come_in_order_then_the_review() -> None:
    draft, seen = begun(), []
    for answer in ("leak", "few", "may hong", NOON, "no", "help"):
        seen.append(draft.at)
        draft = after(draft, answer)
    assert seen == ["kind", "many", "told", "since", "hidden", "ask"]
    assert draft.at == REVIEW
    assert draft.step is None
    sent = draft.moved(Move("send"))
    assert (sent.at, sent.is_open) == (SENT, False)


def test_what_was_done_is_there_to_be_echoed() -> None:
    assert after(begun(), "outage").said == Move("answer", "kind")
    assert after(begun(), "outage").moved(Move("back")).said is None
    assert begun().moved(Move("later")).said == Move("later")


def test_back_keeps_what_was_answered() -> None:
    draft = after(begun(), "outage", "may hong").moved(Move("back")).moved(Move("back"))
    assert draft.at == "kind"
    assert draft.answers == {"kind": "outage", "told": "may hong"}
    assert draft.moved(Move("back")).at == "kind"
    assert after(draft, "outage").at == "told"


def test_back_from_the_review_is_the_last_question() -> None:
    assert reviewed().moved(Move("back")).at == "ask"


def test_editing_asks_only_what_it_opened_then_the_review() -> None:
    draft = reviewed().moved(Move("edit", "kind"))
    assert draft.at == "kind"
    assert after(draft, "outage").at == REVIEW
    opened = after(draft, "leak")
    assert opened.at == "many"
    assert after(opened, "few").at == REVIEW
    assert not after(opened, "few").editing


def test_back_from_an_edit_is_the_review_or_the_question_that_it_opened() -> None:
    draft = reviewed().moved(Move("edit", "kind"))
    assert draft.moved(Move("back")).at == REVIEW
    assert draft.moved(Move("back")).moved(Move("back")).at == "ask"
    assert after(draft, "leak").moved(Move("back")).at == "kind"


def test_an_edit_that_opens_an_earlier_question_asks_it() -> None:
    draft = reviewed(hidden="yes").moved(Move("edit", "hidden"))
    kept = {name: answer for name, answer in draft.answers.items() if name != "told"}
    again = after(replace(draft, answers=kept), "no")
    assert again.at == "told"
    assert after(again, "may hong").at == REVIEW


def test_an_earlier_question_is_asked_at_the_end_without_an_edit_too() -> None:
    draft = after(begun(), "outage", "may hong", NOON, "yes")
    assert "told" not in draft.answers
    draft = after(draft.moved(Move("back")), "no", "help")
    assert draft.at == "told"
    assert after(draft, "may hong").at == REVIEW


def test_a_form_begun_with_the_sentence_goes_back_to_its_questions() -> None:
    draft = after(begun(answers={"told": "may hong"}, editing=True), "outage")
    assert draft.at == "since"
    assert draft.moved(Move("back")).at == "told"


def test_choosing_what_to_edit() -> None:
    choosing = reviewed().moved(Move("edit"))
    assert choosing.at == CHOOSE
    assert choosing.options == choosing.shown == ("kind", "told", "since", "hidden", "ask")
    assert not choosing.has_more
    assert choosing.moved(Move("answer", "since")).at == "since"
    assert choosing.moved(Move("back")).at == REVIEW
    with pytest.raises(InvalidAnswer):
        choosing.moved(Move("answer", "many"))


def test_choosing_in_the_middle_goes_back_to_what_is_not_answered() -> None:
    assert after(begun(), "outage").moved(Move("edit")).moved(Move("back")).at == "told"
    assert after(begun(), "outage").moved(Move("edit", "ask")).at == "ask"


@pytest.mark.parametrize("form", [OFFER, JOIN, OPINION])
def test_what_is_not_reviewed_is_sent_by_its_last_answer(form: Form) -> None:
    draft = begun(form)
    with pytest.raises(InvalidAnswer):
        draft.moved(Move("edit"))
    answer = draft.options[0] if draft.options else "an opinion"
    assert after(draft, answer).at == SENT


@pytest.mark.parametrize("do", get_args(Do))
@pytest.mark.parametrize("end", [SENT, CANCELLED])
def test_what_is_sent_or_cancelled_refuses(end: str, do: Do) -> None:
    ended = begun(at=end, answers=ANSWERS, version=4)
    if (end, do) == (CANCELLED, "restore"):
        assert ended.moved(Move(do)).at == REVIEW
        return
    with pytest.raises(Outdated):
        ended.moved(Move(do, "outage"))


def test_what_was_cancelled_can_be_brought_back() -> None:
    draft = after(begun(), "outage").moved(Move("cancel"))
    assert not draft.is_open
    assert draft.moved(Move("restore")).at == "told"
    cancelled_edit = reviewed().moved(Move("edit", "kind")).moved(Move("cancel"))
    assert cancelled_edit.moved(Move("restore")).moved(Move("back")).at == "ask"
    with pytest.raises(Outdated):
        begun().moved(Move("restore"))


def test_putting_aside() -> None:
    parked = after(begun(), "outage").moved(Move("later"))
    assert (parked.parked, parked.at, parked.is_open) == (True, "told", True)
    resumed = parked.resumed()
    assert (resumed.parked, resumed.version) == (False, parked.version)
    assert not after(parked, "may hong").parked  # an old button that is still right


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        ("kind", "flood"),
        ("kind", ""),
        ("many", "outage"),
        ("told", "   "),
        ("since", "hôm qua"),
        ("since", "2026-11-21T05:00:00"),  # no zone
        ("ask", " "),
        (REVIEW, "outage"),
    ],
)
def test_what_is_no_answer(at: str, answer: str) -> None:
    draft = begun(at=at, answers={"kind": "leak"})
    with pytest.raises(InvalidAnswer):
        draft.moved(Move("answer", answer))


@pytest.mark.parametrize("at", ["told", "ask"])
def test_too_long_says_how_long(at: str) -> None:
    with pytest.raises(TooLong) as refused:
        begun(at=at).moved(Move("answer", "x" * 21))
    assert refused.value.facts == {"limit": 20, "length": 21}
    assert begun(at=at).moved(Move("answer", f" {'x' * 20} ")).answers[at] == "x" * 20


def test_a_secret_draft_holds_no_words_and_asks_none() -> None:
    draft = after(begun(), "outage", "may hong", NOON, "yes")
    assert draft.secret
    assert draft.answers == {"kind": "outage", "since": NOON, "hidden": "yes"}
    assert draft.at == "ask"
    with pytest.raises(InvalidAnswer):
        after(draft, "words of mine")
    done = after(draft, "help")
    assert list(done.route) == ["kind", "since", "hidden", "ask"]
    with pytest.raises(InvalidAnswer):
        done.moved(Move("edit", "told"))
    assert after(done.moved(Move("edit", "since")), NOON).at == REVIEW  # a time is no words


def test_of_a_secret_incident_no_form_asks_words() -> None:
    assert "told" not in begun(context={"secret": True}).route
    assert begun(JOIN).secret is False


def test_a_marking_says_yes_to_the_secret_and_keeps_nothing() -> None:
    stopped = after(begun(), "outage").marked()
    assert stopped.answers == {"kind": "outage", "hidden": "yes"}
    assert (stopped.at, stopped.said) == ("since", Move("answer", "secret"))
    later = begun(at="told", answers={"kind": "outage", "told": "cu", "since": NOON}, version=3)
    assert later.marked().at == "ask"  # what is answered is not asked again
    assert "told" not in later.marked().answers
    with pytest.raises(InvalidAnswer):
        begun(OPINION).marked()


@pytest.mark.parametrize("at", ["kind", "since", REVIEW, CHOOSE])
def test_a_marking_where_no_words_are_asked_leaves_the_question_standing(at: str) -> None:
    stopped = begun(at=at, answers=ANSWERS, version=3).marked()
    assert (stopped.at, stopped.said) == (at, Move("answer", "secret"))
    assert stopped.version == 4
    assert stopped.secret
    assert "told" not in stopped.answers


def test_the_answer_that_made_it_secret_is_not_asked_again_but_can_be_changed() -> None:
    draft = after(after(begun(), "outage").marked(), NOON)
    assert draft.at == "ask"
    back = draft.moved(Move("back"))
    assert back.at == "hidden"
    assert after(back, "no", "help").at == "told"


def test_hushed_where_it_stands() -> None:
    words = begun(at="told", answers={"kind": "outage"}, parked=True).hushed()
    assert (words.at, words.editing, words.parked) == ("since", True, True)
    assert begun(OPINION).hushed().at == CANCELLED
    assert reviewed().hushed().at == REVIEW
    assert reviewed(ask="words of mine").hushed().at == "ask"
    offer = begun(OFFER, at=SENT, context={"told": "may hong"}).hushed()
    assert (offer.at, offer.context) == (SENT, {"secret": True})


def test_many_options_are_paged_and_each_is_shown_once() -> None:
    draft, seen = begun(REPORT), []
    for shown in (5, 5, 3):
        assert len(draft.shown) == shown < SHOWN
        assert draft.has_more
        seen += draft.shown
        draft = draft.moved(Move("more"))
    assert tuple(seen) == draft.options
    assert draft.offset == 0
    chosen = draft.moved(Move("more")).moved(Move("answer", "system_12"))
    assert (chosen.at, chosen.offset) == ("told", 0)


def test_six_options_fit() -> None:
    draft = begun(REPORT, context={"systems": CONTEXT["systems"][:6]})
    assert len(draft.shown) == SHOWN
    assert not draft.has_more
    assert draft.moved(Move("more")).shown == draft.shown
    assert begun(REPORT, context={}).options == ()
    assert reviewed().shown == ()


def test_early_from_its_step_on() -> None:
    draft = begun()
    assert not draft.may_send_early
    with pytest.raises(InvalidAnswer):
        draft.moved(Move("early"))
    for answer in ("outage", "may hong", NOON, "no", "help"):
        draft = after(draft, answer)
        if draft.step:
            assert draft.may_send_early
            assert draft.moved(Move("early")).at == SENT
            with pytest.raises(InvalidAnswer):
                draft.moved(Move("send"))
    assert not draft.may_send_early
    assert draft.moved(Move("early")).at == SENT  # from the review it is simply sent
    assert not begun(replace(FORM, early_from=""), at="told").may_send_early
    assert begun(at="since", context={"secret": True}).may_send_early


PHONE = replace(FORM.steps[2], is_phone=True, options=("no_number",), max_length=40)


@pytest.mark.parametrize(
    "typed", ["0905 000 111", "0905.000.111", "+84 905-000-111", "113", "(0262) 3812 345 máy lẻ 12"]
)
def test_a_telephone_number_is_kept_as_it_is_written(typed: str) -> None:
    assert PHONE.clean(f" {typed} ", PHONE.options) == typed
    assert PHONE.clean("no_number", PHONE.options) == "no_number"


@pytest.mark.parametrize(
    "typed", ["gọi sau", "0905 000 11x", "12", "không", "0905 000 111 chị Hoa"]
)
def test_what_is_no_telephone_number(typed: str) -> None:
    with pytest.raises(NotAPhone):
        PHONE.clean(typed, PHONE.options)


def test_somebodys_words_stand_in_it_or_not() -> None:
    draft = Draft(1, FORM, 1, "told", answers={"kind": "outage"})
    assert not draft.holds_words
    assert draft.moved(Move("answer", "may hong")).holds_words
