"""Use cases of the legal clocks (thời hạn báo cáo): started by the verdicts, from detection.

Each is settled by whoever says that the report was sent, and reminded of until then, whether or
not the incident has ended.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.form import Draft
from bot.domain.incident import Incident
from bot.domain.law import (
    NOT_SAID,
    Clock,
    Deadline,
    Kind,
    Personal,
    Regime,
    first_reminder,
    next_reminder,
    triggers,
    wanted,
)
from bot.domain.law_forms import PERSONAL, SENT_REPORT
from bot.domain.notice import Notice
from bot.domain.people import WATCHERS, Act, Verb, may
from bot.domain.rule import Answer
from bot.domain.severity import Needs
from bot.services.briefing import brief, legal
from bot.services.drafting import open_form
from bot.services.opening import in_charge
from bot.services.outcomes import Deadlines
from bot.services.ports.incidents import Legal
from bot.services.ports.store import Transaction
from bot.services.telling import duties

HERE = ZoneInfo("Asia/Ho_Chi_Minh")  # a law begins and ends with a Vietnamese day
DATA = "vn_data"  # asked for by the answer about people's data, whatever the plan names


def keep(tx: Transaction, act: Act, incident: Incident) -> None:
    """What the law starts now runs from detection; what is not asked for any more stops."""
    known = {(clock.regime, clock.report): clock for clock in tx.clocks.of(incident.id)}
    now = {(regime.id, one.id): one for regime, one in _wanted(tx, incident)}
    began = incident.since.at if incident.since else incident.reported_at
    for key, deadline in now.items():
        clock = known.get(key)
        fresh = Clock(0, incident.id, *key, began, deadline.due(began))
        if clock is None:
            tx.clocks.add(replace(fresh, remind_at=first_reminder(fresh, act.at)))
        elif clock.state == "dropped" or (clock.runs and clock.began_at != began):
            again = replace(fresh, id=clock.id, version=clock.version)
            tx.clocks.save(replace(again, remind_at=first_reminder(again, act.at)))
        else:
            continue
        _log(tx, incident, "clock.started", key)
    for key, clock in known.items():
        if key not in now and clock.runs:
            tx.clocks.save(replace(clock, state="dropped", settled_at=act.at, remind_at=None))
            _log(tx, incident, "clock.dropped", key)


def listed(tx: Transaction, act: Act, number: int) -> Deadlines:
    """/thoihan 12: what runs, what was sent, to whom, and by which article."""
    incident = tx.incidents.get(number)
    act.require(Verb.SEE, incident)
    shown = legal(tx, incident)
    running = any(one.clock.runs for one in shown)
    marks = act.person.holds(WATCHERS)  # the table shows them, but never to an official
    settles = running and may(act.person, Verb.SETTLE, incident)
    return Deadlines(brief(tx, incident), shown, act.at, marks, settles)


def recipients(tx: Transaction, incident: Incident) -> Sequence[str]:
    """To whom the reports that run now have to go, as the law names them, each once."""
    running = [one.deadline for one in legal(tx, incident) if one.clock.runs]
    return tuple(dict.fromkeys(name for deadline in running for name in deadline.to))


def reported(
    tx: Transaction, act: Act, incident: Incident, kinds: Collection[Kind], paper: str = ""
) -> int:
    """Whoever does the step of reporting says that it was sent; how many clocks that settles."""
    sent = [one for one in legal(tx, incident) if one.clock.runs and one.deadline.kind in kinds]
    for one in sent:
        _settle(tx, act, incident, one, paper)
    return len(sent)


def begin_sent(tx: Transaction, act: Act, number: int) -> Draft | Deadlines:
    """Which report was sent? With nothing that runs the list says so."""
    incident = tx.incidents.get(number)
    act.require(Verb.SETTLE, incident)
    running = [one for one in legal(tx, incident) if one.clock.runs]
    if not running:
        return listed(tx, act, number)
    context = {
        "number": number,
        "secret": incident.is_secret,
        "reports": [[str(one.clock.id), one.deadline.name] for one in running],
        "en": {"reports": [[str(one.clock.id), one.deadline.english] for one in running]},
    }
    return open_form(tx, act, SENT_REPORT, number, context=context)


def sent(tx: Transaction, act: Act, draft: Draft) -> Deadlines:
    """The first word stands: what somebody else has settled meanwhile is shown."""
    incident = tx.incidents.get(draft.about)
    act.require(Verb.SETTLE, incident)
    for one in legal(tx, incident):
        if str(one.clock.id) == draft.answers["which"] and one.clock.runs:
            _settle(tx, act, incident, one, draft.answers.get("paper", ""))
    return listed(tx, act, incident.id)


def asks_data(incident: Incident) -> bool:
    """Nobody has said yet whether people's data are exposed, and it is no small thing."""
    needed = incident.standing.needs_response is Needs.YES
    return needed and incident.personal == NOT_SAID and incident.state == "open"


def begin_personal(tx: Transaction, act: Act, number: int) -> Draft:
    """Dữ liệu cá nhân: asked of who verifies or leads, again whenever more is known."""
    incident = tx.incidents.get(number)
    act.require(Verb.VERIFY, incident)
    return open_form(tx, act, PERSONAL, number, context={"number": number})


def personal(tx: Transaction, act: Act, draft: Draft) -> Deadlines:
    """Luật 91/2025: the clocks of the data-protection law run from detection, too."""
    incident = tx.incidents.get(draft.about)
    act.require(Verb.VERIFY, incident)
    kind = draft.answers.get("data_kind")
    said = Personal(
        Answer(draft.answers["exposed"]),
        draft.answers.get("how_many", ""),
        (kind,) if kind else (),
    )
    tx.incidents.save(replace(incident, personal=said))
    facts = {"exposed": str(said.exposed), "count": said.count, "kinds": list(said.kinds)}
    tx.record(f"incident/{incident.id}", "incident.personal", **facts)
    keep(tx, act, tx.incidents.get(incident.id))
    tx.cards.want_again("incident", incident.id)
    return listed(tx, act, incident.id)


def remind(tx: Transaction, act: Act) -> int:
    """What falls due is said to who leads the response and to the duty officers; how many."""
    act.require(Verb.SWEEP)
    due = tx.clocks.due(act.at)
    for clock in due:
        incident = tx.incidents.get(clock.incident_id)
        whom = {*in_charge(tx, incident), *(person.id for person in duties(tx, incident))}
        facts = {"regime": clock.regime, "report": clock.report}
        notice = Notice("clock.due", incident=incident.id, facts=facts)
        tx.notices.add((replace(notice, to=who) for who in sorted(whom)), act.at)
        tx.clocks.save(replace(clock, remind_at=next_reminder(clock, act.at)))
        _log(tx, incident, "clock.reminded", (clock.regime, clock.report))
        tx.cards.want_again("incident", incident.id)
    return len(due)


def _settle(tx: Transaction, act: Act, incident: Incident, one: Legal, paper: str) -> None:
    settled = replace(one.clock, state="sent", settled_at=act.at, person_id=act.person.id)
    tx.clocks.save(replace(settled, remind_at=None))
    facts = {"regime": one.regime.id, "report": one.deadline.id, "paper": paper}
    called = {"name": one.deadline.name, "english": one.deadline.english}
    tx.record(f"incident/{incident.id}", "clock.sent", **facts, **called)
    tx.cards.want_again("incident", incident.id)


def _wanted(tx: Transaction, incident: Incident) -> Iterator[tuple[Regime, Deadline]]:
    names = dict.fromkeys((*tx.plans.of(incident).regimes, *_chosen(tx), DATA))
    regimes = [tx.regimes[name] for name in names if name in tx.regimes]
    now = incident.standing
    started = triggers(
        now.needs_response,
        now.serious_by_law,
        now.serious_by_plan,
        incident.answers,
        incident.personal,
    )
    began = incident.since.at if incident.since else incident.reported_at
    yield from wanted(regimes, started, began.astimezone(HERE).date())


def _chosen(tx: Transaction) -> tuple[str, ...]:
    """Regimes that this deployment runs beside those that its plans name."""
    agency = tx.agencies.current()
    return agency.regimes if agency else ()


def _log(tx: Transaction, incident: Incident, kind: str, key: tuple[str, str]) -> None:
    regime, report = key
    deadline = tx.regimes[regime].deadline(report) if regime in tx.regimes else None
    called = {"name": deadline.name, "english": deadline.english} if deadline else {"name": report}
    facts = {"regime": regime, "report": report, **called}
    match kind:
        case "clock.started":
            tx.record(f"incident/{incident.id}", "clock.started", **facts)
        case "clock.dropped":
            tx.record(f"incident/{incident.id}", "clock.dropped", **facts)
        case _:
            tx.record(f"incident/{incident.id}", "clock.reminded", **facts)
