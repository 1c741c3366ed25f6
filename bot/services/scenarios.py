"""Use cases of the tình huống: a responder says which one it is, and what follows from that."""

from dataclasses import replace

from bot.domain.errors import Closed, OfASecret, Outdated
from bot.domain.form import Draft
from bot.domain.incident import Incident
from bot.domain.notice import Notice
from bot.domain.people import Act, Verb
from bot.domain.scenario import GROUPS
from bot.domain.scenario_forms import SCENARIO, chosen, lists
from bot.services import scenario_tasks
from bot.services.briefing import brief
from bot.services.drafting import open_form
from bot.services.ports.incidents import Situation
from bot.services.ports.store import Transaction
from bot.services.recognising import guesses, situation, situation_of
from bot.services.scenario_outcomes import Confirmed
from bot.services.sheets import sheets


def begin(tx: Transaction, act: Act, number: int) -> Draft:
    """Tình huống gì: the likeliest with the words that say so, then the plan's whole list."""
    incident = tx.incidents.get(number)
    act.require(Verb.VERIFY, incident)
    _open_to_words(incident)
    likely = guesses(tx, incident)
    groups: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
    for scenario in tx.scenarios.values():
        found = situation_of(tx, incident, scenario.id)
        if found is not None:
            groups[scenario.group].append((scenario.id, _named(found, act)))
    now = situation(tx, incident)
    context = {
        "number": number,
        "now": incident.scenario,
        "now_name": _named(now, act) if now else "",
        "because": {one.situation.id: list(one.words) for one in likely},
        **lists([(one.situation.id, _named(one.situation, act)) for one in likely], groups),
    }
    return open_form(tx, act, SCENARIO, number, context=context)


def confirm(tx: Transaction, act: Act, draft: Draft) -> Confirmed:
    """Its tasks open, and the reporter hears what to do; "chưa rõ" takes it back.

    Outdated: somebody else has confirmed another one since the question was drawn.
    """
    incident = tx.incidents.get(draft.about)
    act.require(Verb.VERIFY, incident)
    _open_to_words(incident)
    scenario = chosen(draft)
    if scenario == incident.scenario:
        return Confirmed(brief(tx, incident), changed=False)
    if draft.context["now"] != incident.scenario:
        raise Outdated(incident.id, chain=f"incident/{incident.id}")
    tx.incidents.save(replace(incident, scenario=scenario))
    incident = tx.incidents.get(incident.id)
    said = situation(tx, incident)
    names = {"name": said.name, "english": said.english} if said else {}
    chain = f"incident/{incident.id}"
    if said:
        tx.record(chain, "incident.scenario", scenario=scenario, **names)
    else:
        tx.record(chain, "incident.no_scenario")
    opened = scenario_tasks.follow(tx, act, incident, act.person.id)
    told = _tell_reporter(tx, act, incident) if said else False
    tx.cards.want_again("incident", incident.id, loud=True)
    seen = [task for task in opened if not task.confidential]
    return Confirmed(brief(tx, incident), sheets(tx, seen), told=told)


def _tell_reporter(tx: Transaction, act: Act, incident: Incident) -> bool:
    """What to do in the first ten minutes; who has reported for somebody else is not there."""
    if incident.source or incident.reporter_id in act.person.ids:
        return False
    facts = {"by": act.person.name}
    told = Notice("scenario.first", incident.reporter_id, None, incident.id, facts=facts)
    tx.notices.add([told], act.at)
    return True


def _open_to_words(incident: Incident) -> None:
    """Closed, OfASecret."""
    if incident.state == "closed":
        raise Closed(incident.id, number=incident.id)
    if incident.is_secret:
        raise OfASecret(incident.id, code=incident.code)


def _named(one: Situation, act: Act) -> str:
    """As an option is labelled for whoever fills in the form."""
    return one.english if act.person.language == "en" else one.name[:1].upper() + one.name[1:]
