"""One screen for each thing that a step hands back."""

from collections.abc import Callable
from typing import Any

from bot.domain.form import Draft
from bot.domain.people import Act
from bot.services import (
    contact_outcomes,
    file_outcomes,
    outcomes,
    power_outcomes,
    scenario_outcomes,
)
from bot.services.desk import Done
from bot.services.ports.dialogs import Ears
from bot.views import (
    channels,
    clocks,
    confirming,
    contacts,
    files,
    form,
    holding,
    incidents,
    leaders,
    paging,
    people,
    playbooks,
    scenarios,
    steps,
    tasks,
)
from bot.views.hearing import answers, task_words
from bot.views.screen import Screen
from bot.views.typed import typed
from bot.views.voice import Voice, voice_of

SCREENS: dict[type, Callable[[Any, Voice], Screen]] = {
    Draft: form.question,
    outcomes.Reported: incidents.reported,
    outcomes.Rejudged: incidents.rejudged,
    outcomes.Taken: paging.taken,
    outcomes.PassedOn: paging.passed_on,
    outcomes.AskedBack: paging.asked_back,
    outcomes.Which: paging.which,
    outcomes.Escalated: leaders.escalated,
    outcomes.Directed: leaders.directed,
    outcomes.WrittenDown: confirming.written_down,
    outcomes.Confirmation: confirming.confirmation,
    outcomes.TaskShown: tasks.shown,
    outcomes.TaskList: tasks.listed,
    outcomes.Advanced: tasks.advanced,
    scenario_outcomes.Confirmed: scenarios.confirmed,
    scenario_outcomes.PlaybookPage: playbooks.page,
    outcomes.Ended: incidents.ended,
    power_outcomes.PowerUsed: steps.power_used,
    power_outcomes.Speaker: steps.speaker,
    outcomes.Deadlines: clocks.listed,
    contact_outcomes.Directory: contacts.listed,
    outcomes.Menu: people.menu,
    outcomes.Guide: people.guide,
    outcomes.Choose: incidents.choose,
    outcomes.Joined: people.joined,
    outcomes.Spoken: people.spoken,
    outcomes.Channels: channels.shown,
    outcomes.LinkCode: channels.link_code,
    outcomes.Linked: channels.linked,
    outcomes.TestAnswered: people.test_answered,
    outcomes.WhoHolds: holding.who,
    outcomes.Held: holding.held,
    outcomes.Invited: people.invited,
    outcomes.Bound: people.bound,
    outcomes.Board: incidents.board,
    outcomes.Story: incidents.story,
    file_outcomes.Kept: files.kept,
    file_outcomes.WhichFile: files.which,
    file_outcomes.Discarded: files.discarded,
    file_outcomes.UploadPage: files.upload_page,
    file_outcomes.FileList: files.listed,
    file_outcomes.HandedOut: files.handed_out,
}
EARS = Ears(
    move=form.hear,
    taking=answers.taking,
    numbered=answers.incident_number,
    number=answers.number,
    choice=answers.choice,
    task=task_words.task_code,
    command=answers.command,
    item=people.item,
    opinion=leaders.heard,
    confirming=answers.confirming,
)


def screen(done: Done[Any], act: Act) -> Screen:
    """In the language of whoever did it, for the chat where it was done."""
    voice = voice_of(act, done.person.language)
    drawn = SCREENS[type(done.value)](done.value, voice)
    return typed(holding.signed(drawn, done.person, voice), voice)
