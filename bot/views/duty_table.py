"""The monthly table of duty in a chat: a line for each person, the sheet to print beside it."""

from datetime import timedelta

from bot.services.import_outcomes import DutyTable, DutyTables
from bot.views.duty_sheet import hours_of, workbook
from bot.views.screen import Screen
from bot.views.voice import Html, Voice, lines

MOST = 8  # people of each roster; below a file stand 1,024 characters at most
LONGEST = 900  # characters


def table(outcome: DutyTables, voice: Voice) -> Screen:
    """/bangtruc"""
    if not outcome.tables:
        return Screen(voice.say("duty_table.empty"))
    month = {"month": f"{outcome.month.month:02}", "year": outcome.month.year}
    parts = [voice.say("duty_table.head", **month)]
    for one in outcome.tables:
        told = _roster(one, voice)
        if sum(map(len, parts)) + len(told) > LONGEST:
            told = voice.say("duty_table.more", count=len(one.table.rows))
        parts.append(told)
    if not outcome.carried:
        return Screen(lines(*parts, voice.say("duty_table.foot_console")))
    name = str(voice.say("duty_table.file", **month))
    text = lines(*parts, voice.say("duty_table.foot"))
    return Screen(text, file=(name, workbook(outcome, voice)))


def _roster(one: DutyTable, voice: Voice) -> Html:
    if not one.table.rows:
        return voice.say("duty_table.nothing", roster=one.roster.name)
    told = [
        voice.say(
            "duty_table.line",
            name=one.names.get(row.person_id, ""),
            shifts=row.shifts,
            hours=hours_of(row.whole),
            night=hours_of(row.of("workday", True)),
            weekend=hours_of(row.of("weekend")),
            holiday=hours_of(row.of("holiday")),
        )
        for row in one.table.rows
    ]
    left = len(told) - MOST
    nobody = one.table.nobody
    return lines(
        voice.say("duty_table.roster", roster=one.roster.name),
        *told[:MOST],
        voice.say("duty_table.more", count=left) if left > 0 else "",
        voice.say("duty_table.nobody", hours=hours_of(nobody)) if nobody > timedelta() else "",
        voice.say("duty_table.until", time=voice.time(one.until)) if one.until else "",
    )
