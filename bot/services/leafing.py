"""Use cases of the playbook (kịch bản ứng cứu) of an incident, read page by page."""

from bot.domain.errors import OfASecret
from bot.domain.people import WATCHERS, Act, Verb, may
from bot.domain.playbook_pages import choices, leaves
from bot.services.briefing import brief
from bot.services.ports.dialogs import Prompt
from bot.services.ports.store import Transaction
from bot.services.recognising import situation
from bot.services.scenario_outcomes import PlaybookPage


def turn(tx: Transaction, act: Act, number: int, place: int = 0) -> PlaybookPage:
    """One page. Whoever is no part of the response is shown only what to do at once.

    OfASecret: which playbook it is would say something.
    """
    incident = tx.incidents.get(number)
    act.require(Verb.SEE, incident)
    if incident.is_secret:
        raise OfASecret(number, code=incident.code)
    about = situation(tx, incident)
    if about is None:
        may_choose = may(act.person, Verb.VERIFY, incident)
        return PlaybookPage(brief(tx, incident), may_choose=may_choose)
    pages = leaves(about.playbook, act.person.holds(WATCHERS, incident.scope))
    place = place if 0 <= place < len(pages) else 0  # of a playbook that was longer
    if act.private:  # a number typed now is one of its buttons
        prompt = Prompt("playbook", number, place)
        tx.prompts.asked(act.chat, act.person.id, prompt, act.at)
        tx.record(f"person/{act.person.id}", "playbook.shown", number=number, place=place)
    ways = tuple((to, pages[to]) for to in choices(pages, place))
    return PlaybookPage(brief(tx, incident), pages[place], ways)


def picked(tx: Transaction, act: Act, prompt: Prompt, number: int) -> PlaybookPage | None:
    """A number typed for one of the buttons of the page that was shown last."""
    ways = turn(tx, act, prompt.subject, prompt.version).ways
    return turn(tx, act, prompt.subject, ways[number - 1][0]) if number <= len(ways) else None
