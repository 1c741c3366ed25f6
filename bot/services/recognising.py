"""What the reporter's words point to: worked out when it is shown, never kept, never decided.

The reporter is not asked for a cause (words.md §3); whoever takes or verifies the incident is
shown what it may be, with the words that say so. Of a secret there are no words to look at.
"""

from collections.abc import Mapping, Sequence

from bot.domain.incident import Incident
from bot.domain.recognition import Recognised, recognise
from bot.domain.scenario_work import called
from bot.services.ports.incidents import Guess, Situation
from bot.services.ports.store import Transaction

NOTHING = Recognised((), {})


def guesses(tx: Transaction, incident: Incident) -> Sequence[Guess]:
    """The likeliest first, at most three."""
    found = ((one, situation_of(tx, incident, one.scenario)) for one in _read(tx, incident).found)
    return [Guess(situation, one.words) for one, situation in found if situation is not None]


def suggestions(tx: Transaction, incident: Incident) -> Mapping[str, object]:
    """For the question of each criterion: the answer that the words give, with them; and, weaker,
    the one that is usual in the confirmed scenario."""
    said = _read(tx, incident).suggested
    scenario = None if incident.is_secret else tx.scenarios.get(incident.scenario)
    usual = scenario.suggests if scenario else {}
    return {
        "suggested": {name: [str(one.answer), list(one.words)] for name, one in said.items()},
        "usual": {name: str(answer) for name, answer in usual.items()},
    }


def situation(tx: Transaction, incident: Incident) -> Situation | None:
    """As it is confirmed; of a secret it is not said."""
    if incident.is_secret:
        return None
    return situation_of(tx, incident, incident.scenario)


def situation_of(tx: Transaction, incident: Incident, scenario: str) -> Situation | None:
    """As the incident's plan calls it. None: there is no such playbook."""
    playbook = tx.scenarios.get(scenario)
    if playbook is None:
        return None
    name, inherited = called(tx.plans.of(incident), playbook)
    return Situation(scenario, name, playbook.english, inherited, playbook)


def _read(tx: Transaction, incident: Incident) -> Recognised:
    if tx.lexicon is None or not incident.told:
        return NOTHING
    return recognise(incident.told, tx.lexicon)
