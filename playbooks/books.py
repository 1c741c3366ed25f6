"""Everything that the program works by, loaded at once."""

from bot.services.ports.books import Books
from playbooks.calendars import load_holidays
from playbooks.law_files import load_regimes
from playbooks.lexicon_file import load_lexicon
from playbooks.loader import load_plans, load_texts, make_plan
from playbooks.scenario_files import load_scenarios


def load_books(plans_only: bool = False) -> Books:
    """Raises BadData, with every fault of the first kind of file that has one.

    `plans_only`: for a command that says nothing to anybody; the rest takes a second to read.
    """
    plans = (load_plans(), load_texts(), make_plan)
    if plans_only:
        return Books(*plans)
    kinds = (load_scenarios(), load_regimes(), load_lexicon())
    return Books(*plans, *kinds, load_holidays())
