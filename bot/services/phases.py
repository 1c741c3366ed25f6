"""The plan gone through phase by phase (giai đoạn), forward and back.

A phase begins when the incident is taken, when whoever leads the response says that the one
before is finished, and again when the check after recovery says so (vòng quay lại).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.errors import Closed, Outdated
from bot.domain.form import Draft
from bot.domain.forms import ADVANCE
from bot.domain.incident import Incident
from bot.domain.notice import Notice
from bot.domain.people import Act, Verb
from bot.domain.playbook import Phase, Plan, Step
from bot.domain.task import ENDED, Task, TaskOf, progress
from bot.services import opening, scenario_tasks, taking_part
from bot.services.briefing import brief
from bot.services.drafting import open_form
from bot.services.opening import chain_of, facts_of, in_charge, keep
from bot.services.outcomes import Advanced
from bot.services.ports.store import Transaction
from bot.services.sheets import sheets, step_of


def started(tx: Transaction, act: Act, incident: Incident) -> None:
    """It has just been taken: the first phase begins; after a reopening, what stood goes on."""
    if incident.phase:
        for task in tx.tasks.of(incident.id):
            if task.state == "dropped" and not task.given_by and task.kind != "call":
                back = keep(tx, incident, task.undone(act.at))
                opening.stands_again(tx, back, tx.plans.of(incident))
        return
    first = tx.plans.of(incident).after("")
    if first is not None:
        incident = begin(tx, act, incident, first)
    taking_part.begin(tx, act, incident)


def begin(
    tx: Transaction,
    act: Act,
    incident: Incident,
    phase: Phase,
    lap: int = 0,
    quiet: int = 0,
    beside: Sequence[Task] = (),
) -> Incident:
    """Its steps stand as tasks. `lap`: another time through the plan, where it is one; `quiet`:
    who is not told, `beside`: what is told in the same message."""
    plan = tx.plans.of(incident)
    tx.incidents.save(replace(incident, phase=phase.id, lap=lap or incident.lap))
    incident = tx.incidents.get(incident.id)
    chain = f"incident/{incident.id}"
    tx.record(chain, "phase.begun", phase=plan.called(phase.id), lap=incident.lap)
    before = {task.step: task for task in tx.tasks.of(incident.id) if task.kind == "step"}
    new, again = [], []
    for step in plan.steps:
        task = before.get(step.id)
        if step.phase == phase.id and task is None:
            new.append(opening.add(tx, act, incident, plan, step))
        elif step.phase == phase.id and task and task.state in ENDED and not task.confidential:
            again.append(opening.again(tx, act, incident, plan, task))
    opening.show(tx, incident, new)
    asked_for = scenario_tasks.open_wanted(tx, act, incident)
    opening.tell(tx, act, incident, phase, [*beside, *new, *again, *asked_for], quiet)
    tx.cards.want_again("incident", incident.id, loud=True)
    return incident


def begin_advance(tx: Transaction, act: Act, number: int) -> Draft:
    """Is the phase finished? Asked with the plan's exit check; what still runs is named."""
    incident = tx.incidents.get(number)
    act.require(Verb.ADVANCE, incident)
    if incident.state == "closed":
        raise Closed(number, number=number)
    if not incident.phase:
        raise Outdated(number, chain=f"incident/{number}")
    plan = tx.plans.of(incident)
    now = progress(tx.tasks.of(number), incident.phase, act.at)
    following, work = plan.after(incident.phase), plan.work.get(incident.phase)
    context = {
        "number": number,
        "secret": incident.is_secret,
        "phase": incident.phase,
        "lap": incident.lap,
        "exit": work.exit if work else "",
        "here": plan.called(incident.phase),
        "next": plan.called(following.id) if following else "",
        "done": now.done,
        "total": now.total,
        "left": [task.code for task in (*now.running, *now.beside)],
    }
    return open_form(tx, act, ADVANCE, number, context=context)


def advance(tx: Transaction, act: Act, draft: Draft) -> Advanced:
    """The next phase; Outdated where somebody else has gone on already."""
    incident = tx.incidents.get(draft.about)
    act.require(Verb.ADVANCE, incident)
    chain = f"incident/{incident.id}"
    drawn = (draft.context["phase"], draft.context["lap"])
    if incident.state == "closed" or drawn != (incident.phase, incident.lap):
        raise Outdated(incident.id, chain=chain)
    plan = tx.plans.of(incident)
    here = plan.called(incident.phase)
    if draft.answers["check"] == "not_yet":
        lacking = draft.answers.get("lacking", "")
        tx.record(chain, "phase.not_finished", phase=here, lacking=lacking)
        return Advanced(brief(tx, incident), stays=True)
    tx.record(chain, "phase.finished", phase=here, lap=incident.lap)
    for task in tx.tasks.of(incident.id):
        if task.phase == incident.phase and task.state == "offered":
            skip(tx, act, TaskOf(task, incident))
    following = plan.after(incident.phase)
    if following is None:
        return Advanced(brief(tx, incident), last=True)
    incident = begin(tx, act, incident, following, quiet=act.person.id)
    running = [task for task in tx.tasks.of(incident.id) if task.runs and not task.confidential]
    return Advanced(brief(tx, incident), tasks=sheets(tx, running))


def loop_back(tx: Transaction, act: Act, job: TaskOf, step: Step, words: str) -> None:
    """Chưa hoạt động ổn định: the phases that the plan names are done again, from the first.

    "Xác minh lại nguyên nhân" stands once; what was left open stays as it is.
    """
    task, incident = job.task, job.incident
    plan, lap = tx.plans.of(incident), incident.lap + 1
    places, inherited = _back_to(tx, plan, step)
    wanted = {found.phase for place in places for found in plan.steps_of(place)}
    phases = [phase for phase in plan.phases if phase.id in wanted]
    facts = {"back_to": [plan.called(one.id) for one in phases], "inherited": inherited}
    tx.record(f"incident/{incident.id}", "phase.looped", **facts, words=words)
    if phases:
        again = _recheck(tx, act, TaskOf(task, replace(incident, lap=lap)), phases[0])
        begin(tx, act, incident, phases[0], lap, beside=[again])


def decided(tx: Transaction, act: Act, incident: Incident) -> None:
    """A leader has said whether it is serious by the plan: the steps that waited for it."""
    plan, serious = tx.plans.of(incident), opening.is_serious(incident)
    opened: list[Task] = []
    for task in tx.tasks.of(incident.id):
        step = step_of(tx, incident, task)
        if step is None or not step.only_if_serious:
            continue
        if serious and task.state in ("held", "dropped"):
            due = opening.due(plan, task.phase, act.at)
            ready = task.started(act.at, due, incident.lap) if task.state == "held" else task
            opened.append(keep(tx, incident, ready.undone(act.at)))
            tx.record(chain_of(task), "task.opened", **facts_of(task, plan))
        elif not serious and task.state == "held":
            skip(tx, act, TaskOf(task, incident))
    if opened:
        opening.tell(tx, act, incident, plan.phase(opened[0].phase), opened)


def undecided(tx: Transaction, incident: Incident) -> frozenset[int]:
    """What a leader is said to have decided is denied: its steps wait again.

    Those who have begun one have to be told; who they are.
    """
    plan, begun = tx.plans.of(incident), set()
    for task in tx.tasks.of(incident.id) if incident.state == "open" else ():
        step = step_of(tx, incident, task)
        if step is None or not step.only_if_serious:
            continue
        if task.has_holder:
            begun.add(task.person_id)
        elif (held := task.held_back()) != task:
            keep(tx, incident, held)
            tx.record(chain_of(task), "task.held", **facts_of(task, plan))
    return frozenset(begun)


def open_step(tx: Transaction, act: Act, job: TaskOf) -> Task:
    """ "Nếu cần" is needed."""
    task, incident = job.task, job.incident
    plan = tx.plans.of(incident)
    due = opening.due(plan, task.phase, act.at)
    opened = keep(tx, incident, task.started(act.at, due, incident.lap))
    tx.record(chain_of(task), "task.opened", **facts_of(task, plan))
    opening.tell(tx, act, incident, plan.phase(task.phase), [opened], act.person.id)
    return opened


def skip(tx: Transaction, act: Act, job: TaskOf) -> Task:
    """Chưa cần, do … quyết định."""
    task, incident = job.task, job.incident
    tx.record(chain_of(task), "task.skipped", **facts_of(task, tx.plans.of(incident)))
    return keep(tx, incident, task.dropped(act.person.id, act.at))


def finished(tx: Transaction, act: Act, incident: Incident) -> None:
    """The last task of the phase is done: whoever leads is offered the next one."""
    if not progress(tx.tasks.of(incident.id), incident.phase, act.at).is_finished:
        return
    plan = tx.plans.of(incident)
    following = plan.after(incident.phase)
    facts = {
        "phase": plan.called(incident.phase),
        "next": plan.called(following.id) if following else "",
    }
    ready = Notice("phase.ready", incident=incident.id, facts=facts)
    tx.notices.add((replace(ready, to=who) for who in in_charge(tx, incident)), act.at)


def ended(tx: Transaction, act: Act, incident: Incident) -> None:
    """The incident is closed: what runs is dropped, but for xử lý vi phạm."""
    for task in tx.tasks.of(incident.id):
        if task.runs and not task.confidential:
            keep(tx, incident, task.dropped(0, act.at))


def _recheck(tx: Transaction, act: Act, job: TaskOf, phase: Phase) -> Task:
    check, incident = job.task, job.incident
    plan = tx.plans.of(incident)
    due = opening.due(plan, phase.id, act.at)
    stands = next((t for t in tx.tasks.of(incident.id) if t.kind == "recheck"), None)
    if stands is not None:
        again = stands.started(act.at, due, incident.lap)
        if again == stands:
            return stands
        tx.record(chain_of(again), "task.opened", **facts_of(again, plan))
        return keep(tx, incident, again)
    task = tx.tasks.add(
        Task(
            id=0,
            incident_id=incident.id,
            number=0,
            kind="recheck",
            state="open",
            opened_at=act.at,
            phase=phase.id,
            lap=incident.lap,
            why="loop",
            lead_units=check.lead_units,
            coordinating=check.coordinating,
            units=check.units,
            due_at=due,
        ).reminded(act.at)
    )
    tx.record(chain_of(task), "task.opened", **facts_of(task, plan))
    opening.show(tx, incident, [task])
    return task


def _back_to(tx: Transaction, plan: Plan, step: Step) -> tuple[Iterable[str], bool]:
    """Where the loop leads; the base pack says it where the plan is silent (words.md, 3.11)."""
    if step.loop and step.loop.back_to:
        return step.loop.back_to, False
    base = tx.plans.get(plan.base or "")
    loops: Sequence[tuple[str, ...]] = (
        [s.loop.back_to for s in base.steps if s.loop] if base else ()
    )
    known = {phase.id for phase in plan.phases}
    return [place for back in loops for place in back if place in known], True
