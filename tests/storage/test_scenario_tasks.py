"""Whatever is confirmed, answered, done and looped in whatever order: no task stands twice, what
the playbook asks for stands, and what nobody has taken is of the confirmed scenario."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from bot.domain.people import CONSOLE_IDENTITY, Act
from bot.domain.playbook import Plan
from bot.domain.rule import Answer
from bot.domain.scenario import Scenario
from bot.domain.scenario_work import place_of, scenario_of, wanted
from bot.domain.severity import level_answer
from bot.services import judging, phases, scenario_tasks
from bot.services.ports.books import Books
from bot.services.ports.store import Transaction
from playbooks.scenario_files import load_scenarios
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, connect, incident, person

SCENARIOS = load_scenarios()
CHOSEN = ("", "ma_hoa", "pha_hoai", "gia_mao", "thien_tai")  # pha_hoai has a confidential one
MOVES = 40


def holds(tx: Transaction, number: int) -> None:
    """What is so after every move."""
    now, tasks = tx.incidents.get(number), tx.tasks.of(number)
    counted = Counter(task.step for task in tasks if task.step)
    assert not counted or set(counted.values()) == {1}
    assert len({task.number for task in tasks}) == len(tasks)
    stand = {task.step: task for task in tasks if task.kind == "scenario"}
    for task in stand.values():
        free = task.runs and not task.has_holder
        assert not free or scenario_of(task.step) == now.scenario
        assert task.phase in {phase.id for phase in tx.plans.of(now).phases}
        assert not task.confidential or task.due_at is None  # nobody is reminded of it
    if not now.scenario or not now.phase:
        return
    answers = {**now.answers, "a": level_answer(now.level)}
    asked = wanted(SCENARIOS[now.scenario], tx.plans.of(now), now.phase, answers)
    assert {stand[place_of(now.scenario, job.id)].state for job in asked} <= {
        *("open", "taken", "blocked", "done")
    }


def moved(tx: Transaction, act: Act, number: int, by: Random) -> None:
    """One thing that somebody may do at any time."""
    now, plan = tx.incidents.get(number), tx.plans.of(tx.incidents.get(number))
    match by.choice(("confirm", "confirm", "answer", "advance", "loop", "take", "finish", "undo")):
        case "confirm":
            tx.incidents.save(replace(now, scenario=by.choice(CHOSEN)))
            scenario_tasks.follow(tx, act, tx.incidents.get(number))
        case "answer":
            criterion, answer = by.choice(("c1", "c3", "c5", "c6")), by.choice([*Answer])
            judging.rejudge(tx, act, now, {criterion: answer})
        case "advance" if (following := plan.after(now.phase)) is not None:
            phases.begin(tx, act, now, following)
        case "loop" if now.phase:
            phases.begin(tx, act, now, by.choice(plan.phases), now.lap + 1)
        case what:
            mine = [task for task in tx.tasks.of(number) if task.kind == "scenario"]
            task = by.choice(mine) if mine else None
            if task is None or (what == "undo" and task.state != "done"):
                return
            taken = task.taken_by(act.person.id, act.at)
            done = taken.finished_by(act.person.id, "as_planned", act.at)
            after = {"take": taken, "finish": done, "undo": task.undone(act.at)}.get(what, task)
            if after != task:
                tx.tasks.save(after)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("plan", ["my_hao_2025", "krong_pac_2023"])
async def test_no_task_is_made_twice_in_any_order(
    file: Path, plans: Mapping[str, Plan], plan: str, seed: int
) -> None:
    scenarios: Mapping[str, Scenario] = SCENARIOS
    store = SqlStore(f"sqlite:///{file}", Books(plans, scenarios=scenarios))

    def walk(tx: Transaction) -> int:
        by = Random(seed)
        for key in ("minh", "son", "binh", "phuc"):
            connect(tx, key)
        known = {"plan": plan, "plan_digest": tx.plans[plan].digest}
        about = incident(tx, **known, lead_id=person(tx, "minh").id).id
        for minute in range(MOVES):
            minh = person(tx, "minh")
            act = Act(CONSOLE_IDENTITY, NOON + minute * MINUTE, person=minh)
            moved(tx, act, about, by)
            holds(tx, about)
        return sum(task.kind == "scenario" for task in tx.tasks.of(about))

    assert await store.run(walk) > 0
    await store.close()
