"""Open forms, what was last asked, and what has still to be said."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text, UniqueConstraint

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
from storage.tables.incidents import incidents as incidents  # the keys point there
from storage.tables.people import people as people

forms = Table(
    "forms",
    metadata,
    *row_id(),
    to("people", "author_id"),
    *texts("form", "at"),
    *numbers("about", "offset", "version"),
    *jsons("answers", "context"),
    *flags("editing", "parked"),
    *moments("begun_at", "moved_at"),
)
IS_OPEN = "at NOT IN ('sent', 'cancelled')"
only_where(
    "uq_forms_open", forms.c.author_id, forms.c.form, forms.c.about, where=IS_OPEN, unique=True
)
prompts = Table(
    "prompts",
    metadata,
    *key("chat"),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    *texts("kind"),
    *numbers("subject", "version"),
    at(),
)
notices = Table(
    "notices",
    metadata,
    *row_id(),
    *texts("kind", "state", "why"),
    to("people", "person_id", optional=True, index=True),
    Column("chat", Text),
    to("incidents", "incident_id", optional=True, index=True),
    to("pages", "page_id", optional=True),
    *jsons("facts"),
    *numbers("rank", "attempts"),  # rank: 0 page, 1 notice, 2 quiet
    *moments("not_before", "leased_until"),
    *flags("again"),
    at(),
    Column("tried", JSON),  # chats that have not answered since one of them last did
)
only_where(
    "ix_notices_waiting",
    notices.c.rank,
    notices.c.id,
    where="state IN ('to_send', 'sending')",
)
deliveries = Table(
    "deliveries",
    metadata,
    *row_id(),
    to("notices", "notice_id", index=True),
    *texts("chat", "state", "message_id", "text", "why"),
    at(),
)
cards = Table(
    "cards",
    metadata,
    *row_id(),
    *texts("chat", "kind", "message_id", "state"),
    *numbers("subject", "wanted", "shown", "attempted"),
    must("edits", Boolean, server_default="1"),
    must("loud", Integer, server_default="0"),  # the newest revision that is worth a new message
    *moments("not_before", "leased_until", "shown_at"),
    UniqueConstraint("chat", "kind", "subject"),
)
only_where("ix_cards_waiting", cards.c.id, where="wanted > shown AND state = 'live'")
quotas = Table(
    "quotas",
    metadata,
    *key("account", "month"),  # platform:account; "2026-11"
    *numbers("monthly", "reserved", "sent", "told"),
)
