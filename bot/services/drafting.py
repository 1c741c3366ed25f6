"""Opening a form and asking its question: what every guided dialog has in common."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.errors import NotHere
from bot.domain.form import Draft, Form
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

    NotHere in a group: dialogs are private.
    """
    if not act.private:
        raise NotHere(form.id)
    draft = tx.drafts.open_of(act.person.id, form, about)
    if draft is None:
        draft = tx.drafts.add(form, act.person.id, about, answers or {}, context or {}, act.at)
        draft = _first(draft)
        tx.record(f"draft/{draft.id}", "form.begun", form=form.id, about=about)
    elif context:
        draft = replace(draft, context=context)  # systems, contacts: as they are today
    draft = draft.resumed()
    tx.drafts.save(draft, draft.version, act.at)
    ask(tx, act, draft)
    return draft


def ask(tx: Transaction, act: Act, draft: Draft) -> None:
    """Typed words of this person in this chat answer this question from now on."""
    act.require(Verb.FILL, draft)
    if draft.is_open and not draft.parked:
        prompt = Prompt("form", draft.id, draft.version)
        tx.prompts.asked(act.chat, act.person.id, prompt, act.at)
    else:
        tx.prompts.forget(act.chat, act.person.id)


def _first(draft: Draft) -> Draft:
    """The first question that has no answer yet."""
    ahead = [step for step in draft.route if step not in draft.answers]
    return replace(draft, at=ahead[0] if ahead else "review", editing=bool(draft.answers))
