"""Use cases of a task (việc): seen, taken, done, blocked, passed on, assigned.

Whoever comes later is shown what is true; nothing is done twice, and a task that is done stays
done whoever says so again.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from bot.domain import step_forms
from bot.domain.errors import NotFound, OnlyBy, Outdated, SecretMarking
from bot.domain.folding import fold
from bot.domain.form import SENT, Draft, Form, Move, Step
from bot.domain.forms import (
    TASK_ASSIGN,
    TASK_BLOCKED,
    TASK_CALLED,
    TASK_DONE,
    TASK_PASS,
)
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Verb, may
from bot.domain.secrecy import marked
from bot.domain.task import NOT_STABLE, TaskOf
from bot.services import calling, contacts, paging, phases, steps
from bot.services.drafting import open_form
from bot.services.opening import chain_of, facts_of, in_charge, keep
from bot.services.outcomes import TaskShown
from bot.services.ports.dialogs import Prompt
from bot.services.ports.store import Transaction
from bot.services.sheets import choices, job_of, named, others, sheet, step_of

NONE: Mapping[str, str] = MappingProxyType({})


def see(tx: Transaction, act: Act, task_id: int, did: str = "") -> TaskShown:
    """As it stands now, with what this person may do with it."""
    act.require(Verb.SEE_TASK, job_of(tx, task_id))
    return shown(tx, act, task_id, did)


def shown(tx: Transaction, act: Act, task_id: int, did: str = "") -> TaskShown:
    """The screen after an act that has asked the gate: who gave it away may see it once more."""
    job = job_of(tx, task_id)
    if act.private:  # a number typed now is one of its buttons
        prompt = Prompt("task", task_id, job.task.version)
        tx.prompts.asked(act.chat, act.person.id, prompt, act.at)
        tx.record(f"person/{act.person.id}", "task.shown", task=job.task.code)
    can, calls = choices(act.person, job), contacts.calls_at(tx, act, job.task)
    return TaskShown(sheet(tx, job.task), can, did, act.private, calls)


def press(
    tx: Transaction, act: Act, do: str, task_id: int, lap: int = 0, words: str = ""
) -> TaskShown | Draft:
    """A button of a task, or its typed code. `lap`: for which it was drawn; an older button
    changes nothing. `words`: what was typed behind the code."""
    job = job_of(tx, task_id)
    if lap and lap != job.task.lap:
        return see(tx, act, task_id, "already")
    if do in ("done", "called"):  # a call is done once it is known what came of it
        do = "called" if job.task.kind == "call" else "done"
    match do:
        case "see":
            return see(tx, act, task_id)
        case "take" | "resume":
            return take(tx, act, job)
        case "open" | "skip":
            return _settle_offer(tx, act, job, do)
        case "undo":
            return undo(tx, act, job)
    asked = DIALOGS[do]
    act.require(asked.verb, job)
    if not job.task.runs:
        return shown(tx, act, task_id, "already")
    if words and not job.incident.is_secret:
        if marked(words):
            raise SecretMarking(do)
        return _with_words(tx, act, job, do, words)
    return _ask(tx, act, job, asked.form(tx, job), do)


def take(tx: Transaction, act: Act, job: TaskOf) -> TaskShown:
    """Nhận việc: the first has it."""
    task = job.task
    act.require(Verb.TAKE_TASK, job)
    taken = task.taken_by(act.person.id, act.at)
    if taken == task:
        return shown(tx, act, task.id, "already")
    keep(tx, job.incident, taken)
    tx.record(chain_of(job.task), "task.taken", **_facts(tx, job))
    return shown(tx, act, task.id, "resumed" if task.state == "blocked" else "taken")


def undo(tx: Transaction, act: Act, job: TaskOf) -> TaskShown:
    """Pressed by mistake: it is theirs again. What a check has set going is not taken back."""
    act.require(Verb.WORK, job)
    back = job.task.undone(act.at)
    if back == job.task or job.task.kind == "call" or job.incident.state == "closed":
        return shown(tx, act, job.task.id, "already")
    keep(tx, job.incident, back)
    tx.record(chain_of(job.task), "task.undone", **_facts(tx, job))
    return shown(tx, act, job.task.id, "undone")


def done(tx: Transaction, act: Act, draft: Draft) -> TaskShown:
    """Đã xong, and what came of it."""
    return finish(tx, act, _drawn(tx, draft), draft.answers["result"])


def checked(tx: Transaction, act: Act, draft: Draft) -> TaskShown:
    """Kiểm tra sau khi khôi phục: ổn định, or back to where the plan says."""
    seen = draft.answers.get("seen", "")
    words = "" if seen == "nothing_more" else seen
    return finish(tx, act, _drawn(tx, draft), draft.answers["stable"], words)


def answered(tx: Transaction, act: Act, draft: Draft) -> TaskShown:
    """The step's own questions: done with their answers, or known better and not done yet."""
    job = _drawn(tx, draft)
    act.require(Verb.WORK, job)
    if not job.task.runs:
        return shown(tx, act, job.task.id, "already")
    answers = steps.settle(tx, act, job, draft)
    result = step_forms.result(draft, answers)
    job = job_of(tx, job.task.id)  # what follows may have moved it
    if step_forms.is_partly(draft):
        return _kept(tx, act, job, result, answers)
    after = finish(tx, act, job, result, answers=answers)
    if result == "false_alarm":
        return shown(tx, act, job.task.id, "false_alarm")
    return after


def blocked(tx: Transaction, act: Act, draft: Draft) -> TaskShown:
    return block(tx, act, _drawn(tx, draft), draft.answers["trouble"])


def handed(tx: Transaction, act: Act, draft: Draft) -> TaskShown:
    """Chuyển người khác, phân công."""
    job, whom = _drawn(tx, draft), int(draft.answers["whom"])
    return hand(tx, act, job, tx.people.get(whom), draft.form.id == TASK_ASSIGN.id)


def called(tx: Transaction, act: Act, draft: Draft) -> TaskShown:
    """Đã gọi điện: who takes it on the telephone has it, and the log says who wrote it down."""
    job, outcome = _drawn(tx, draft), draft.answers["outcome"]
    act.require(Verb.WORK, job)
    page = tx.pages.of(job.incident.id)
    if not job.task.runs or page is None:
        return shown(tx, act, job.task.id, "already")
    calling.made(tx, act, job, outcome)
    callee = tx.people.get(job.task.callee_id)
    if outcome == "takes_it":
        paging.take_for(tx, act, page, callee)
    return shown(tx, act, job.task.id, "called")


def finish(
    tx: Transaction,
    act: Act,
    job: TaskOf,
    result: str,
    words: str = "",
    answers: Mapping[str, str] = NONE,
) -> TaskShown:
    """The first word stands; "chưa ổn định" goes back, the last of a phase offers the next."""
    act.require(Verb.WORK, job)
    after = job.task.finished_by(act.person.id, result, act.at, answers)
    if after == job.task:
        return shown(tx, act, job.task.id, "already")
    keep(tx, job.incident, after)
    facts = {**_facts(tx, job), "result": result, "words": words}
    tx.record(chain_of(job.task), "task.done", **facts, answers=dict(answers))
    step = step_of(tx, job.incident, job.task)
    incident = tx.incidents.get(job.incident.id)
    if result == NOT_STABLE and step is not None and incident.state == "open":
        phases.loop_back(tx, act, TaskOf(after, incident), step, words)
        return shown(tx, act, job.task.id, "looped")
    counts = job.task.kind in ("step", "recheck") and not job.task.confidential
    if counts and job.task.phase == incident.phase:
        phases.finished(tx, act, incident)
    return shown(tx, act, job.task.id, "done")


def block(tx: Transaction, act: Act, job: TaskOf, trouble: str) -> TaskShown:
    """Gặp vướng mắc: whoever leads the response hears it at once."""
    act.require(Verb.WORK, job)
    after = job.task.blocked_by(job.task.person_id or act.person.id, trouble, act.at)
    if after == job.task:
        return shown(tx, act, job.task.id, "already")
    keep(tx, job.incident, after)
    tx.record(chain_of(job.task), "task.blocked", **_facts(tx, job), trouble=trouble)
    if not job.task.confidential:
        whom = [who for who in in_charge(tx, job.incident) if who != act.person.id]
        _notify(tx, act, job, "task.blocked", whom)
    return shown(tx, act, job.task.id, "blocked")


def hand(tx: Transaction, act: Act, job: TaskOf, whom: Person, assigns: bool) -> TaskShown:
    """It is theirs once they take it; until then whoever gave it hears of silence."""
    act.require(Verb.ASSIGN if assigns else Verb.WORK, job)
    after = job.task.handed_to(whom.id, act.person.id, act.at)
    if after == job.task:
        return shown(tx, act, job.task.id, "already")
    before = job.task.person_id
    keep(tx, job.incident, after)
    chain, facts = chain_of(job.task), {**_facts(tx, job), "to": whom.name}
    if assigns:
        tx.record(chain, "task.assigned", **facts)
    else:
        tx.record(chain, "task.passed", **facts)
    _notify(tx, act, job, "task.assigned" if assigns else "task.passed", [whom.id])
    if before not in (0, whom.id, act.person.id):
        _notify(tx, act, job, "task.taken_away", [before])
    return shown(tx, act, job.task.id, "given")


def code_of(tx: Transaction, act: Act, incident_id: int, number: int) -> int:
    """The task that is called "12.3". NotFound: there is none, or not for this person."""
    act.require(Verb.REPORT)
    task = tx.tasks.find(incident_id, number)
    job = job_of(tx, task.id)
    if task.confidential and not may(act.person, Verb.SEE_TASK, job):
        raise NotFound(number, task=f"{incident_id}.{number}")
    return task.id


class Dialog(NamedTuple):
    """What is asked when a button of a task needs an answer."""

    verb: Verb
    form: Callable[[Transaction, TaskOf], Form]


def _kept(
    tx: Transaction, act: Act, job: TaskOf, result: str, answers: Mapping[str, str]
) -> TaskShown:
    """Chưa xác minh được, còn nơi chưa báo: it goes on with whoever said so."""
    after = job.task.kept_by(act.person.id, answers, act.at)
    if after == job.task:
        return shown(tx, act, job.task.id, "already")
    keep(tx, job.incident, after)
    facts = {**_facts(tx, job), "result": result}
    tx.record(chain_of(job.task), "task.partly", **facts, answers=dict(answers))
    return shown(tx, act, job.task.id, "goes_on")


DIALOGS: Mapping[str, Dialog] = {
    "done": Dialog(Verb.WORK, steps.form_of),
    "block": Dialog(Verb.WORK, lambda tx, job: TASK_BLOCKED),
    "pass": Dialog(Verb.WORK, lambda tx, job: TASK_PASS),
    "assign": Dialog(Verb.ASSIGN, lambda tx, job: TASK_ASSIGN),
    "called": Dialog(Verb.WORK, lambda tx, job: TASK_CALLED),
}


def _ask(
    tx: Transaction,
    act: Act,
    job: TaskOf,
    form: Form,
    do: str,
    answers: Mapping[str, str] = NONE,
) -> Draft:
    """One question at a time: that of another task of the incident gives way to this one."""
    task, incident = job.task, job.incident
    open_one = tx.drafts.open_of(act.person.id, form, incident.id)
    if open_one is not None and open_one.context.get("task") != task.id:
        tx.drafts.save(open_one.moved(Move("cancel")), open_one.version, act.at)
    step = step_of(tx, incident, task)
    callee = tx.people.named({task.callee_id}).get(task.callee_id)
    context = {
        "task": task.id,
        "lap": task.lap,
        "code": task.code,
        "number": incident.id,
        "secret": incident.is_secret,
        "step": step.label if step else task.name,
        "kind": task.kind,
        "callee": callee.name if callee else "",
        "back": step.loop.text if step and step.loop else "",
    }
    if do in ("pass", "assign"):
        people = others(tx, act, job)
        if not people:
            raise NotFound(do, nobody=task.code)
        context["people"] = [[str(one.id), named(one)] for one in people]
    context |= steps.context(tx, act, job, form)
    return open_form(tx, act, form, incident.id, answers, context)


def _with_words(tx: Transaction, act: Act, job: TaskOf, do: str, words: str) -> TaskShown | Draft:
    """ "xong 12.3 đã chặn", "vướng 12.3 chưa có bản sao lưu", "chuyển 12.3 Hùng"."""
    form = DIALOGS[do].form(tx, job)
    match do:
        case "done" if form is TASK_DONE:
            return finish(tx, act, job, TASK_DONE.steps[0].clean(words, ()))
        case "done" if slot := step_forms.slot(form):
            said = slot.clean(words, ())
            answers_it = _ends(tx, act, job, form, slot, said)
            return answers_it or _ask(tx, act, job, form, do, {slot.id: said})
        case "block":
            return block(tx, act, job, TASK_BLOCKED.steps[0].clean(words, ()))
        case "pass" | "assign":
            meant = [p for p in others(tx, act, job) if fold(words) in _heard(p)]
            if len(meant) == 1:
                return hand(tx, act, job, meant[0], do == "assign")
    return _ask(tx, act, job, form, do)


def _ends(
    tx: Transaction, act: Act, job: TaskOf, form: Form, slot: Step, said: str
) -> TaskShown | None:
    """Where just this question of the task stands open, as the last, the words are its answer."""
    draft = tx.drafts.open_of(act.person.id, form, job.incident.id)
    if draft is None or draft.at != slot.id or draft.context.get("task") != job.task.id:
        return None
    after = draft.moved(Move("answer", said))
    if after.at != SENT:
        return None
    tx.drafts.save(after, draft.version, act.at)
    facts = {"step": slot.id, "value": "" if after.secret else said}
    tx.record(f"draft/{draft.id}", "form.answer", **facts)
    return answered(tx, act, after)


def _heard(person: Person) -> tuple[str, ...]:
    """The ways in which somebody is named: "đồng chí Phúc", "Phúc"."""
    words = fold(person.name).split()
    return tuple(" ".join(words[at:]) for at in range(len(words)))


def _settle_offer(tx: Transaction, act: Act, job: TaskOf, do: str) -> TaskShown:
    """An "if needed" step is opened, or is not needed."""
    if job.deciders and not may(act.person, Verb.OPEN_STEP, job):
        raise OnlyBy(job.task.id, who=", ".join(steps.who_opens(tx, job)))
    act.require(Verb.OPEN_STEP, job)
    if job.task.state != "offered":
        return shown(tx, act, job.task.id, "already")
    if do == "open":
        phases.open_step(tx, act, job)
        return shown(tx, act, job.task.id, "opened")
    phases.skip(tx, act, job)
    phases.finished(tx, act, tx.incidents.get(job.incident.id))
    return shown(tx, act, job.task.id, "skipped")


def _drawn(tx: Transaction, draft: Draft) -> TaskOf:
    """The task that a form was opened for; Outdated once it is done again in another lap."""
    job = job_of(tx, int(draft.context["task"]))
    if job.task.lap != draft.context["lap"]:
        raise Outdated(job.task.id, chain=f"task/{job.task.id}")
    return job


def _facts(tx: Transaction, job: TaskOf) -> dict[str, str]:
    return facts_of(job.task, tx.plans.of(job.incident))


def _notify(tx: Transaction, act: Act, job: TaskOf, kind: str, whom: list[int]) -> None:
    facts = {"tasks": [job.task.id], "by": act.person.name}
    tx.notices.add(
        (Notice(kind, to=who, incident=job.incident.id, facts=facts) for who in whom), act.at
    )
