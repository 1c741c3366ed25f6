"""the team at work"""

import sqlalchemy as sa
import storage.types
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHEN = storage.types.UtcDateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    _tasks_anew()
    _directions()
    op.add_column("chats", sa.Column("trouble", sa.Text(), nullable=False, server_default=""))
    for name in ("dark_since", "left_at"):
        op.add_column("accounts", sa.Column(name, WHEN))
    _shared_telephones()
    for name in ("source", "caller", "caller_phone"):
        op.add_column("incidents", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("incidents", sa.Column("verified_at", WHEN))
    op.add_column("incidents", sa.Column("phase", sa.Text(), nullable=False, server_default=""))
    op.add_column("incidents", sa.Column("lap", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_table("directions")
    op.drop_column("incidents", "lap")
    op.drop_column("incidents", "phase")
    op.drop_table("holders")
    op.drop_column("people", "shared_by")
    for name in ("verified_at", "caller_phone", "caller", "source"):
        op.drop_column("incidents", name)
    for name in ("left_at", "dark_since"):
        op.drop_column("accounts", name)
    op.drop_column("chats", "trouble")
    _tasks_as_before()


def _shared_telephones() -> None:
    op.add_column("people", sa.Column("shared_by", JSON))
    op.create_table(
        "holders",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("since", WHEN),
        sa.Column("question", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("waiting", "answered")),
        sa.Column("is_press", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["people.id"], name=op.f("fk_holders_device_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["people.id"], name=op.f("fk_holders_holder_id")),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_holders")),
    )


def _tasks_anew() -> None:
    """Nothing has ever been written into the first one."""
    op.drop_table("tasks")
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("number", "lap")),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("kind", "state", "step", "phase", "why", "result", "trouble")
        ),
        *(sa.Column(n, JSON, nullable=False) for n in ("lead_units", "coordinating", "units")),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("callee_id", sa.Integer(), nullable=True),
        *(sa.Column(n, WHEN) for n in ("opened_at", "due_at", "remind_at", "done_at")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_tasks_incident_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_tasks_person_id")),
        sa.ForeignKeyConstraint(["callee_id"], ["people.id"], name=op.f("fk_tasks_callee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("incident_id", "number", name=op.f("uq_tasks_incident_id_number")),
    )
    op.create_index(op.f("ix_tasks_person_id"), "tasks", ["person_id"])
    condition = sa.text("remind_at IS NOT NULL")
    op.create_index(
        "ix_tasks_due",
        "tasks",
        ["remind_at"],
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _tasks_as_before() -> None:
    op.drop_table("tasks")
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        *(sa.Column(n, sa.Text(), nullable=False) for n in ("step", "state", "lead_unit")),
        sa.Column("person_id", sa.Integer(), nullable=True),
        *(sa.Column(name, WHEN) for name in ("due_at", "done_at")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_tasks_incident_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_tasks_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_incident_id"), "tasks", ["incident_id"])


def _directions() -> None:
    op.create_table(
        "directions",
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("incident_id", "leader_id", "recorder_id", "question_id")
        ),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("channel", "said", "answer", "words", "state")
        ),
        *(sa.Column(name, WHEN) for name in ("recorded_at", "settled_at", "reminded_at")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_directions_incident_id")
        ),
        sa.ForeignKeyConstraint(["leader_id"], ["people.id"], name=op.f("fk_directions_leader_id")),
        sa.ForeignKeyConstraint(
            ["recorder_id"], ["people.id"], name=op.f("fk_directions_recorder_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directions")),
    )
    for name in ("incident_id", "leader_id"):
        op.create_index(op.f(f"ix_directions_{name}"), "directions", [name])
