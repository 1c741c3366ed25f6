"""Opening a form and asking its question: what every guided dialog has in common."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.errors import NotHere
from bot.domain.form import CANCELLED, CHOOSE, REVIEW, Draft, Form
from bot.domain.notice import Notice
from bot.domain.people import Act, Verb
from bot.services.ports.dialogs import Prompt
from bot.services.ports.store import Transaction


def open_form(
    tx: Transaction,
    act: Act,
    form: Form,
    about: int = 0,
    answers: Mapping[str, str] | None = None,
    context: Mapping[str, Any] | None = None,
) -> Draft:
    """The open one, where it was left, if there is one: a person never has two of a kind.

    `answers` are known already and are not asked; in an open one they fill only what is empty.
    Begun in a group it is asked in the person's private chat; NotHere: there is none.
    """
    if not act.private and tx.chats.private_of(act.person.id) is None:
        raise NotHere(form.id)
    draft = tx.drafts.open_of(act.person.id, form, about)
    before = draft.version if draft else 0
    if draft is None:
        draft = tx.drafts.add(form, act.person.id, about, answers or {}, context or {}, act.at)
        draft = _first(draft)
        tx.record(f"draft/{draft.id}", "form.begun", form=form.id, about=about)
    else:
        if context:
            draft = replace(draft, context=context)  # systems, contacts: as they are today
        draft = _completed(_on_its_way(draft), answers or {})
        tx.record(f"draft/{draft.id}", "form.resumed", step=draft.at)
    draft = draft.resumed()
    tx.drafts.save(draft, before, act.at)
    if act.private:
        ask(tx, act, draft)
        return draft
    return _ask_aside(tx, act, draft)


def ask(tx: Transaction, act: Act, draft: Draft) -> None:
    """Typed words of this person in this chat answer this question from now on.

    What was cancelled can be had back by a word. At the end nothing is asked any more, but this
    chat stays the one that was written from last.
    """
    act.require(Verb.FILL, draft)
    stands = (draft.is_open or draft.at == CANCELLED) and not draft.parked
    prompt = Prompt("form", draft.id, draft.version) if stands else Prompt("", 0, 0)
    tx.prompts.asked(act.chat, act.person.id, prompt, act.at)


def _ask_aside(tx: Transaction, act: Act, draft: Draft) -> Draft:
    """The question goes out as a notice: whatever happens to this process, it is asked."""
    chat = tx.chats.private_of(act.person.id)
    if chat is not None:
        ask(tx, replace(act, chat=chat, private=True), draft)
        about = Notice("form", act.person.id, None, draft.about or None, facts={"draft": draft.id})
        tx.notices.add([about], act.at)
    return replace(draft, elsewhere=True)


def _on_its_way(draft: Draft) -> Draft:
    """What it stood at is asked no more, as things are today: the next question."""
    if draft.step is not None or draft.at in (REVIEW, CHOOSE):
        return draft
    return replace(_first(draft), version=draft.version + 1)


def _completed(draft: Draft, known: Mapping[str, str]) -> Draft:
    new = {step: answer for step, answer in known.items() if step in draft.unanswered}
    if not new:
        return draft
    more = replace(draft, answers={**draft.answers, **new}, editing=True)
    return replace(_first(more), version=draft.version + 1) if draft.at in new else more


def _first(draft: Draft) -> Draft:
    """The first question that has no answer yet; of a form that nobody reviews the last one stands
    until it is answered there."""
    end = REVIEW if draft.form.reviewed else next(reversed(draft.route), REVIEW)
    here = next(iter(draft.unanswered), end)
    return replace(draft, at=here, editing=bool(draft.answers) and here != REVIEW)


def renewed(draft: Draft, context: Mapping[str, Any]) -> Draft:
    """With the lists as they are now; at its review, what they offer no more is asked again."""
    fresh = replace(draft, context={**draft.context, **context})
    if fresh.at != REVIEW:
        return fresh
    for step in fresh.route.values():
        offered = [str(value) for value, _ in fresh.context.get(step.listed, ())]
        if step.listed and fresh.answers[step.id] not in offered:
            left = {name: value for name, value in fresh.answers.items() if name != step.id}
            return replace(fresh, answers=left, at=step.id, editing=True)
    return fresh
