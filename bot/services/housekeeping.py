"""What the clockwork clears away."""

from datetime import datetime

from bot.domain.people import Act, Verb
from bot.services.ports.store import Transaction


def forget_updates(tx: Transaction, act: Act, before: datetime) -> int:
    """Keys of updates that no platform delivers again; how many."""
    act.require(Verb.SWEEP)
    return tx.update_keys.forget(before)
