"""How many messages each account has sent in a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.quota import Limit, Quota
from storage.tables import cards, notices, quotas

IN = select(quotas).where(quotas.c.month == bindparam("month")).order_by(quotas.c.account)
ONE = update(quotas).where(
    quotas.c.account == bindparam("of"), quotas.c.month == bindparam("within")
)
HELD_NOTICES = select(func.count()).where(notices.c.state == "to_send", notices.c.why == "quota")
UNSHOWN = select(cards.c.chat).where(cards.c.wanted > cards.c.shown, cards.c.state == "live")


@dataclass(frozen=True, slots=True)
class SqlQuotas:
    rows: Connection

    def of(self, month: str) -> Sequence[Quota]:
        return [_quota(row) for row in self.rows.execute(IN, {"month": month})]

    def add(self, month: str, counts: Mapping[str, int], limits: Mapping[str, Limit]) -> None:
        """Counted on from what stands there, whoever else counts."""
        for account, count in counts.items():
            limit = limits[account]
            now: dict[str, Any] = {"monthly": limit.monthly, "reserved": limit.reserved}
            first = {"account": account, "month": month, "sent": count, "told": 0, **now}
            written = upsert(quotas).values(first)
            counted = {**now, "sent": quotas.c.sent + count}
            self.rows.execute(
                written.on_conflict_do_update(index_elements=["account", "month"], set_=counted)
            )

    def save(self, quota: Quota) -> None:
        key = {"of": quota.account, "within": quota.month}
        self.rows.execute(ONE.values(told=quota.told, sent=quota.sent), key)

    def held(self, accounts: Sequence[str]) -> int:
        notices_held = self.rows.execute(HELD_NOTICES).scalar_one()
        unshown = self.rows.execute(UNSHOWN).scalars().all()
        of_them = [chat for chat in unshown if chat.rpartition(":")[0] in accounts]
        return int(notices_held) + len(of_them)


def _quota(row: Row[Any]) -> Quota:
    limit = Limit(row.monthly, row.reserved)
    return Quota(row.account, row.month, limit, row.sent, row.told)
