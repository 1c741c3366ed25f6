"""Tables, a file per area. Nothing outside storage/ imports this package."""

from storage.tables.columns import metadata
from storage.tables.incidents import (
    acknowledgements,
    answers,
    clocks,
    consultations,
    incidents,
    page_calls,
    pages,
    tasks,
    verdicts,
)
from storage.tables.log import events, payloads, seals, update_keys
from storage.tables.messages import IS_OPEN, cards, deliveries, forms, notices, prompts
from storage.tables.people import (
    accounts,
    agencies,
    chats,
    identities,
    invitations,
    memberships,
    people,
    shifts,
    systems,
    units,
)

__all__ = [
    "IS_OPEN",
    "accounts",
    "acknowledgements",
    "agencies",
    "answers",
    "cards",
    "chats",
    "clocks",
    "consultations",
    "deliveries",
    "events",
    "forms",
    "identities",
    "incidents",
    "invitations",
    "memberships",
    "metadata",
    "notices",
    "page_calls",
    "pages",
    "payloads",
    "people",
    "prompts",
    "seals",
    "shifts",
    "systems",
    "tasks",
    "units",
    "update_keys",
    "verdicts",
]
