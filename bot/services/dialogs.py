"""Use cases of every guided dialog: pressed, typed, resumed; and what finishing each one does."""

from collections.abc import Callable, Mapping

from bot.domain.errors import NothingAsked, Outdated, SecretMarking
from bot.domain.form import REVIEW, SENT, Draft, Move
from bot.domain.people import Act, Verb
from bot.domain.secrecy import marked
from bot.domain.step_forms import STEP_FORMS
from bot.services import (
    absences,
    channels,
    clocks,
    consulting,
    contacts,
    covers,
    directing,
    handovers,
    incidents,
    joining,
    on_behalf,
    phases,
    powers,
    quiet,
    rehearsing,
    reports,
    rounds,
    scenarios,
    supporting,
    swaps,
    tasks,
)
from bot.services.drafting import ask
from bot.services.outcomes import Outcome
from bot.services.ports.store import Transaction
from bot.services.secrecy import forget_draft_files, forget_draft_words

FINISH: Mapping[str, Callable[[Transaction, Act, Draft], Outcome]] = {
    "report": reports.send,
    "on_behalf": on_behalf.send,
    "supplement": reports.supplement,
    "verify": reports.verify,
    "offer": reports.offered,
    "scenario": scenarios.confirm,
    "personal": clocks.personal,
    "sent_report": clocks.sent,
    "escalate": consulting.escalate,
    "opinion": consulting.opine,
    "direction": directing.write_down,
    "task_done": tasks.done,
    "task_check": tasks.checked,
    **dict.fromkeys((form.id for form in STEP_FORMS), tasks.answered),
    "convene": powers.convene,
    "request": powers.request,
    "task_blocked": tasks.blocked,
    "task_pass": tasks.handed,
    "task_assign": tasks.handed,
    "task_called": tasks.called,
    "advance": phases.advance,
    "close": incidents.close,
    "reopen": incidents.reopen,
    "join": joining.joined,
    "invite": joining.invited,
    "bind": joining.bound,
    "contact_check": contacts.checked,
    "support": supporting.asked,
    "support_answer": supporting.answered,
    "test_round": rounds.started,
    "rehearsal": rehearsing.asked,
    "quiet_hours": quiet.chosen,
    "swap": swaps.send,
    "cover": covers.give,
    "absence": absences.send,
    "handover": handovers.hand_shift,
    "handover_lead": handovers.hand_lead,
}
# What a screen needs is looked up just before it is shown: who would be told, who could be meant.
REFRESH: Mapping[str, Callable[[Transaction, Act, Draft], Draft]] = {
    "report": reports.preview,
    "on_behalf": on_behalf.look_again,
    "invite": joining.invite_choices,
    "direction": directing.choices,
    "contact_check": contacts.chosen,
    "support": supporting.prepare,
    "support_answer": supporting.whose,
    "swap": swaps.choices,
    "cover": covers.choices,
    "absence": absences.choices,
}
# The questions before which it is: their lists come from what was answered before.
LISTS_ANEW = (
    *("person", "direction", "system", "since", "reached"),
    *("help", "how", "answer"),
    *("partner", "in_return", "cover_by", "stand_in", "paper"),
)


def press(tx: Transaction, act: Act, draft_id: int, version: int, move: Move) -> Outcome:
    """A button of a form. Outdated: the form has moved on since it was drawn."""
    draft = tx.drafts.get(draft_id)
    act.require(Verb.FILL, draft)
    if draft.version != version:
        raise Outdated(draft.id, chain=f"draft/{draft.id}")
    return moved(tx, act, draft, move)


def moved(tx: Transaction, act: Act, draft: Draft, move: Move) -> Outcome:
    """One move, by tap or by words; the form's last one does what the form is for."""
    act.require(Verb.FILL, draft)
    if draft.step and draft.step.takes_words and move.do == "answer" and marked(move.value):
        return _stopped(tx, act, draft)
    if move.do == "restore":
        _only_one(tx, draft)
    after = draft.moved(move)
    if draft.holds_words and after.secret:
        forget_draft_words(tx, draft.id)
    if after.secret:
        forget_draft_files(tx, draft.id)
    return _keep(tx, act, draft, after, move)


def begin_marked(tx: Transaction, act: Act) -> Outcome:
    """The first sentence carries a marking: nothing of it is kept, the report begins with C2."""
    return _stopped(tx, act, reports.begin(tx, act))


def present(tx: Transaction, act: Act, chain: str = "", repeated: bool = False) -> Outcome:
    """What is true now, for who pressed something old, or whose update came twice.

    `chain`: what it had written to. `repeated`: nobody has asked for it now, so the question that
    stands in this chat is shown and stays the one that is answered.
    """
    channels.saw(tx, act)
    standing = _open(tx, act) if repeated else None
    what, _, number = (f"draft/{standing.id}" if standing else chain).partition("/")
    if what == "task":
        return tasks.see(tx, act, int(number))
    if what == "incident":
        incident = tx.incidents.get(int(number))
        act.require(Verb.SEE, incident)
        return incidents.see(tx, act, incident.id)
    draft = tx.drafts.get(int(number)) if what == "draft" else _open(tx, act)
    if draft is None:
        return joining.menu(tx, act)
    act.require(Verb.FILL, draft)
    if draft.at == SENT:
        return _finished(tx, act, draft)
    if draft.is_open and act.private:
        ask(tx, act, draft)
    tx.record(f"draft/{draft.id}", "form.shown", step=draft.at)
    return draft


def resume(tx: Transaction, act: Act) -> Outcome:
    """What was put aside goes on at the question where it stopped."""
    draft = tx.drafts.newest_open(act.person.id)
    if draft is None:
        raise NothingAsked(act.chat)
    act.require(Verb.FILL, draft)
    resumed = draft.resumed()
    tx.drafts.save(resumed, draft.version, act.at)
    ask(tx, act, resumed)
    tx.record(f"draft/{draft.id}", "form.resumed", step=draft.at)
    return resumed


def _only_one(tx: Transaction, draft: Draft) -> None:
    """Outdated: another of the kind was begun since this one was cancelled."""
    other = tx.drafts.open_of(draft.author_id, draft.form, draft.about)
    if other is not None:
        raise Outdated(draft.id, chain=f"draft/{other.id}")


def _stopped(tx: Transaction, act: Act, draft: Draft) -> Outcome:
    """The words carry a marking: nothing of them is kept; a report goes on with C2 "có"."""
    if draft.form.secret_if is None:
        raise SecretMarking(draft.form.id)
    after = draft.marked()
    if draft.holds_words:
        forget_draft_words(tx, draft.id)
    forget_draft_files(tx, draft.id)
    return _keep(tx, act, draft, after, Move("answer", "secret"))


def _keep(tx: Transaction, act: Act, before: Draft, after: Draft, move: Move) -> Outcome:
    refresh = REFRESH.get(after.form.id)
    if refresh and (after.at == REVIEW or after.step is not None) and _shows_more(after):
        after = refresh(tx, act, after)
    tx.drafts.save(after, before.version, act.at)
    facts = {"step": before.at, "value": "" if after.secret else move.value}
    tx.record(f"draft/{after.id}", f"form.{move.do}", **facts)
    ask(tx, act, after)
    return FINISH[after.form.id](tx, act, after) if after.at == SENT else after


def _shows_more(draft: Draft) -> bool:
    return draft.at in (REVIEW, *LISTS_ANEW)


def _open(tx: Transaction, act: Act) -> Draft | None:
    prompt = tx.prompts.last(act.chat, act.person.id)
    if prompt is None or prompt.kind != "form":
        return None
    draft = tx.drafts.get(prompt.subject)
    return draft if draft.is_open else None


def _finished(tx: Transaction, act: Act, draft: Draft) -> Outcome:
    """The screen that a finished form led to, again."""
    tx.record(f"draft/{draft.id}", "form.shown", step=draft.at)
    if draft.form.id in ("report", "on_behalf"):
        return reports.reported(tx, act, draft.about)
    if "task" in draft.context:
        return tasks.see(tx, act, int(draft.context["task"]))
    if draft.about:
        return incidents.see(tx, act, draft.about)
    following = _open(tx, act)  # it led to another form, as an offer leads to a report
    return following or joining.menu(tx, act)
