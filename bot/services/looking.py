"""A command that only reads, looked up round the writer: what it shows."""

from bot.domain.people import Act
from bot.services import (
    call_list,
    clocks,
    contacts,
    duty_tables,
    figures,
    incidents,
    joining,
    readiness,
    rehearsing,
    rosters,
)
from bot.services.contact_outcomes import Directory
from bot.services.figure_outcomes import Counted
from bot.services.import_outcomes import DutyTables
from bot.services.outcomes import Board, Choose, Deadlines, Story
from bot.services.people_outcomes import Guide
from bot.services.ports.store import Transaction
from bot.services.readiness_outcomes import Readiness, Rehearsed
from bot.services.roster_outcomes import CallListFile, DutyWeek

Seen = (
    DutyWeek
    | CallListFile
    | Guide
    | Directory
    | Counted
    | DutyTables
    | Board
    | Choose
    | Deadlines
    | Readiness
    | Rehearsed
    | Story
)


def wanted(tx: Transaction, act: Act, command: str, number: int | None) -> Seen:
    """What only shows: /tinhhinh, /nhatky, /lichtruc, /thongke …; one that needs a number and has
    none offers the incidents that it could be."""
    match command, number:
        case "help", _:
            return joining.guide(tx, act)
        case "contacts", _:
            return contacts.listed(tx, act, number)
        case "readiness", _:
            return readiness.listed(tx, act, number)
        case "rehearsed", int():
            return rehearsing.rehearsed(tx, act, number)
        case "roster", _:
            return rosters.shown(tx, act, number)
        case (("roster_next" | "roster_last"), _):
            return rosters.shown(tx, act, command.removeprefix("roster_"))
        case "duty_table", _:
            return duty_tables.shown(tx, act, number)
        case "call_list", _:
            return call_list.handed_out(tx, act)
        case (("figures" | "figures_whole" | "figures_picture"), _):
            kind = command.partition("_")[2]
            return figures.counted(tx, act, number or 0, kind == "whole", kind == "picture")
        case "status", None:
            return incidents.board(tx, act)
        case "deadlines", int():
            return clocks.listed(tx, act, number)
        case _, int():
            return incidents.see(tx, act, number, command == "timeline")
    return incidents.choose(tx, act, command)
