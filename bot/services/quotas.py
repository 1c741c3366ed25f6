"""Use cases of the monthly quota (hạn mức tin): counted, told in time, shown to administrators."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.domain.notice import Notice
from bot.domain.people import Act, Role, Verb
from bot.domain.quota import Limit, Quota, month_of
from bot.services.accounts import keepers
from bot.services.people_outcomes import Left
from bot.services.ports.store import Transaction


def count(
    tx: Transaction,
    act: Act,
    counts: Mapping[str, int],
    limits: Mapping[str, Limit],
    spent: Collection[str] = (),
) -> Sequence[Quota]:
    """So many messages more have left each account; how each of them stands this month.

    `spent`: of these the platform takes no more, whatever was counted.
    """
    act.require(Verb.SWEEP)
    month = month_of(act.at)
    tx.quotas.add(month, counts, limits)
    standing = []
    for quota in tx.quotas.of(month):
        if quota.account in limits:
            after = _told(tx, act, quota.filled() if quota.account in spent else quota)
            standing.append(after)
            if after != quota:
                tx.quotas.save(after)
    return standing


def left(tx: Transaction, act: Act) -> Left | None:
    """For administrators: what is left of the month, and how many messages wait for that."""
    act.require(Verb.REPORT)
    if not act.person.holds((Role.ADMIN,)):
        return None
    found = tx.quotas.of(month_of(act.at))
    if not found:
        return None
    low = [quota.account for quota in found if quota.standing != "open"]
    names = {one.address: one.name for one in tx.accounts.all()}
    told = [(quota, names.get(quota.account, "")) for quota in found]
    return Left(told, tx.quotas.held(low) if low else 0)


def _told(tx: Transaction, act: Act, quota: Quota) -> Quota:
    """Each mark is told once a month, by another channel where there is one."""
    mark = quota.crossed()
    if not mark:
        return quota
    platform, _, number = quota.account.partition(":")
    account = tx.accounts.get(platform, number)
    facts = {"platform": platform, "name": account.name if account else "", "mark": mark}
    facts |= {"sent": quota.sent, "monthly": quota.limit.monthly, "left": quota.left}
    tx.record("agency", "quota.low", **facts)
    facts |= {"avoid": quota.account}
    low = Notice("quota.low", facts=facts)
    tx.notices.add((replace(low, to=one.id) for one in keepers(tx)), act.at)
    return replace(quota, told=mark)
