"""Once C2 is "có": no words of the incident are kept anywhere (P6; Luật 117/2025, Điều 5 k2)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.evidence import File
from bot.domain.incident import Incident
from bot.services.ports.store import Transaction

WITH_WORDS = (
    "incident.reported",
    "incident.escalated",
    "incident.closed",
    "incident.reopened",
    "direction.given",
    "task.done",
    "task.partly",
    "incident.verified",
    "incident.not_verified",
    "incident.false_alarm",
    "leaders.asked_option",
    "power.requested",
    "power.used",
    "task.blocked",
    "phase.looped",
    "phase.not_finished",
    "direction.recorded",
    "incident.scenario",
    "support.asked",
    "support.accepted",
    "support.refused",
    "handover.asked",
)


def keep_secret(tx: Transaction, incident: Incident, at: datetime) -> Incident:
    """The incident without its words and files; what there was is erased, and that is said.

    What was sent to people's chats before cannot be called back: the timeline says so.
    """
    tx.incidents.erase_words(incident.id)
    files = [*tx.files.of(incident.id), *_waiting(tx, incident)]
    forget_files(tx, f"incident/{incident.id}", files)
    for draft_id in tx.drafts.erase_words(incident.id, at):
        forget_draft_words(tx, draft_id)
        forget_draft_files(tx, draft_id)
    tx.notices.erase_words(incident.id)
    tx.consultations.erase_words(incident.id)
    tx.tasks.erase_words(incident.id)
    tx.directions.erase_words(incident.id)
    tx.supports.erase_words(incident.id)
    tx.handovers.erase_words(incident.id)
    gone = tx.events.erase(f"incident/{incident.id}", WITH_WORDS)
    tx.record(f"incident/{incident.id}", "words.erased", payloads=gone)
    hidden = tx.events.erase(f"confidential/{incident.id}", WITH_WORDS)
    if hidden:
        tx.record(f"confidential/{incident.id}", "words.erased", payloads=hidden)
    tx.erased()
    wordless = replace(incident, told="", caller="", caller_phone="", is_secret=True)
    return replace(wordless, scenario="")  # which one it is says something, too


def forget_draft_words(tx: Transaction, draft_id: int) -> None:
    """A report has become secret before it was sent: its written words are gone from the log."""
    gone = tx.events.erase(f"draft/{draft_id}", ("form.answer",))
    tx.record(f"draft/{draft_id}", "words.erased", payloads=gone)
    tx.erased()


def forget_draft_files(tx: Transaction, draft_id: int) -> None:
    """A report has become secret before it was sent: it takes no pictures along."""
    forget_files(tx, f"draft/{draft_id}", tx.files.of_draft(draft_id))


def forget_files(tx: Transaction, chain: str, files: Sequence[File]) -> None:
    """Rows and bytes are gone; how many there were stays in the log."""
    if files:
        tx.files.erase(files)
        tx.record(chain, "evidence.erased", count=len(files))
        tx.erased()


def _waiting(tx: Transaction, incident: Incident) -> list[File]:
    """What those who have a part in it have handed in, of an incident that is not said yet."""
    people = {incident.reporter_id, incident.lead_id}
    people |= {task.person_id for task in tx.tasks.of(incident.id)}
    return [file for who in sorted(people - {0}) for file in tx.files.nowhere(who)]
