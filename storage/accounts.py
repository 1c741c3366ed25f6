"""The bots' accounts, and which chats are theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.account import Account
from storage.tables import accounts, chats

_PREFIX = accounts.c.platform + ":" + accounts.c.account + ":"
# Of a chat: the bot that it is with is not run any more, so nothing can be said there.
OF_ONE_THAT_LEFT = exists().where(
    accounts.c.left_at.is_not(None),
    func.substr(chats.c.address, 1, func.length(_PREFIX)) == _PREFIX,
)


@dataclass(frozen=True, slots=True)
class SqlAccounts:
    rows: Connection

    def all(self) -> Sequence[Account]:
        found = self.rows.execute(select(accounts).order_by(*accounts.primary_key))
        return [_account(row) for row in found]

    def get(self, platform: str, account: str) -> Account | None:
        which = (accounts.c.platform == platform, accounts.c.account == account)
        row = self.rows.execute(select(accounts).where(*which)).one_or_none()
        return _account(row) if row else None

    def save(self, account: Account, at: datetime) -> None:
        told = {
            "name": account.name,
            "dark_since": account.dark_since,
            "left_at": account.left_at,
            "at": at,
        }
        key = {"platform": account.platform, "account": account.account}
        written = upsert(accounts).values({**key, **told})
        self.rows.execute(written.on_conflict_do_update(index_elements=list(key), set_=told))


def _account(row: Row[Any]) -> Account:
    return Account(row.platform, row.account, row.name, row.dark_since, row.left_at)
