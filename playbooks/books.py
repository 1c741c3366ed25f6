"""Everything that the program works by, loaded at once."""

from bot.services.ports.books import Books
from playbooks.law_files import load_regimes
from playbooks.lexicon_file import load_lexicon
from playbooks.loader import load_plans, load_texts, make_plan
from playbooks.scenario_files import load_scenarios


def load_books() -> Books:
    """Raises BadData, with every fault of the first kind of file that has one."""
    plans = (load_plans(), load_texts(), make_plan)
    return Books(*plans, load_scenarios(), load_regimes(), load_lexicon())
