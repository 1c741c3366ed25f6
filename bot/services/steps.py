"""What each kind of step asks when it is done; and what follows from the answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.domain.form import Draft, Form
from bot.domain.forms import TASK_CHECK, TASK_DONE
from bot.domain.incident import Incident
from bot.domain.law import Kind
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Verb, may
from bot.domain.playbook import Plan, Power, Step
from bot.domain.step_forms import (
    ASKED,
    GENERAL_OPTIONS,
    IN_WORDS,
    NOTHING,
    OF_KIND,
    TASK_DIRECT,
    TASK_NOMINATE,
    TASK_OPTION,
    TASK_REPORT,
    TASK_REVIEW,
    TASK_VERIFY,
    TASK_VIOLATION,
    WAITS,
    ask_for,
    said,
)
from bot.domain.task import TaskOf
from bot.services import clocks, powers, standing_in, taking_part
from bot.services.asking import ask_leaders
from bot.services.opening import in_charge
from bot.services.parts import names, power_of, units_of
from bot.services.ports.store import Transaction
from bot.services.sheets import named, others, step_of

Listed = list[list[str]]
FIRST: tuple[Kind, ...] = ("initial", "urgent")  # what the step of reporting sends
OF_PEOPLE = ("people", "choosers", "speakers")  # lists of them, by their numbers
CLOSING: tuple[Kind, ...] = ("closing",)  # and the review


def form_of(tx: Transaction, job: TaskOf) -> Form:
    """What is asked when it is done; a task that is no step of the plan says what came of it."""
    if job.task.kind == "nominate":
        return TASK_NOMINATE
    step = step_of(tx, job.incident, job.task)
    if step is None:
        return TASK_DONE
    if step.kind == "check" or step.loop is not None:
        return TASK_CHECK
    return OF_KIND.get(step.kind, TASK_DONE)


def context(tx: Transaction, act: Act, job: TaskOf, form: Form) -> dict[str, object]:
    """What its questions offer and name."""
    step, incident = step_of(tx, job.incident, job.task), job.incident
    match form.id:
        case TASK_VERIFY.id:
            return {"people": _people(tx, act, job)}
        case TASK_NOMINATE.id:
            return {"people": taking_part.candidates(tx, job), "unit": taking_part.unit(tx, job)}
        case TASK_OPTION.id if step is not None:
            return {
                "response_options": _options(tx, incident),
                "choosers": _choosers(tx, act, job, step),
                "condition": step.condition,
            }
        case TASK_DIRECT.id:
            return _decisions(tx, act, job)
        case TASK_REPORT.id | TASK_REVIEW.id | TASK_VIOLATION.id if step is not None:
            return {"recipients": ", ".join(recipients(tx, incident, step))}
    return {}


def settle(tx: Transaction, act: Act, job: TaskOf, draft: Draft) -> Mapping[str, str]:
    """What follows from the answers is done; the answers as they are kept."""
    act.require(Verb.WORK, job)
    follow = FOLLOWING.get(draft.form.id)
    return follow(tx, act, job, draft) if follow else said(draft)


def _said(tx: Transaction, draft: Draft) -> dict[str, str]:
    """People by their names alone: the position only helped to choose."""
    answers = said(draft)
    for step in draft.route.values():
        value = draft.answers.get(step.id, "")
        if step.listed in OF_PEOPLE and value.isdecimal():
            answers[step.id] = tx.people.get(int(value)).name
    return answers


def recipients(tx: Transaction, incident: Incident, step: Step) -> Sequence[str]:
    """Whom the plan names, then whom the law does while its clocks run; each once."""
    law = clocks.recipients(tx, incident) if step.kind == "report" else ()
    return tuple(dict.fromkeys((*names(tx.plans.of(incident), step.reports_to), *law)))


def who_opens(tx: Transaction, job: TaskOf) -> Sequence[str]:
    """As the plan calls those whose leaders open the step of direction."""
    plan, step = tx.plans.of(job.incident), step_of(tx, job.incident, job.task)
    led = step.lead if step else ()
    return names(plan, dict.fromkeys((*plan.having("direct_serious"), *led)))


def _verified(tx: Transaction, act: Act, job: TaskOf, draft: Draft) -> Mapping[str, str]:
    """I.1: until somebody says that it is one, an incident is "chưa xác minh"."""
    answers = _said(tx, draft)
    chain, found = f"incident/{job.incident.id}", draft.answers["found"]
    facts = {"who": answers["verifier"], "how": answers["how"]}
    settled = found != "not_verified"
    how = draft.answers["how"]
    after = replace(
        job.incident,
        verified_at=act.at if settled else None,
        verified_by=int(draft.answers["verifier"]) if settled else 0,
        verified_how=(how if how in TASK_VERIFY.steps[0].options else "other") if settled else "",
    )
    tx.incidents.save(after)
    match found:
        case "is_incident":
            tx.record(chain, "incident.verified", **facts)
        case "false_alarm":
            tx.record(chain, "incident.false_alarm", **facts)
        case _:
            tx.record(chain, "incident.not_verified", **facts)
            about = {"tasks": [job.task.id], "by": act.person.name, **facts}
            notice = Notice("step.not_verified", incident=after.id, facts=about)
            whom = [one for one in in_charge(tx, after) if one not in act.person.ids]
            tx.notices.add((replace(notice, to=one) for one in whom), act.at)
    tx.cards.want_again("incident", after.id, loud=found == "false_alarm")
    return answers


def _chosen(tx: Transaction, act: Act, job: TaskOf, draft: Draft) -> Mapping[str, str]:
    """I.3: which option, by whom and why; where direction is asked the waiting time runs."""
    answers, asked = _said(tx, draft), draft.answers["chosen_by"]
    step = step_of(tx, job.incident, job.task)
    if asked not in ASKED or step is None:
        return answers
    function = step.asks[ASKED.index(asked)]
    leaders = _leaders(tx, job.incident, function)
    minutes = WAITS[draft.answers["wait"]]
    words = " – ".join(answers[step] for step in ("option", "reason") if step in answers)
    why = "need_direction"
    ask_leaders(tx, act, job.incident, leaders, "direct", why, words, minutes=minutes)
    tx.record(
        f"incident/{job.incident.id}",
        "leaders.asked_option",
        to=[leader.name for leader in leaders],
        ask=words,
        minutes=minutes,
    )
    answers["asked"] = answers.pop("chosen_by")
    return answers | {"chosen_by": act.person.name}


def _decided(tx: Transaction, act: Act, job: TaskOf, draft: Draft) -> Mapping[str, str]:
    """I.4 / 2.1.d: each power by whose it is; of anybody else it becomes a request to them."""
    answers, given = _said(tx, draft), draft.answers
    incident = job.incident
    if given.get("convene") == "convene" and not incident.convened_at:
        if _has(tx, act, incident, "convene_team"):
            powers.convened(tx, act, incident)
        else:
            powers.ask(tx, act, incident, "convene_team", ask_for("convene_team"))
            answers["convene"] = "convene_asked"
    speaker = given.get("spokesperson", "")
    if speaker.isdecimal():
        if _has(tx, act, incident, "assign_spokesperson"):
            powers.assign_spokesperson(tx, act, tx.incidents.get(incident.id), int(speaker))
        else:
            wanted = ask_for("assign_spokesperson", int(speaker), tx.people.get(int(speaker)).name)
            powers.ask(tx, act, incident, "assign_spokesperson", wanted)
            answers["spokesperson_asked"] = answers.pop("spokesperson")
    power = next((one for one in IN_WORDS if one == given.get("further")), None)
    if power is not None:
        if _has(tx, act, incident, power):
            words = answers.get("detail", "")
            tx.record(f"incident/{incident.id}", "power.used", power=power, words=words)
        else:
            powers.ask(tx, act, incident, power, answers.get("detail") or ask_for(power))
    return answers


def _reported(tx: Transaction, act: Act, job: TaskOf, draft: Draft) -> Mapping[str, str]:
    """I.5: all told, and the first clocks of the law stop; with the number of the paper."""
    answers = said(draft)
    if draft.answers["told"] == "all_told":
        paper = answers.get("paper", "")
        clocks.reported(tx, act, job.incident, FIRST, paper)
    return answers


def _reviewed(tx: Transaction, act: Act, job: TaskOf, draft: Draft) -> Mapping[str, str]:
    """IV: the closing report went to every recipient that the plan names."""
    if draft.answers["told"] == "all_told":
        clocks.reported(tx, act, job.incident, CLOSING)
    return said(draft)


def _nominated(tx: Transaction, act: Act, job: TaskOf, draft: Draft) -> Mapping[str, str]:
    taking_part.named(tx, act, job, int(draft.answers["nominee"]))
    return _said(tx, draft)


FOLLOWING: Mapping[str, Callable[[Transaction, Act, TaskOf, Draft], Mapping[str, str]]] = {
    TASK_VERIFY.id: _verified,
    TASK_OPTION.id: _chosen,
    TASK_DIRECT.id: _decided,
    TASK_REPORT.id: _reported,
    TASK_REVIEW.id: _reviewed,
    TASK_NOMINATE.id: _nominated,
}


def _has(tx: Transaction, act: Act, incident: Incident, power: Power) -> bool:
    return may(act.person, Verb.USE_POWER, power_of(tx, incident, power))


def _people(tx: Transaction, act: Act, job: TaskOf) -> Listed:
    """Whoever does it first: mostly it was they."""
    found = [act.person, *others(tx, act, job)]
    listed = {str(one.id): named(one) for one in found if one.id not in (act.person.device,)}
    return [[number, name] for number, name in listed.items()]


def _options(tx: Transaction, incident: Incident) -> Listed:
    """Of the confirmed scenario; else general ones, whose words are ours."""
    scenario = tx.scenarios.get(incident.scenario)
    if scenario is None or not scenario.options:
        return [[option, ""] for option in GENERAL_OPTIONS]
    return [[f"option_{place}", text] for place, text in enumerate(scenario.options, start=1)]


def _choosers(tx: Transaction, act: Act, job: TaskOf, step: Step) -> Listed:
    """Who fills it, whose direction can be asked (some plans name two), then the others."""
    plan, (own, *rest) = tx.plans.of(job.incident), _people(tx, act, job)
    asked = [
        [value, plan.functions[function].name]
        for value, function in zip(ASKED, step.asks, strict=False)
        if _leaders(tx, job.incident, function)
    ]
    return [own, *asked, *rest]


def _leaders(tx: Transaction, incident: Incident, function: str) -> Sequence[Person]:
    units, _ = units_of(tx, incident, tx.plans.of(incident), (function,))
    return standing_in.leaders(tx, units)


def _decisions(tx: Transaction, act: Act, job: TaskOf) -> dict[str, object]:
    """Only what the plan gives to somebody is asked."""
    plan, incident = tx.plans.of(job.incident), job.incident
    may_convene = bool(plan.having("convene_team")) and not incident.convened_at
    speakers = plan.having("assign_spokesperson") and not incident.spokesperson_id
    further: list[str] = [power for power in IN_WORDS if plan.having(power)]
    return {
        "convening": [["not_now", ""], ["convene", ""]] if may_convene else [],
        "speakers": [["nobody_yet", ""], *_people(tx, act, job)] if speakers else [],
        "powers": [[NOTHING, ""], *([power, ""] for power in further)],
        "who": ", ".join(_those_who_decide(plan)),
    }


def _those_who_decide(plan: Plan) -> Sequence[str]:
    functions = [one for power in plan.special_authority for one in power.functions]
    return names(plan, dict.fromkeys(functions))
