"""Whatever a step hands back can be shown: in each language, within limits, with nobody's HTML."""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import get_args

import pytest

from bot.domain.form import Draft
from bot.domain.people import DOERS, Act, Identity, Post, Role
from bot.services import outcomes
from bot.services.desk import Done
from bot.services.outcomes import Outcome, Story, Wants
from bot.services.people_outcomes import Bound, Chosen
from bot.services.ports.incidents import Brief
from bot.views import cards
from bot.views.outcomes import SCREENS, screen
from bot.views.people import COMMANDS, allowed, commands
from bot.views.screen import Screen, plain
from bot.views.voice import Voice
from bot.views.words import LANGUAGES
from tests.views.contact_values import contact_outcomes
from tests.views.duty_values import duty_outcomes
from tests.views.file_values import file_outcomes
from tests.views.law_values import law_outcomes, with_clocks
from tests.views.readiness_values import readiness_outcomes
from tests.views.roster_values import roster_outcomes
from tests.views.scenario_values import of_scenarios
from tests.views.step_values import step_outcomes, step_sheets, stepped
from tests.views.support_values import figure_outcomes, support_outcomes
from tests.views.task_values import finished, task_outcomes, worked
from tests.views.values import EVERYTHING, EVIL, NOON, briefs, every_outcome, person

ACT = Act(Identity("telegram", "1", "2"), NOON, "telegram:1:2")
OURS = {"b", "i", "code"}
each_language = pytest.mark.parametrize("language", LANGUAGES)


class Marks(HTMLParser):
    """The tags of a text; an unknown or unclosed one is a fault."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()
        self.faults += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OURS or attrs:
            self.faults.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"/{tag}")


def held(shown: Screen) -> None:
    """What every screen holds to."""
    assert Marks(shown.text).faults == []
    assert 0 < len(plain(shown.text)) <= 4096
    assert "{" not in shown.text
    assert EVIL not in shown.text
    markup = shown.markup()
    buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
    assert len(buttons) <= 100
    for button in buttons:
        assert button.text
        assert len((button.callback_data or "").encode()) <= 64


def everything() -> Iterator[object]:
    yield from (*every_outcome(), *task_outcomes(), *file_outcomes(), *of_scenarios())
    yield from (*contact_outcomes(), *law_outcomes(), *step_outcomes(), *duty_outcomes())
    yield from (*readiness_outcomes(), *roster_outcomes())
    yield from (*support_outcomes(), *figure_outcomes())
    yield from (outcomes.TaskShown(one, ()) for one in step_sheets())
    yield stepped()
    yield from (outcomes.Story(one, [], {}, NOON, whole=False) for one in (worked(), finished()))


def screens(language: str) -> Iterator[tuple[object, Screen]]:
    reader = replace(person(1), language=language)
    for outcome in everything():
        yield outcome, screen(Done(outcome, reader), ACT)


def test_there_is_a_screen_for_every_outcome() -> None:
    assert set(SCREENS) == set(get_args(Outcome)) - {Wants, Chosen}
    assert {type(outcome) for outcome in everything()} == set(SCREENS)


@each_language
def test_every_outcome_is_shown(language: str) -> None:
    for outcome, shown in screens(language):
        try:
            held(shown)
        except AssertionError as fault:
            raise AssertionError(f"{outcome!r}\n{shown.text}") from fault


@each_language
def test_every_card_is_shown(language: str) -> None:
    voice = Voice(language, NOON)
    for brief in (*briefs(), worked(), finished(), with_clocks(worked())):
        for again in (True, False):
            shown = cards.incident(brief, NOON, again, voice)
            held(shown)
            assert (voice.plain("paging.again") in shown.text) == again
            assert "0905" not in shown.text  # telephone numbers: never in a room


def test_the_words_of_people_come_through_unharmed() -> None:
    said = {type(outcome): plain(shown.text) for outcome, shown in screens("vi")}
    assert EVIL in said[Bound]
    assert EVIL in said[Story]
    assert EVIL in plain(cards.incident(briefs()[0], NOON, False, Voice("vi", NOON)).text)


def test_plain_takes_our_marks_away_and_nothing_of_theirs() -> None:
    voice = Voice("vi", NOON)
    shown = voice.say("report.offer", told=EVIL, phone="1 < 2 & 3 > 2")
    assert plain(shown).startswith(f"“{EVIL}”\n")
    assert "1 < 2 & 3 > 2" in plain(shown)
    assert plain("a <b>b</b> &lt;i&gt; c") == "a b <i> c"
    assert unescape(plain(shown)) == plain(shown)


@pytest.mark.parametrize("role", Role)
def test_the_menu_lists_only_what_a_role_may_do(role: Role) -> None:
    who = person(1, "anh Minh", Post(role, "doi"))
    assert set(allowed(who)) <= set(COMMANDS)
    assert {"report", "help"} <= set(allowed(who))
    assert ("invite" in allowed(who)) == (role is Role.ADMIN)
    assert ("escalate" in allowed(who)) == (role in (*DOERS, Role.DUTY))
    told = commands(who, Voice("vi", NOON))
    assert [c.command for c in told] == [COMMANDS[c][0] for c in allowed(who)]
    assert all(3 <= len(c.description) <= 256 for c in told)


def test_who_holds_no_post_may_do_nothing() -> None:
    assert allowed(person(1)) == ()
    # it is read already; nobody shares the telephone
    assert set(COMMANDS) - set(allowed(EVERYTHING)) == {"vietnamese", "holder"}


def test_where_a_secret_is_shown_there_are_no_words() -> None:
    for outcome, shown in screens("vi"):
        sheet = getattr(outcome, "sheet", None)
        brief = sheet.brief if sheet else getattr(outcome, "brief", None)
        if isinstance(brief, Brief) and brief.incident.is_secret:
            assert "đòi tiền" not in shown.text
            assert "Một cửa" not in shown.text
        if isinstance(outcome, Draft) and outcome.secret:
            assert "đòi tiền" not in shown.text
