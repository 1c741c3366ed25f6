"""The bots' accounts: which of them run, and who is told when nothing comes in by one (webhook)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.account import Account, Sight, judge
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Role, Verb
from bot.services.ports.store import Transaction


def enter(tx: Transaction, act: Act, here: Sequence[Account]) -> None:
    """These accounts are run from now on, and no others. Without a name: the platform has not said
    it, now or yet."""
    act.require(Verb.SWEEP)
    known = {(one.platform, one.account): one for one in tx.accounts.all()}
    for one in here:
        before = known.pop((one.platform, one.account), None)
        name = one.name or (before.name if before else one.account)
        after = replace(before or one, name=name, left_at=None)
        if after != before:
            tx.accounts.save(after, act.at)
            tx.record("agency", "account.entered", platform=one.platform, name=name)
    for gone in known.values():
        if gone.left_at is None:
            tx.accounts.save(replace(gone, left_at=act.at), act.at)
            tx.record("agency", "account.left", platform=gone.platform, name=gone.name)


def sighted(
    tx: Transaction,
    act: Act,
    platform: str,
    account: str,
    sight: Sight | None,
    heard_at: datetime,
) -> bool:
    """Once each time that it goes dark, and once when it is well again, administrators are told.

    True: nothing comes in. `sight` and `heard_at` as for `judge`.
    """
    act.require(Verb.SWEEP)
    why = judge(sight, heard_at)
    before = tx.accounts.get(platform, account)
    if before is None or why == "unclear":
        return False
    after = before.told(None if why == "well" else why, act.at)
    if after != before:
        tx.accounts.save(after, act.at)
        kind = "webhook.well" if why == "well" else "webhook.dark"
        facts = {"name": before.name, "why": why, "pending": sight.pending if sight else 0}
        tx.record("agency", kind, platform=platform, **facts)
        facts |= {"at": act.at.isoformat(), "error": sight.error if sight else ""}
        _tell(tx, act, kind, facts)
    return why != "well"


def _tell(tx: Transaction, act: Act, kind: str, facts: dict[str, object]) -> None:
    agency = tx.agencies.current()
    phone = agency.contact.phone if agency else ""
    facts = {**facts, "phone": phone}
    tx.notices.add((Notice(kind, to=one.id, facts=facts) for one in keepers(tx)), act.at)


def keepers(tx: Transaction) -> Sequence[Person]:
    """The administrators who can be told; without one, the duty officers."""
    for role in (Role.ADMIN, Role.DUTY):
        those = tx.people.holding((role,))
        absent = tx.people.absent((one.id for one in those), for_a_page=False)
        if there := [one for one in those if one.id not in absent]:
            return there
    return ()
