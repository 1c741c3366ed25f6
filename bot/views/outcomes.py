"""One screen for each thing that a step hands back."""

from collections.abc import Callable
from typing import Any

from bot.domain.form import Draft
from bot.domain.people import Act
from bot.services import (
    contact_outcomes,
    duty_outcomes,
    figure_outcomes,
    file_outcomes,
    import_outcomes,
    outcomes,
    page_outcomes,
    people_outcomes,
    power_outcomes,
    readiness_outcomes,
    roster_outcomes,
    scenario_outcomes,
    support_outcomes,
)
from bot.services.desk import Done
from bot.services.ports.dialogs import Ears
from bot.views import (
    absences,
    call_list,
    channels,
    clocks,
    confirming,
    contacts,
    duty_table,
    figures,
    files,
    form,
    handovers,
    holding,
    importing_by_chat,
    incidents,
    leaders,
    paging,
    people,
    playbooks,
    quiet,
    readiness,
    rehearsal,
    rosters,
    rounds,
    scenarios,
    steps,
    still,
    supporting,
    swaps,
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
    page_outcomes.StillAtIt: still.answered,
    page_outcomes.StillUnclear: still.asked_back,
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
    support_outcomes.Asked: supporting.asked,
    figure_outcomes.Counted: figures.counted,
    figure_outcomes.PictureLink: figures.link,
    duty_outcomes.SwapShown: swaps.shown,
    duty_outcomes.CoverShown: swaps.cover,
    duty_outcomes.AbsenceShown: absences.shown,
    duty_outcomes.HandoverShown: handovers.shown,
    roster_outcomes.DutyWeek: rosters.shown,
    roster_outcomes.CallListFile: call_list.handed_out,
    import_outcomes.DutyTables: duty_table.table,
    import_outcomes.Awaiting: importing_by_chat.awaiting,
    import_outcomes.Looked: importing_by_chat.looked,
    import_outcomes.BroughtIn: importing_by_chat.brought_in,
    import_outcomes.Stopped: importing_by_chat.stopped,
    people_outcomes.Menu: people.menu,
    people_outcomes.Guide: people.guide,
    outcomes.Choose: incidents.choose,
    people_outcomes.Joined: people.joined,
    people_outcomes.Spoken: people.spoken,
    people_outcomes.Channels: channels.shown,
    people_outcomes.LinkCode: channels.link_code,
    people_outcomes.Linked: channels.linked,
    readiness_outcomes.RoundAnswered: rounds.answered,
    readiness_outcomes.RoundShown: rounds.shown,
    readiness_outcomes.Readiness: readiness.listed,
    readiness_outcomes.Rehearsed: rehearsal.shown,
    people_outcomes.QuietSet: quiet.settled,
    people_outcomes.WhoHolds: holding.who,
    people_outcomes.Held: holding.held,
    people_outcomes.Invited: people.invited,
    people_outcomes.Bound: people.bound,
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
    navigation=answers.navigation,
    taking=answers.taking,
    still=answers.still,
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
