"""two networks"""

import sqlalchemy as sa
import storage.types
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WHEN = storage.types.UtcDateTime(timezone=True)


def upgrade() -> None:
    _cards_without_edits()
    _channels()
    _evidence()


def downgrade() -> None:
    op.drop_table("quotas")
    op.drop_column("notices", "tried")
    op.drop_column("invitations", "links")
    op.drop_column("chats", "chosen_at")
    op.drop_index(op.f("ix_page_calls_unseen"), table_name="page_calls")
    for name in ("seen_at", "why", "chat"):
        op.drop_column("page_calls", name)
    for name in ("keys", "passes", "file_bytes", "files"):
        op.drop_table(name)
    for name in ("loud", "edits"):
        op.drop_column("cards", name)


def _channels() -> None:
    for name in ("chat", "why"):
        op.add_column("page_calls", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("page_calls", sa.Column("seen_at", WHEN))
    op.create_index(
        op.f("ix_page_calls_unseen"),
        "page_calls",
        ["chat"],
        sqlite_where=sa.text("seen_at IS NULL"),
        postgresql_where=sa.text("seen_at IS NULL"),
    )
    op.add_column("chats", sa.Column("chosen_at", WHEN))
    op.add_column(
        "invitations",
        sa.Column("links", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("notices", sa.Column("tried", sa.JSON(none_as_null=True)))
    op.create_table(
        "quotas",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("account", "month")),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("monthly", "reserved", "sent", "told")
        ),
        sa.PrimaryKeyConstraint("account", "month", name=op.f("pk_quotas")),
    )


def _cards_without_edits() -> None:
    op.add_column("cards", sa.Column("edits", sa.Boolean(), nullable=False, server_default="1"))
    op.add_column("cards", sa.Column("loud", sa.Integer(), nullable=False, server_default="0"))


def _evidence() -> None:
    op.create_table(
        "files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("name", "media", "sha256", "platform")
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_files_incident_id")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["forms.id"], name=op.f("fk_files_draft_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_files_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
        sa.UniqueConstraint("incident_id", "number", name=op.f("uq_files_incident_id_number")),
    )
    for name in ("incident_id", "draft_id", "person_id"):
        op.create_index(op.f(f"ix_files_{name}"), "files", [name])
    op.create_table(
        "file_bytes",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_file_bytes_file_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_file_bytes")),
    )
    op.create_table(
        "passes",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("key", "kind")),
        sa.Column("person_id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("incident_id", "draft_id", "file_id")
        ),
        sa.Column("until", WHEN, nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_passes_person_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_passes")),
    )
    op.create_table(
        "keys",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_keys")),
    )
