"""Incidents, what was answered and judged of them, pages, questions to leaders, tasks, clocks."""

import sqlalchemy as sa
from sqlalchemy import Column, Table

from storage.tables.columns import (
    JSON,
    at,
    flags,
    jsons,
    metadata,
    moments,
    must,
    numbers,
    only_where,
    row_id,
    texts,
    to,
)
from storage.tables.people import people as people  # the keys point there

incidents = Table(
    "incidents",
    metadata,
    *row_id(),
    *texts("unit", "system", "plan", "plan_digest", "since", "told", "now_state", "state"),
    *texts("needs_response", "serious_by_law", "serious_by_plan"),
    to("people", "reporter_id", index=True),
    to("people", "lead_id", optional=True),
    Column("level", sa.Integer),
    *jsons("scope", "lead_units", "deciding"),
    *flags("is_drill", "is_secret"),
    *moments("reported_at"),
    *numbers("version"),
    *(must(name, sa.Text, server_default="") for name in ("source", "caller", "caller_phone")),
    *moments("verified_at"),
    Column("phase", sa.Text, nullable=False, server_default=""),
    Column("lap", sa.Integer, nullable=False, server_default="1"),
    *(must(name, sa.Text, server_default="") for name in ("scenario", "verified_how")),
    *(must(name, sa.Integer, server_default="0") for name in ("verified_by", "spokesperson_id")),
    *moments("convened_at"),
    Column("personal", JSON),  # what was said of people's data
    must("joined", JSON, server_default="[]"),  # people whom their unit has named
    *moments("taken_at", "closed_at"),  # first; last
    sqlite_autoincrement=True,  # a number that people have said aloud is never given again
)
only_where("ix_incidents_open", incidents.c.id, where="state = 'open'")
answers = Table(
    "answers",
    metadata,
    *row_id(),
    to("incidents", "incident_id", index=True),
    *texts("criterion", "answer"),
    *numbers("person_id"),
    at(),
)
verdicts = Table(
    "verdicts",
    metadata,
    *row_id(),
    to("incidents", "incident_id", index=True),
    *texts("needs_response", "serious_by_law", "serious_by_plan"),
    *jsons("because"),
    *numbers("person_id"),
    at(),
)
pages = Table(
    "pages",
    metadata,
    *row_id(),
    to("incidents", "incident_id", index=True),
    *texts("kind"),
    *jsons("ladder", "units"),
    *moments("began_at", "due_at"),
    *numbers("rung", "told", "count", "round", "needed", "version"),
    *flags("closed"),
    must("serious", sa.Boolean, server_default=sa.false()),
    must("teams", JSON, server_default="[]"),  # of each lead unit somebody has to acknowledge
)
only_where("ix_pages_due", pages.c.due_at, where="due_at IS NOT NULL")
only_where(
    "uq_pages_waiting",
    pages.c.incident_id,
    pages.c.kind,
    where="due_at IS NOT NULL",
    unique=True,
)
page_calls = Table(
    "page_calls",
    metadata,
    *row_id(),
    to("pages", "page_id", index=True),
    to("people", "person_id", index=True),
    *numbers("count"),
    at(),
    *(must(name, sa.Text, server_default="") for name in ("chat", "why")),  # what became of it
    *moments("seen_at"),
)
only_where("ix_page_calls_unseen", page_calls.c.chat, where="seen_at IS NULL")
acknowledgements = Table(
    "acknowledgements",
    metadata,
    *row_id(),
    to("pages", "page_id"),
    to("people", "person_id", index=True),
    at(),
    *moments("next_at", "asked_at"),  # when "vẫn đang xử lý?" is asked, or given up; was asked
    sa.UniqueConstraint("page_id", "person_id"),
)
only_where("ix_acknowledgements_due", acknowledgements.c.next_at, where="next_at IS NOT NULL")
consultations = Table(
    "consultations",
    metadata,
    *row_id(),
    to("incidents", "incident_id", index=True),
    to("people", "asked_id", index=True),
    *numbers("by_id"),
    *texts("kind", "why", "ask", "answer", "words"),
    *moments("asked_at", "answered_at", "reminded_at"),
    Column("minutes", sa.Integer),  # for which an answer is waited for; empty: as the plan says
)
directions = Table(
    "directions",
    metadata,
    *row_id(),
    to("incidents", "incident_id", index=True),
    to("people", "leader_id", index=True),
    to("people", "recorder_id"),
    *numbers("question_id"),
    *texts("channel", "said", "answer", "words", "state"),
    *moments("recorded_at", "settled_at", "reminded_at"),
)
tasks = Table(
    "tasks",
    metadata,
    *row_id(),
    to("incidents", "incident_id"),
    *numbers("number", "lap"),
    *texts("kind", "state", "step", "phase", "why", "result", "trouble"),
    *jsons("lead_units", "coordinating", "units"),
    *flags("confidential"),
    to("people", "person_id", optional=True, index=True),
    *numbers("given_by"),  # a person, the clockwork (-1), or nobody (0)
    to("people", "callee_id", optional=True),
    *moments("opened_at", "due_at", "remind_at", "done_at"),
    *numbers("version"),
    must("answers", JSON, server_default="{}"),  # of the step's own form
    must("name", sa.Text(), server_default=""),  # of a scenario's job
    sa.UniqueConstraint("incident_id", "number"),
)
only_where("ix_tasks_due", tasks.c.remind_at, where="remind_at IS NOT NULL")
clocks = Table(
    "clocks",
    metadata,
    *row_id(),
    to("incidents", "incident_id", index=True),
    *texts("regime", "report", "state"),
    *moments("began_at", "due_at"),
    *numbers("version"),
    *moments("settled_at", "remind_at"),
    must("person_id", sa.Integer, server_default="0"),
)
sa.Index("uq_clocks_report", clocks.c.incident_id, clocks.c.regime, clocks.c.report, unique=True)
only_where("ix_clocks_due", clocks.c.remind_at, where="remind_at IS NOT NULL")
