"""What the clockwork clears away."""

from datetime import datetime

from bot.domain.people import Act, Verb
from bot.services import secrecy
from bot.services.ports.store import Transaction


def forget_updates(tx: Transaction, act: Act, before: datetime) -> int:
    """Keys of updates that no platform delivers again; how many."""
    act.require(Verb.SWEEP)
    return tx.update_keys.forget(before)


def forget_files(tx: Transaction, act: Act, before: datetime) -> int:
    """Evidence that was never said to be of an incident, and pages and codes that are over."""
    act.require(Verb.SWEEP)
    left = tx.files.left_over(before)
    for file in left:
        secrecy.forget_files(tx, f"person/{file.person_id}", [file])
    return len(left) + tx.passes.forget(before)
