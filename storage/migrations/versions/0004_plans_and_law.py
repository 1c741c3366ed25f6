"""plans and law"""

import sqlalchemy as sa
import storage.types
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WHEN = storage.types.UtcDateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    _incidents()
    op.add_column("consultations", sa.Column("minutes", sa.Integer()))
    op.add_column("units", sa.Column("settled", JSON, nullable=False, server_default="{}"))
    op.add_column("tasks", sa.Column("answers", JSON, nullable=False, server_default="{}"))
    op.add_column("tasks", sa.Column("name", sa.Text(), nullable=False, server_default=""))
    _clocks()
    _plans()
    _agency()


def downgrade() -> None:
    op.drop_table("contacts")
    op.drop_column("agencies", "regimes")
    op.drop_table("contact_checks")
    op.drop_index(op.f("ix_plan_versions_digest"), table_name="plan_versions")
    op.drop_table("plan_versions")
    op.drop_index(op.f("ix_clocks_due"), table_name="clocks")
    op.drop_index(op.f("uq_clocks_report"), table_name="clocks")
    for name in ("person_id", "remind_at", "settled_at"):
        op.drop_column("clocks", name)
    op.drop_column("tasks", "name")
    op.drop_column("units", "settled")
    op.drop_column("tasks", "answers")
    op.drop_column("consultations", "minutes")
    for name in ("joined", "personal", "convened_at", "spokesperson_id", "verified_by"):
        op.drop_column("incidents", name)
    for name in ("verified_how", "scenario"):
        op.drop_column("incidents", name)


def _incidents() -> None:
    for name in ("scenario", "verified_how"):
        op.add_column("incidents", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in ("verified_by", "spokesperson_id"):
        column = sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        op.add_column("incidents", column)
    op.add_column("incidents", sa.Column("convened_at", WHEN))
    op.add_column("incidents", sa.Column("personal", JSON))
    op.add_column("incidents", sa.Column("joined", JSON, nullable=False, server_default="[]"))


def _clocks() -> None:
    op.add_column("clocks", sa.Column("settled_at", WHEN))
    op.add_column("clocks", sa.Column("remind_at", WHEN))
    whose = sa.Column("person_id", sa.Integer(), nullable=False, server_default="0")
    op.add_column("clocks", whose)
    op.create_index(
        op.f("uq_clocks_report"), "clocks", ["incident_id", "regime", "report"], unique=True
    )
    op.create_index(
        op.f("ix_clocks_due"),
        "clocks",
        ["remind_at"],
        sqlite_where=sa.text("remind_at IS NOT NULL"),
        postgresql_where=sa.text("remind_at IS NOT NULL"),
    )


def _plans() -> None:
    op.create_table(
        "plan_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("plan", "digest", "title", "text", "base_text")
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("in_force_at", WHEN),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_versions")),
    )
    op.create_index(op.f("ix_plan_versions_digest"), "plan_versions", ["digest"])
    op.create_table(
        "contact_checks",
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("reminded", sa.Date()),
        sa.PrimaryKeyConstraint("contact", name=op.f("pk_contact_checks")),
    )


def _agency() -> None:
    op.add_column("agencies", sa.Column("regimes", JSON, nullable=False, server_default="[]"))
    words = ("kind", "name", "phone", "other_phone", "email", "hours", "needed", "note")
    op.create_table(
        "contacts",
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in words),
        sa.Column("functions", JSON, nullable=False),
        sa.Column("checked", sa.Date()),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
