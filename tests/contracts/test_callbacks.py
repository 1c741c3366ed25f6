"""Callback data: every button that can be drawn fits, and no two kinds share a prefix."""

import inspect
from itertools import product
from typing import get_args

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.domain.agency import Agency
from bot.domain.direction import ANSWERED, UNWRITTEN
from bot.domain.duty_forms import NO_RETURN, NOBODY_ACTS, TASKS_GO, TASKS_STAY
from bot.domain.form import Do
from bot.domain.forms import FORMS, OTHER
from bot.domain.people import Role
from bot.domain.scenario import GROUPS
from bot.domain.scenario_forms import ANOTHER, UNKNOWN
from bot.domain.step_forms import ASKED, GENERAL_OPTIONS, IN_WORDS, NOTHING
from bot.domain.support_forms import HELP, NOT_YET, REQUEST_FIRST, SPOKEN
from bot.services.joining import ANYBODY
from bot.views import callbacks
from bot.views.callbacks import Choice, Hold, Nav
from handlers.holding import PRESSES
from playbooks.agency_file import load_agency
from playbooks.loader import load_plans
from tests.contracts.tracked import ROOT

MOST = 64  # bytes; the platform takes no more
LONGEST = "x" * 24  # an id of a plan, a step, a unit, a system
BIG, VERSION = 10**12, 10**4
SHIFT = f"s99_{10**9}"  # of a roster, from a minute on
KINDS = [
    kind
    for _, kind in inspect.getmembers(callbacks, inspect.isclass)
    if issubclass(kind, CallbackData) and kind is not CallbackData
]
LISTED = {
    "reports": ["9" * 9],
    "systems": [LONGEST, OTHER],
    "units": [LONGEST],
    "roles": [*Role],
    "people": [LONGEST, ANYBODY],
    "candidates": [str(BIG)],
    "to_whom": ["next", "leader", "steering"],
    "contacts": [LONGEST],
    "bodies": [LONGEST],
    "helps": [*HELP],
    "ways": [*SPOKEN, REQUEST_FIRST, NOT_YET],
    "waiting": [str(BIG)],
    "leaders": [str(BIG)],
    "shifts": [SHIFT],
    "partners": [str(BIG)],
    "returns": [NO_RETURN, SHIFT],
    "rosters": [LONGEST],
    "covers": [str(BIG)],
    "absentees": [str(BIG)],
    "stand_ins": [NOBODY_ACTS, str(BIG)],
    "receivers": [str(BIG)],
    "tasks_choice": [TASKS_GO, TASKS_STAY],
    "response_options": [*GENERAL_OPTIONS, "option_99"],
    "choosers": [str(BIG), *ASKED],
    "convening": ["not_now", "convene"],
    "speakers": ["nobody_yet", str(BIG)],
    "powers": [NOTHING, *IN_WORDS],
    "likely": [LONGEST, ANOTHER, UNKNOWN],
    "groups": [*GROUPS, LONGEST, UNKNOWN],
    **{group: [LONGEST, UNKNOWN] for group in GROUPS},
    "directions": [*(answer for answers in ANSWERED.values() for answer in answers), UNWRITTEN],
}


def values(kind: type[CallbackData]) -> list[dict[str, object]]:
    """Every combination of what its fields may hold, numbers at their largest."""
    fields: dict[str, list[object]] = {}
    for name, field in kind.model_fields.items():
        number = VERSION if name == "version" else BIG
        choices: list[object] = list(get_args(field.annotation))
        fields[name] = choices or [LONGEST if field.annotation is str else number]
    return [dict(zip(fields, each, strict=True)) for each in product(*fields.values())]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_every_button_fits_and_is_read_again(kind: type[CallbackData]) -> None:
    for each in values(kind):
        drawn = kind(**each)
        packed = drawn.pack()
        assert len(packed.encode()) <= MOST
        assert kind.unpack(packed) == drawn


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_every_option_of_every_form_fits(form: object) -> None:
    for step in form.steps:  # type: ignore[attr-defined]
        for option in (*step.options, *LISTED.get(step.listed, ()), step.id):
            packed = Choice(draft=BIG, version=VERSION, value=str(option)).pack()
            assert len(packed.encode()) <= MOST, option
            assert Choice.unpack(packed).value == str(option)
        assert not step.listed or step.listed in LISTED, f"{step.id}: what may {step.listed} hold?"


def test_what_the_sample_lists_fits() -> None:
    agency: Agency = load_agency(ROOT / "playbooks" / "samples" / "agency.yaml", load_plans())
    named = (*agency.units, *agency.people, *agency.systems)
    assert max(len(one.id) for one in named) <= len(LONGEST)
    assert not any(":" in one.id for one in named)


def test_every_way_through_a_form_has_its_button() -> None:
    without = {"answer"}  # the options themselves
    assert set(get_args(Nav.model_fields["do"].annotation)) == set(get_args(Do)) - without


def test_every_button_can_wait_until_a_shared_telephone_has_a_name() -> None:
    assert set(KINDS) - {Hold} == PRESSES.keys()


def test_prefixes_are_short_and_each_has_its_own() -> None:
    prefixes = [kind.__prefix__ for kind in KINDS]
    assert len(prefixes) == len(set(prefixes)) >= 5
    assert all(len(prefix) <= 2 for prefix in prefixes)
