"""The agency, its units, people, their posts and accounts, the chats they write from."""

import sqlalchemy as sa
from sqlalchemy import Column, Table, Text

from storage.tables.columns import (
    JSON,
    at,
    flags,
    jsons,
    key,
    metadata,
    moments,
    must,
    numbers,
    only_where,
    row_id,
    texts,
    to,
)

agencies = Table(
    "agencies",
    metadata,
    *row_id(),
    *texts("name", "about"),
    *jsons("contact"),
    *numbers("version"),
    must("regimes", JSON, server_default="[]"),  # of law, beside those that its plans name
)
units = Table(
    "units",
    metadata,
    *key("id"),
    *texts("name", "short"),
    Column("parent", Text),
    Column("plan", Text),
    *jsons("functions"),
    Column("secret_contact", sa.JSON(none_as_null=True)),
    *numbers("place"),
    must("settled", sa.JSON(none_as_null=True), server_default="{}"),  # step → function
)
systems = Table(
    "systems",
    metadata,
    *key("id"),
    *texts("name", "operator", "unit"),
    Column("level", sa.Integer),
    *flags("shared"),
    *numbers("place"),
)
contacts = Table(  # beyond the agency
    "contacts",
    metadata,
    *key("id"),
    *texts("kind", "name", "phone", "other_phone", "email", "hours", "needed", "note"),
    *jsons("functions"),
    Column("checked", sa.Date),
    *numbers("place"),
)
people = Table(
    "people",
    metadata,
    *row_id(),
    Column("key", Text, unique=True),  # the id in the agency's file; NULL: joined without it
    *texts("name", "title", "position", "phone", "works_at", "language"),
    *numbers("place"),
    *moments("tested_at", "left_at"),
    Column("shared_by", JSON),  # keys of who takes turns with it; NULL: a person, no telephone
)
holders = Table(
    "holders",
    metadata,
    Column("device_id", sa.ForeignKey("people.id"), primary_key=True),
    to("people", "holder_id", optional=True),
    *moments("since"),
    *numbers("question"),
    *texts("waiting", "answered"),
    *flags("is_press"),
)
memberships = Table(
    "memberships",
    metadata,
    *row_id(),
    to("people", "person_id", index=True),
    *texts("unit", "role"),
    *numbers("place"),
    must("since", sa.Text),  # the period: ISO moments
    Column("until", Text),
)
only_where(
    "uq_memberships_held",
    memberships.c.person_id,
    memberships.c.unit,
    memberships.c.role,
    where="until IS NULL",
    unique=True,
)
accounts = Table(
    "accounts",
    metadata,
    *key("platform", "account"),
    *texts("name"),
    at(),
    *moments("dark_since", "left_at"),
)
identities = Table(
    "identities",
    metadata,
    *key("platform", "account", "external_id"),
    to("people", "person_id", index=True),
)
chats = Table(
    "chats",
    metadata,
    *key("address"),  # platform:account:chat
    *texts("thread", "unit", "title", "lost"),
    *flags("private"),
    to("people", "person_id", index=True, optional=True),
    at(),
    must("trouble", Text, server_default=""),
    *moments("chosen_at"),  # when its owner last put it before the other channels
)
invitations = Table(
    "invitations",
    metadata,
    *key("code_digest"),
    *texts("role", "unit"),
    to("people", "person_id", optional=True),
    to("people", "used_by", optional=True),
    *moments("expires_at"),
    at(),
    must("links", sa.Boolean, server_default=sa.false()),  # one more account of that person's own
)
