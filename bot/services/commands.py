"""What each command does, by its name (bot/views/people.py says how it is typed).

What only reads is not here: it is handed back to be looked up round the writer.
"""

from collections.abc import Callable, Mapping

from bot.domain.people import Act
from bot.services import (
    absences,
    channels,
    clocks,
    consulting,
    contacts,
    covers,
    dialogs,
    directing,
    evidence,
    figures,
    handing_out,
    handovers,
    holding,
    importing_by_chat,
    incidents,
    joining,
    leafing,
    on_behalf,
    phases,
    powers,
    quiet,
    rehearsing,
    reports,
    rounds,
    scenarios,
    supporting,
    swaps,
    worklists,
)
from bot.services.outcomes import Outcome, Wants
from bot.services.ports.store import Transaction

ALONE: Mapping[str, Callable[[Transaction, Act], Outcome]] = {
    "report": reports.begin,
    "on_behalf": on_behalf.begin,
    "resume": dialogs.resume,
    "menu": joining.menu,
    "holder": holding.change,
    "invite": joining.begin_invite,
    "check_contact": contacts.begin_check,
    "swap": swaps.begin,
    "cover": covers.begin,
    "absence": absences.begin,
    "channels": channels.show,
    "link": channels.begin_link,
    "quiet_hours": quiet.begin,
    "tasks": worklists.mine,
    "test": rounds.answer_test,
    "moved": rounds.has_moved,
    "left": rounds.has_left,
    "test_round": rounds.begin,
    "rehearsal": rehearsing.begin,
    "english": lambda tx, act: joining.speak(tx, act, "en"),
    "vietnamese": lambda tx, act: joining.speak(tx, act, "vi"),
}
OF_AN_INCIDENT: Mapping[str, Callable[[Transaction, Act, int], Outcome]] = {
    "escalate": consulting.begin_escalation,
    "direction": directing.begin,
    "files": handing_out.listed,
    "tasks": worklists.of_incident,
    "advance": phases.begin_advance,
    "scenario": scenarios.begin,
    "playbook": leafing.turn,
    "close": incidents.begin_close,
    "reopen": incidents.begin_reopen,
    "supplement": reports.begin_supplement,
    "verify": reports.begin_verify,
    "personal": clocks.begin_personal,
    "convene": powers.begin_convene,
    "spokesperson": powers.spokesperson,
    "sent_report": clocks.begin_sent,
    "support": supporting.begin,
    "support_answer": supporting.begin_answer,
}
# The number that may follow is not an incident's, or need not be there.
EITHER_WAY: Mapping[str, Callable[[Transaction, Act, int | None], Outcome]] = {
    "hand_in": evidence.offer,
    "figures_picture": figures.picture,
    "import_roster": importing_by_chat.begin,
    "roster_apply": importing_by_chat.apply,
    "handover": handovers.begin,
    "handover_yes": handovers.accept,
    "handover_no": handovers.refuse,
    "swap_yes": swaps.agree,
    "swap_no": swaps.refuse,
    "swap_back": swaps.take_back,
    "cover_end": covers.end,
    "back": absences.back,
}


def do_command(tx: Transaction, act: Act, command: str, number: int | None) -> Outcome:
    """What writes is done here and now; what only reads is handed back to be looked up."""
    if command in EITHER_WAY:
        return EITHER_WAY[command](tx, act, number)
    if number is not None and command in OF_AN_INCIDENT:
        return OF_AN_INCIDENT[command](tx, act, number)
    if command in ALONE and (number is None or command not in OF_AN_INCIDENT):
        return ALONE[command](tx, act)
    return Wants(command, number)
