"""The test page (tin kiểm tra) that the watchdog's own bot asks for, on schedule.

It takes the way of a real page: in by the platform, one step on disk, out by the paced queue.
"""

from bot.domain.notice import Notice
from bot.domain.people import Act, Verb
from bot.services.ports.store import Transaction

ASKED = "watch.test"  # the mark: which test was asked for last


def answer(tx: Transaction, act: Act, nonce: str, asker: str) -> None:
    """Said once for each nonce, as urgently as a page; `asker`: the username that is to hear it."""
    act.require(Verb.WATCH)
    name = f"{ASKED} {act.chat}"
    last = tx.marks.get(name)
    if last is not None and last.value == nonce:
        return
    tx.marks.set(name, nonce, act.at)
    tx.notices.overtaken(ASKED, act.chat)  # nobody waits for those any more
    facts = {"nonce": nonce, "asker": asker}
    tx.notices.add([Notice(ASKED, chat=act.chat, facts=facts, urgency="page")], act.at)
