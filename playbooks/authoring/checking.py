"""Checks one data file, whatever it is: a plan, a scenario, a regime of law, an agency's file.

Every fault comes at once; what is good is told in one line.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.domain.playbook import Plan
from playbooks.agency_file import load_agency
from playbooks.authoring import wording
from playbooks.authoring.sources import sources
from playbooks.errors import BadData
from playbooks.law_files import load_regime
from playbooks.loader import load_plan
from playbooks.reading import read
from playbooks.scenario_files import load_scenario

# What only a file of this kind has at its top.
SIGNS = {"agency": {"units", "people"}, "scenario": {"signs", "never"}, "law": {"deadlines"}}


def kind_of(path: Path) -> str:
    """ "plan" where nothing speaks for another kind. Raises BadData: it cannot be read at all."""
    document = read(path)
    if not isinstance(document.data, dict):
        raise BadData(document.faults)
    has = set(document.data)
    return next((kind for kind, signs in SIGNS.items() if signs & has), "plan")


def check(path: Path, today: date, plans: Mapping[str, Plan]) -> str:
    """One line about a good file. Raises BadData, with every fault."""
    match kind_of(path):
        case "agency":
            agency = load_agency(path, plans, today)
            people, units = len(agency.people), len(agency.units)
            return f"{agency.name}: tệp cơ quan đúng; {units} đơn vị, {people} người."
        case "scenario":
            scenario = load_scenario(path)
            return f"{scenario.name}: kịch bản đúng; {len(scenario.jobs)} việc."
        case "law":
            regime = load_regime(path)
            return f"{regime.name}: chế độ đúng; {len(regime.deadlines)} thời hạn."
    plan, _, _ = load_plan(path, today)
    return summary(plan)


def summary(plan: Plan) -> str:
    """What an administrator should know of a plan that is right in form."""
    ended = [one for one in plan.functions.values() if one.ended and not one.successor]
    every = [source for part in sources(plan).values() for source in part]
    inherited = sum(source.inherited_from is not None for source in every)
    own = [source for source in every if source.inherited_from is None]
    doubtful = sum(source.status != "confirmed" for source in own)
    said = [
        f"{len(plan.steps)} bước, {len(plan.duties)} nhiệm vụ",
        f"{len(ended)} đơn vị không còn và chưa xác định đơn vị kế thừa" if ended else "",
        f"{inherited} mục theo gói nền" if inherited else "không mục nào theo gói nền",
        f"{doubtful} mục {wording.CONFIRM}" if doubtful else "",
        f"{len(plan.notes)} ghi chú chỗ văn bản thiếu, mâu thuẫn" if plan.notes else "",
    ]
    return f"{plan.short}: tệp kế hoạch đúng; {'; '.join(filter(None, said))}."
