"""What steps ask and what few decide, with the longest names and the worst words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args, get_type_hints

from bot.domain.timeline import Link, canonical
from bot.services import outcomes
from bot.services.ports.tasks import Sheet
from bot.services.power_outcomes import PowerUsed, Speaker
from tests.views.task_values import LONG, sheet, task
from tests.views.values import EVIL, NOON, briefs, secret

NAMES = [f"Đội Ứng cứu khẩn cấp sự cố an toàn thông tin mạng tỉnh {EVIL}", EVIL]
ANSWERS = {"how": f"đã xem {EVIL}", "verifier": EVIL, "found": "is_incident", "detail": EVIL}
BY: dict[str, Any] = {"by": LONG.name}
TEAM = {**BY, "team": NAMES}
ONE: list[Sheet] = [sheet(task("open"))]
# Each kind of notice with its facts, and the tasks that it names.
TOLD: dict[str, list[tuple[dict[str, Any], list[Sheet]]]] = {
    "tasks.no_successor": [({}, [sheet(missing=NAMES), sheet(missing=NAMES[:1])])],
    "step.not_verified": [({**BY, "who": EVIL, "how": "on_site"}, ONE)],
    "people.nominate": [(BY, [sheet(task("open", kind="nominate", step=""))])],
    "people.join": [(BY, [sheet(task("open", kind="join", step=""))])],
}
FACTS: dict[str, list[dict[str, Any]]] = {
    "team.convened": [TEAM],
    "team.convened_duty": [
        {**TEAM, "told": [[EVIL, "0905"]], "missing": []},
        {**TEAM, "told": [], "missing": NAMES},
    ],
    "spokesperson.assigned": [BY],
    "power.request_duty": [
        {**BY, "who": NAMES, "ask": "convene_team"},
        {**BY, "who": NAMES, "ask": f"assign_spokesperson/7/{EVIL}"},
        {**BY, "who": NAMES, "ask": EVIL},
    ],
    "people.join_missing": [{**BY, "missing": NAMES}],
    "people.nominated": [BY],
}
STEP = {"task": "12.3", "name": f"I.1 {EVIL}"}
# What stands in the timeline.
EVENTS: list[tuple[str, dict[str, Any]]] = [
    ("task.done", {**STEP, "result": "is_incident", "words": "", "answers": ANSWERS}),
    ("task.partly", {**STEP, "result": "some_not_yet", "answers": {"untold": EVIL}}),
    *(
        (f"incident.{kind}", {"who": EVIL, "how": how})
        for kind in ("verified", "not_verified", "false_alarm")
        for how in ("on_site", EVIL, "")
    ),
    ("leaders.asked_option", {"to": [EVIL], "ask": f"take_offline – {EVIL}", "minutes": 30}),
    ("power.requested", {"to": [EVIL], "ask": "convene_team"}),
    *(("power.used", {"power": "extend_team", "words": words}) for words in ("", EVIL)),
    ("team.convened", {"team": NAMES, "leader": EVIL}),
    ("team.not_convened", {"team": NAMES}),
    ("spokesperson.assigned", {"who": EVIL, "leader": EVIL}),
    ("spokesperson.none", {"who": EVIL}),
    ("people.nominated", {"who": EVIL, "unit": EVIL}),
]


def step_sheets() -> list[Sheet]:
    """Everything that the plan says of a step beside its text; and what was answered."""
    waits = {"waits_for": ["I.2"], "not_convened": NAMES[:1], "two_leads": NAMES}
    step = sheet().step
    assert step is not None
    asks = replace(step, condition=EVIL, evidence=f"thu thập chứng cứ {EVIL}")
    return [
        sheet(**waits, deciders=NAMES, step=asks),
        sheet(task("offered"), deciders=NAMES, step=asks),
        sheet(task("done", result="is_incident", answers=ANSWERS)),
        sheet(task("taken", answers={"found": "not_verified", "how": EVIL})),
        sheet(task("open"), secret(), step=asks),
        sheet(missing=NAMES),
        *(sheet(task("open", kind=kind, step="")) for kind in ("nominate", "join")),
    ]


def step_outcomes() -> Iterator[object]:
    for about in (briefs()[0], secret()):
        for did in get_args(get_type_hints(PowerUsed)["did"]):
            yield from (PowerUsed(about, did, NAMES, to) for to in ((), (LONG,)))
        yield Speaker(about, LONG, mine=True, deciders=NAMES)
        for speaker in (LONG, None):
            yield from (Speaker(about, speaker, False, who) for who in (NAMES, []))


def stepped() -> outcomes.Story:
    """The timeline with each event of the steps."""
    links = [
        Link("incident/12", n, "", kind, 2, "test", NOON, "", payload=canonical(facts))
        for n, (kind, facts) in enumerate(EVENTS, start=1)
    ]
    about = replace(briefs()[0], speaker=LONG)
    return outcomes.Story(about, links, {2: f"anh Minh {EVIL}"}, NOON, whole=True)
