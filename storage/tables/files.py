"""Evidence: what was handed in, its bytes apart, and who may hand in or look once."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, UniqueConstraint

from storage.tables.columns import at, flags, key, metadata, must, numbers, row_id, texts, to
from storage.tables.incidents import incidents as incidents  # the keys point there
from storage.tables.messages import forms as forms
from storage.tables.people import people as people
from storage.types import UtcDateTime

files = Table(
    "files",
    metadata,
    *row_id(),
    to("incidents", "incident_id", index=True, optional=True),
    to("forms", "draft_id", index=True, optional=True),
    to("people", "person_id", index=True),
    Column("number", Integer),  # within the incident
    *texts("name", "media", "sha256", "platform"),
    *numbers("size"),
    at(),
    UniqueConstraint("incident_id", "number"),
)
file_bytes = Table(
    "file_bytes",
    metadata,
    Column("file_id", ForeignKey("files.id"), primary_key=True),
    must("content", LargeBinary),
)
passes = Table(
    "passes",
    metadata,
    *key("key"),  # a digest of the word
    *texts("kind"),
    to("people", "person_id"),
    *numbers("incident_id", "draft_id", "file_id"),  # 0: none
    must("until", UtcDateTime),
    *flags("used"),
)
keys = Table("keys", metadata, *key("name"), must("secret", LargeBinary), at())
