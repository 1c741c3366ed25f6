"""Versions of plans, with the texts that they were made of, and contacts that were checked."""

from sqlalchemy import Column, Date, Index, Table

from storage.tables.columns import at, flags, key, metadata, moments, numbers, row_id, texts

plan_versions = Table(
    "plan_versions",
    metadata,
    *row_id(),
    *texts("plan", "digest", "title", "text", "base_text"),
    *numbers("person_id"),  # -2: the console; -1: the product's own pack
    at(),
    *moments("in_force_at"),
)
Index("ix_plan_versions_digest", plan_versions.c.digest)
contact_checks = Table(  # what became of telephoning; days are Vietnamese days
    "contact_checks",
    metadata,
    *key("contact"),
    *texts("phone"),  # the number that was tried
    *flags("is_right"),
    *numbers("person_id"),
    Column("day", Date),
    Column("reminded", Date),  # when administrators were last reminded of it
)
