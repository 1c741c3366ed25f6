"""Who is on duty when, days off, readiness, what was asked of bodies beyond the agency."""

from sqlalchemy import Column, Date, Table, Text

from storage.tables.columns import (
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

rosters = Table(
    "rosters",
    metadata,
    *key("id"),
    *texts("unit", "role", "name"),
    *jsons("layers"),  # people by their ids in the agency's file
    *numbers("place"),
)
days_off = Table(  # decreed: over what the calendar knows by itself
    "days_off",
    metadata,
    *key("day", of=Date),
    *texts("name", "paper"),
    *flags("working"),  # a day that is worked (làm bù)
)
shifts = Table(
    "shifts",
    metadata,
    *row_id(),
    *texts("roster", "kind", "why"),
    to("people", "person_id", index=True),
    *numbers("instead_of", "by_id"),
    *moments("begins_at", "ends_at", "cancelled_at"),
    at(),
)
only_where("ix_shifts_roster", shifts.c.roster, shifts.c.ends_at, where="cancelled_at IS NULL")
swaps = Table(
    "swaps",
    metadata,
    *row_id(),
    *texts("roster", "state"),
    to("people", "asker_id", index=True),
    to("people", "asked_id", index=True),
    *moments("begins_at", "ends_at", "other_begins_at", "other_ends_at", "settled_at"),
    at(),
)
only_where("ix_swaps_waiting", swaps.c.begins_at, where="state = 'asked'")
absences = Table(
    "absences",
    metadata,
    *row_id(),
    to("people", "person_id", index=True),
    *texts("why", "paper"),
    *numbers("acting_id", "by_id"),
    *moments("begins_at", "ends_at", "cancelled_at"),
    at(),
)
only_where("ix_absences_to_come", absences.c.ends_at, where="cancelled_at IS NULL")
handovers = Table(
    "handovers",
    metadata,
    *row_id(),
    *texts("roster", "summary", "state"),  # roster "": of one incident
    to("incidents", "incident_id", index=True, optional=True),
    to("people", "from_id", index=True),
    to("people", "to_id", index=True),
    *moments("settled_at", "reminded_at"),
    *flags("with_tasks"),
    at(),
)
only_where("ix_handovers_asked", handovers.c.roster, where="state = 'asked'")
rounds = Table(  # of test messages (tin thử)
    "rounds",
    metadata,
    *row_id(),
    *texts("kind", "state"),
    *numbers("by_id"),
    *moments("due_at"),
    at(),
)
round_people = Table(
    "round_people",
    metadata,
    *row_id(),
    to("rounds", "round_id", index=True),
    to("people", "person_id"),
    *texts("answer", "where_now"),
    *moments("answered_at"),
)
supports = Table(  # asked of bodies beyond the agency
    "supports",
    metadata,
    *row_id(),
    to("incidents", "incident_id", index=True),
    *texts("contact", "name", "state", "ask", "how", "who", "words"),
    *numbers("by_id"),
    *moments("asked_at", "settled_at", "remind_at"),
    *numbers("version"),
)
only_where("ix_supports_due", supports.c.remind_at, where="remind_at IS NOT NULL")
marks = Table(  # what the clockwork did last: the audit, the quarterly test, what was told of gaps
    "marks",
    metadata,
    *key("name"),
    must("value", Text, server_default=""),
    at(),
)
ways = Table(  # beside the chats: an address of mail, a topic of ntfy; the telephone is its own
    "ways",
    metadata,
    *key("person_key", "kind"),
    *texts("address"),
)
quiet_hours = Table(  # minutes of the local day
    "quiet_hours",
    metadata,
    Column("person_id", people.c.id.type, primary_key=True, autoincrement=False),
    *numbers("begins", "ends"),
)
