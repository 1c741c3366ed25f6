"""What a step hands back of a tình huống, with the longest playbooks and the worst names."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from bot.domain.playbook_pages import choices, leaves
from bot.domain.scenario import Scenario
from bot.domain.task import State
from bot.services import outcomes, scenario_outcomes
from bot.services.ports.incidents import Brief, Guess, Situation
from bot.services.ports.tasks import Sheet
from playbooks.scenario_files import load_scenarios
from tests.views.task_values import sheet, task, worked
from tests.views.values import EVIL, MINH, NOON, brief, page


@cache
def playbooks() -> dict[str, Scenario]:
    return dict(load_scenarios())


def situation(id_: str = "ma_hoa", inherited: bool = False) -> Situation:
    book = playbooks()[id_]
    return Situation(id_, f"{book.name} {EVIL}", book.english, inherited, book)


def confirmed(one: Situation | None = None, about: Brief | None = None) -> Brief:
    return replace(about or worked(), situation=one or situation())


def asked_for(job: str = "rut_mang", state: State = "open", why: str = "scenario") -> Sheet:
    """A task of the playbook."""
    one = situation()
    named = {"step": f"ma_hoa.{job}", "name": f"Rút mạng {EVIL}"}
    fresh = task(state, kind="scenario", why=why, **named)
    return sheet(fresh, confirmed(one), job=one.playbook.job(job), situation=one)


def guesses() -> list[Guess]:
    words = (f"doi tien {EVIL}", "mo khong duoc", "chu tieng anh")
    return [Guess(situation(id_), words) for id_ in ("ma_hoa", "pha_hoai", "loi_he_thong")]


def every_page(id_: str, whole: bool = True) -> Iterator[scenario_outcomes.PlaybookPage]:
    about = confirmed(situation(id_), worked())
    pages = leaves(playbooks()[id_], whole)
    for place, leaf in enumerate(pages):
        ways = [(to, pages[to]) for to in choices(pages, place)]
        yield scenario_outcomes.PlaybookPage(about, leaf, ways)


def of_scenarios() -> Iterator[object]:
    tasks = [asked_for(), asked_for("ho_so_giay")]
    for one in (situation(), situation("thien_tai", inherited=True)):
        for about in (worked(), brief(lead=MINH)):
            known = confirmed(one, about)
            yield scenario_outcomes.Confirmed(known, tasks, told=True)
            yield scenario_outcomes.Confirmed(known)
            yield scenario_outcomes.Confirmed(known, changed=False)
    yield from (scenario_outcomes.Confirmed(worked(), changed=changed) for changed in (True, False))
    for id_ in playbooks():
        yield from every_page(id_)
        yield from every_page(id_, whole=False)
    pages = leaves(playbooks()["ma_hoa"], whole=True)
    one = situation()
    for book in (
        replace(one.playbook, reviewed=None),
        replace(one.playbook, tested=date(2026, 11, 2)),
    ):
        yield scenario_outcomes.PlaybookPage(confirmed(replace(one, playbook=book)), pages[0])
    yield from (scenario_outcomes.PlaybookPage(worked(), may_choose=may) for may in (True, False))
    for kind in ("respond", "verify"):
        taken = outcomes.Taken(brief(lead=MINH), page(kind), MINH, NOON, mine=True, first=True)
        yield replace(taken, likely=guesses())
        yield replace(taken, brief=confirmed(about=brief(lead=MINH)))
    states: tuple[State, ...] = ("open", "taken", "done")
    shown = [asked_for(state=state) for state in states]
    shown += [asked_for("ho_so_giay", state, why="loop") for state in states]
    shown += [sheet(task(kind="scenario", step="ma_hoa.gone"))]
    yield from (outcomes.TaskShown(one_task, ()) for one_task in shown)
    yield outcomes.Story(confirmed(), [], {}, NOON, whole=False)
    yield outcomes.Board([confirmed()], [], NOON)
