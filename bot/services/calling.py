"""Gọi điện thoại: whoever was told and did not answer is telephoned by the duty officer."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.domain.escalation import Page
from bot.domain.incident import Incident
from bot.domain.notice import Notice
from bot.domain.people import Act, Verb
from bot.domain.task import TAKEN_MEANWHILE, Task, TaskOf
from bot.services.ports.store import Transaction
from bot.services.telling import duties, duty_order

PATIENCE = timedelta(minutes=10)  # then the duty officer is reminded


def wanted(
    tx: Transaction, act: Act, incident: Incident, page: Page, missed: Iterable[int]
) -> None:
    """A task for each of them, once for a page; nobody is told to call themselves."""
    on_duty, order = duties(tx, incident), duty_order(tx, incident)
    absent = tx.people.absent([one.id for one in order], for_a_page=False)
    callers = (one for one in (*on_duty, *order) if one.id not in absent)
    caller = next(callers, None)
    asked = [t for t in tx.tasks.of(incident.id) if t.kind == "call"]
    known = {t.callee_id for t in asked if t.runs or t.opened_at >= page.began_at}
    known |= {one.id for one in on_duty} | {caller.id if caller else 0}
    to_call = [who for who in dict.fromkeys(missed) if who not in known]
    if caller is None or not to_call:
        return
    names = tx.people.named(to_call)
    added = []
    for who in to_call:
        call = Task(
            id=0,
            incident_id=incident.id,
            number=0,
            kind="call",
            state="taken",
            opened_at=act.at,
            lap=incident.lap,
            why="call",
            units=incident.scope,
            person_id=caller.id,
            callee_id=who,
            due_at=act.at + PATIENCE,
        )
        added.append(tx.tasks.add(replace(call, remind_at=act.at + PATIENCE)))
        facts = {"task": added[-1].code, "who": names[who].name, "to": caller.name}
        tx.record(f"incident/{incident.id}", "call.wanted", **facts)
    facts_now = {"tasks": [task.id for task in added]}
    tx.notices.add([Notice("task.call", caller.id, None, incident.id, facts=facts_now)], act.at)


def over(tx: Transaction, act: Act, incident: Incident, page: Page) -> None:
    """Somebody has it: nobody need be telephoned any more; of several lead units only those of
    whom nobody has answered."""
    for task in tx.tasks.of(incident.id):
        wanted_still = page.waits and task.callee_id not in page.done
        if task.kind == "call" and task.runs and not wanted_still:
            tx.tasks.save(replace(task.dropped(0, act.at), result=TAKEN_MEANWHILE))


def made(tx: Transaction, act: Act, job: TaskOf, outcome: str) -> None:
    """What came of the call, written down."""
    act.require(Verb.WORK, job)
    tx.tasks.save(job.task.finished_by(act.person.id, outcome, act.at))
    who = tx.people.get(job.task.callee_id)
    facts = {"task": job.task.code, "who": who.name, "result": outcome}
    tx.record(f"incident/{job.incident.id}", "call.made", **facts)
