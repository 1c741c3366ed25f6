"""The three verdicts over an incident's answers, and what follows when an answer comes later."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.incident import Incident, Standing
from bot.domain.notice import Notice
from bot.domain.people import Act, Person
from bot.domain.rule import Answer
from bot.domain.severity import Needs, SeriousByPlan, Verdicts, changes, level_answer, verdicts
from bot.services import clocks, paging, phases, scenario_tasks
from bot.services.asking import ask_to_decide
from bot.services.briefing import brief
from bot.services.outcomes import Rejudged
from bot.services.ports.store import Transaction
from bot.services.secrecy import keep_secret
from bot.services.telling import duties


def judge(tx: Transaction, incident: Incident) -> Verdicts:
    rules = tx.plans.of(incident).rules
    answers = {**incident.answers, "a": level_answer(incident.level)}
    return verdicts(rules, answers, incident.standing.serious_by_plan)


def standing(judged: Verdicts) -> Standing:
    return Standing(
        judged.needs_response.value, judged.serious_by_law.value, judged.serious_by_plan.value
    )


def rejudge(
    tx: Transaction,
    act: Act,
    incident: Incident,
    answers: Mapping[str, Answer],
    level: int | None = None,
    spared: frozenset[int] = frozenset(),
) -> Rejudged:
    """Later answers are taken in, the verdicts computed anew, and whoever it concerns is told.

    `spared`: leaders who are asked something in the same step; they get one message, not two.
    """
    before = judge(tx, incident)
    new = {c: a for c, a in answers.items() if incident.answers.get(c, Answer.UNKNOWN) != a}
    changed = replace(
        incident,
        answers={**incident.answers, **answers},
        level=incident.level if level is None else level,
    )
    after = judge(tx, changed)
    changed = replace(changed, standing=standing(after))
    if new:
        tx.incidents.answer(incident.id, new, act.person.id, act.at)
    what = changes(before, after)
    tx.record(
        f"incident/{incident.id}",
        "verdict.recomputed",
        answers={c: str(a) for c, a in new.items()},
        level=changed.level,
        changes=[list(change) for change in what],
    )
    if changed.answers.get("c2") is Answer.YES and not changed.is_secret:
        changed = keep_secret(tx, changed, act.at)
    tx.incidents.save(changed)
    if what:
        tx.incidents.judged(incident.id, after, act.person.id, act.at)
        _tell_change(tx, act, changed, what)
    clocks.keep(tx, act, tx.incidents.get(incident.id))
    if changed.state == "open":
        follow(tx, act, incident.standing, changed, spared)
        scenario_tasks.follow(tx, act, tx.incidents.get(incident.id))
    tx.cards.want_again("incident", incident.id, loud=bool(what) or changed.is_secret)
    return Rejudged(brief(tx, tx.incidents.get(incident.id)), what)


def decided(
    tx: Transaction, act: Act, incident: Incident, serious: bool, leader: Person | None = None
) -> Incident:
    """A named leader's word on "nghiêm trọng theo Kế hoạch": it stands over the proposal.

    `leader`: whose word it is, where somebody else writes it down.
    """
    value = SeriousByPlan.CONFIRMED if serious else SeriousByPlan.REJECTED
    held = replace(incident.standing, serious_by_plan=value)
    changed = replace(incident, standing=held)
    tx.incidents.save(changed)
    by = leader or act.person
    tx.incidents.judged(incident.id, judge(tx, changed), by.id, act.at)
    facts = {"leader": leader.name} if leader else {}
    tx.record(f"incident/{incident.id}", "verdict.decided", serious=str(value), **facts)
    clocks.keep(tx, act, tx.incidents.get(incident.id))
    phases.decided(tx, act, tx.incidents.get(incident.id))
    _woken(tx, act, incident.standing, changed)
    tx.cards.want_again("incident", incident.id, loud=True)
    return changed


def undecided(tx: Transaction, act: Act, incident: Incident, other: bool | None) -> frozenset[int]:
    """A decision that its leader denies is taken back, and the rule's own value stands again.

    `other`: what another leader has decided and still stands by; None: nobody has. Who has begun
    a task that rests on it, and has to be told.
    """
    stands = {None: SeriousByPlan.NO, True: SeriousByPlan.CONFIRMED, False: SeriousByPlan.REJECTED}
    held = replace(incident.standing, serious_by_plan=stands[other])
    judged = judge(tx, replace(incident, standing=held))
    value = judged.serious_by_plan.value
    changed = replace(incident, standing=replace(held, serious_by_plan=value))
    tx.incidents.save(changed)
    tx.incidents.judged(incident.id, judged, act.person.id, act.at)
    tx.record(f"incident/{incident.id}", "verdict.undecided", serious=str(value))
    tx.cards.want_again("incident", incident.id)
    again = tx.incidents.get(incident.id)
    clocks.keep(tx, act, again)
    begun = phases.undecided(tx, again)
    if other is not None:
        phases.decided(tx, act, again)
    return begun


def follow(
    tx: Transaction,
    act: Act,
    before: Standing,
    incident: Incident,
    spared: frozenset[int] = frozenset(),
) -> None:
    """Pages and questions to leaders, as the new verdict demands them."""
    now = incident.standing
    if now.needs_response is not before.needs_response:
        match now.needs_response:
            case Needs.YES:
                tx.pages.close_all(incident.id, "verify")
                if not incident.lead_id:
                    paging.raise_page(tx, act, incident, "respond")
            case Needs.UNVERIFIED:
                if not incident.lead_id:  # nobody is called to answer what is to be verified first
                    tx.pages.close_all(incident.id, "respond")
                paging.raise_page(tx, act, incident, "verify")
            case Needs.NO:
                tx.pages.close_all(incident.id)
    _woken(tx, act, before, incident)
    if now.for_leaders and not before.for_leaders:
        ask_to_decide(tx, act, tx.incidents.get(incident.id), spared)


def _woken(tx: Transaction, act: Act, before: Standing, incident: Incident) -> None:
    """Nghiêm trọng only now: the page that stands is a serious one from here on."""
    page = tx.pages.of(incident.id)
    if incident.standing.is_serious and not before.is_serious and page and page.kind == "respond":
        paging.turned_serious(tx, act, page)


def _tell_change(
    tx: Transaction, act: Act, incident: Incident, what: tuple[tuple[str, str, str], ...]
) -> None:
    concerned = {person.id for person in duties(tx, incident)}
    concerned |= {incident.lead_id, incident.reporter_id} - {0}
    facts = {"changes": [list(change) for change in what], "by": act.person.name}
    tx.notices.add(
        (
            Notice("verdict.changed", to=who, incident=incident.id, facts=facts)
            for who in sorted(concerned - act.person.ids)
        ),
        act.at,
    )
