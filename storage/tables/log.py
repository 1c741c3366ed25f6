"""The log: events in chains, their payloads apart so that one can be erased, seals, update keys."""

import sqlalchemy as sa
from sqlalchemy import Column, LargeBinary, Table

from storage.tables.columns import at, jsons, key, metadata, must, numbers, row_id, texts

events = Table(
    "events",
    metadata,
    *key("chain"),
    *key("seq", of=sa.Integer),  # with the chain: two writers cannot fork it
    *texts("prev", "kind", "platform", "digest", "hash"),
    *numbers("person_id"),
    at(),
)
payloads = Table(
    "payloads",
    metadata,
    *key("chain"),
    *key("seq", of=sa.Integer),
    must("salt", LargeBinary),
    must("payload", LargeBinary),
    sa.ForeignKeyConstraint(
        ["chain", "seq"], ["events.chain", "events.seq"], name="fk_payloads_event"
    ),
)
seals = Table("seals", metadata, *row_id(), *texts("prev", "hash"), *jsons("heads"), at())
update_keys = Table(
    "update_keys",
    metadata,
    *key("key"),
    Column("chain", sa.Text, nullable=False),
    at(),
)
sa.Index("ix_update_keys_at", update_keys.c.at)
