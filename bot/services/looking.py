"""A command that only reads, looked up round the writer: what it shows."""

from bot.domain.people import Act
from bot.services import clocks, contacts, incidents, joining
from bot.services.contact_outcomes import Directory
from bot.services.outcomes import Board, Choose, Deadlines, Guide, Story
from bot.services.ports.store import Transaction

Seen = Guide | Directory | Board | Choose | Deadlines | Story


def wanted(tx: Transaction, act: Act, command: str, number: int | None) -> Seen:
    """/tinhhinh, /nhatky, /thoihan, /danhba, /huongdan; one that needs a number and has none offers
    the incidents that it could be."""
    match command, number:
        case "help", _:
            return joining.guide(tx, act)
        case "contacts", _:
            return contacts.listed(tx, act, number)
        case "status", None:
            return incidents.board(tx, act)
        case "deadlines", int():
            return clocks.listed(tx, act, number)
        case _, int():
            return incidents.see(tx, act, number, command == "timeline")
    return incidents.choose(tx, act, command)
