"""The ways beside the chats (mail, SMS, ntfy): by which gateways that run each person is reached.

A gateway is an account of its kind ("mail", "0"), entered at each start like a bot.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.domain.channel import Channel
from bot.domain.ways import WAYS, address_of
from storage.tables import accounts, people, ways

RUNNING = select(accounts.c.platform, accounts.c.account).where(
    accounts.c.platform.in_(WAYS), accounts.c.left_at.is_(None)
)
LISTED = (
    select(people.c.id, people.c.phone, ways.c.kind, ways.c.address)
    .outerjoin(ways, ways.c.person_key == people.c.key)
    .where(people.c.id.in_(bindparam("ids", expanding=True)), people.c.left_at.is_(None))
)
NEVER = datetime.min.replace(tzinfo=UTC)  # nobody writes there


@dataclass(frozen=True, slots=True)
class SqlWays:
    rows: Connection

    def of(self, ids: Collection[int]) -> Mapping[int, list[Channel]]:
        """In the order in which the deployment names its gateways."""
        running = self.rows.execute(RUNNING).all() if ids else []
        if not running:
            return {}
        in_order = sorted(running, key=lambda one: int(one.account))
        phones: dict[int, str] = {}
        listed: dict[int, dict[str, str]] = defaultdict(dict)
        for row in self.rows.execute(LISTED, {"ids": list(ids)}):
            phones[row.id] = row.phone
            if row.kind:
                listed[row.id][row.kind] = row.address
        found: dict[int, list[Channel]] = defaultdict(list)
        for who, phone in phones.items():
            for one in in_order:
                if address := address_of(one.platform, phone, listed[who]):
                    where = f"{one.platform}:{one.account}:{address}"
                    found[who].append(Channel(where, NEVER))
        return found

    def listed(self) -> Mapping[str, Mapping[str, str]]:
        """What the agency's file tells of each person: by their ids there, by kind."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self.rows.execute(select(ways)):
            found[row.person_key][row.kind] = row.address
        return found

    def replace(self, told: Iterable[tuple[str, str, str]]) -> None:
        """All of them: the person's id in the file, the kind, the address."""
        self.rows.execute(delete(ways))
        rows = [
            {"person_key": key, "kind": kind, "address": address}
            for key, kind, address in told
            if address
        ]
        if rows:
            self.rows.execute(insert(ways), rows)
