"""duty"""

import sqlalchemy as sa
import storage.types
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WHEN = storage.types.UtcDateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)


# Whoever has an open page is looked at again, and the figures know what happened before.
KNOWN_BEFORE = (
    """
    UPDATE acknowledgements SET next_at = at WHERE page_id IN (
        SELECT pages.id FROM pages JOIN incidents ON incidents.id = pages.incident_id
        WHERE NOT pages.closed AND incidents.state = 'open')
    """,
    """
    UPDATE incidents SET taken_at = (
        SELECT min(acknowledgements.at) FROM acknowledgements
        JOIN pages ON pages.id = acknowledgements.page_id
        WHERE pages.incident_id = incidents.id)
    """,
    """
    UPDATE incidents SET closed_at = (
        SELECT max(events.at) FROM events
        WHERE events.kind = 'incident.closed' AND events.chain = 'incident/' || incidents.id)
    WHERE state = 'closed'
    """,
)


def upgrade() -> None:
    _shifts_anew()
    op.create_table('days_off',
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('paper', sa.Text(), nullable=False),
        sa.Column('working', sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint('day', name=op.f('pk_days_off'))
    )
    op.create_table('marks',
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('value', sa.Text(), server_default='', nullable=False),
        sa.Column('at', WHEN, nullable=False),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_marks'))
    )
    op.create_table('quiet_hours',
        sa.Column('person_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('begins', sa.Integer(), nullable=False),
        sa.Column('ends', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('person_id', name=op.f('pk_quiet_hours'))
    )
    op.create_table('rosters',
        sa.Column('id', sa.Text(), nullable=False),
        sa.Column('unit', sa.Text(), nullable=False),
        sa.Column('role', sa.Text(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('layers', JSON, nullable=False),
        sa.Column('place', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_rosters'))
    )
    op.create_table('rounds',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('state', sa.Text(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('due_at', WHEN),
        sa.Column('at', WHEN, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_rounds'))
    )
    op.create_table('ways',
        sa.Column('person_key', sa.Text(), nullable=False),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('address', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('person_key', 'kind', name=op.f('pk_ways'))
    )
    op.create_table('absences',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('why', sa.Text(), nullable=False),
        sa.Column('paper', sa.Text(), nullable=False),
        sa.Column('acting_id', sa.Integer(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('begins_at', WHEN),
        sa.Column('ends_at', WHEN),
        sa.Column('cancelled_at', WHEN),
        sa.Column('at', WHEN, nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_absences_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_absences'))
    )
    op.create_index(op.f('ix_absences_person_id'), 'absences', ['person_id'])
    op.create_index(op.f('ix_absences_to_come'), 'absences', ['ends_at'], sqlite_where=sa.text('cancelled_at IS NULL'), postgresql_where=sa.text('cancelled_at IS NULL'))
    op.create_table('round_people',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('answer', sa.Text(), nullable=False),
        sa.Column('where_now', sa.Text(), nullable=False),
        sa.Column('answered_at', WHEN),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_round_people_person_id')),
        sa.ForeignKeyConstraint(['round_id'], ['rounds.id'], name=op.f('fk_round_people_round_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_round_people'))
    )
    op.create_index(op.f('ix_round_people_round_id'), 'round_people', ['round_id'])
    op.create_table('swaps',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('roster', sa.Text(), nullable=False),
        sa.Column('state', sa.Text(), nullable=False),
        sa.Column('asker_id', sa.Integer(), nullable=False),
        sa.Column('asked_id', sa.Integer(), nullable=False),
        sa.Column('begins_at', WHEN),
        sa.Column('ends_at', WHEN),
        sa.Column('other_begins_at', WHEN),
        sa.Column('other_ends_at', WHEN),
        sa.Column('settled_at', WHEN),
        sa.Column('at', WHEN, nullable=False),
        sa.ForeignKeyConstraint(['asked_id'], ['people.id'], name=op.f('fk_swaps_asked_id')),
        sa.ForeignKeyConstraint(['asker_id'], ['people.id'], name=op.f('fk_swaps_asker_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_swaps'))
    )
    op.create_index(op.f('ix_swaps_asked_id'), 'swaps', ['asked_id'])
    op.create_index(op.f('ix_swaps_asker_id'), 'swaps', ['asker_id'])
    op.create_index(op.f('ix_swaps_waiting'), 'swaps', ['begins_at'], sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
    op.create_table('handovers',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('roster', sa.Text(), nullable=False),
        sa.Column('summary', sa.Text(), nullable=False),
        sa.Column('state', sa.Text(), nullable=False),
        sa.Column('incident_id', sa.Integer()),
        sa.Column('from_id', sa.Integer(), nullable=False),
        sa.Column('to_id', sa.Integer(), nullable=False),
        sa.Column('settled_at', WHEN),
        sa.Column('reminded_at', WHEN),
        sa.Column('with_tasks', sa.Boolean(), nullable=False),
        sa.Column('at', WHEN, nullable=False),
        sa.ForeignKeyConstraint(['from_id'], ['people.id'], name=op.f('fk_handovers_from_id')),
        sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_handovers_incident_id')),
        sa.ForeignKeyConstraint(['to_id'], ['people.id'], name=op.f('fk_handovers_to_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_handovers'))
    )
    op.create_index(op.f('ix_handovers_asked'), 'handovers', ['roster'], sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
    op.create_index(op.f('ix_handovers_from_id'), 'handovers', ['from_id'])
    op.create_index(op.f('ix_handovers_incident_id'), 'handovers', ['incident_id'])
    op.create_index(op.f('ix_handovers_to_id'), 'handovers', ['to_id'])
    op.create_table('supports',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('incident_id', sa.Integer(), nullable=False),
        sa.Column('contact', sa.Text(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('state', sa.Text(), nullable=False),
        sa.Column('ask', sa.Text(), nullable=False),
        sa.Column('how', sa.Text(), nullable=False),
        sa.Column('who', sa.Text(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', WHEN),
        sa.Column('settled_at', WHEN),
        sa.Column('remind_at', WHEN),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_supports_incident_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_supports'))
    )
    op.create_index(op.f('ix_supports_due'), 'supports', ['remind_at'], sqlite_where=sa.text('remind_at IS NOT NULL'), postgresql_where=sa.text('remind_at IS NOT NULL'))
    op.create_index(op.f('ix_supports_incident_id'), 'supports', ['incident_id'])
    op.add_column('acknowledgements', sa.Column('next_at', WHEN))
    op.add_column('acknowledgements', sa.Column('asked_at', WHEN))
    op.create_index(op.f('ix_acknowledgements_due'), 'acknowledgements', ['next_at'], sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))
    op.add_column('incidents', sa.Column('taken_at', WHEN))
    op.add_column('incidents', sa.Column('closed_at', WHEN))
    op.add_column('pages', sa.Column('serious', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('pages', sa.Column('teams', JSON, server_default='[]', nullable=False))
    for statement in KNOWN_BEFORE:
        op.execute(statement)


def downgrade() -> None:
    op.drop_column('pages', 'teams')
    op.drop_column('pages', 'serious')
    op.drop_column('incidents', 'closed_at')
    op.drop_column('incidents', 'taken_at')
    op.drop_index(op.f('ix_acknowledgements_due'), table_name='acknowledgements')
    op.drop_column('acknowledgements', 'asked_at')
    op.drop_column('acknowledgements', 'next_at')
    op.drop_index(op.f('ix_supports_incident_id'), table_name='supports')
    op.drop_index(op.f('ix_supports_due'), table_name='supports')
    op.drop_table('supports')
    op.drop_index(op.f('ix_handovers_to_id'), table_name='handovers')
    op.drop_index(op.f('ix_handovers_incident_id'), table_name='handovers')
    op.drop_index(op.f('ix_handovers_from_id'), table_name='handovers')
    op.drop_index(op.f('ix_handovers_asked'), table_name='handovers')
    op.drop_table('handovers')
    op.drop_index(op.f('ix_swaps_waiting'), table_name='swaps')
    op.drop_index(op.f('ix_swaps_asker_id'), table_name='swaps')
    op.drop_index(op.f('ix_swaps_asked_id'), table_name='swaps')
    op.drop_table('swaps')
    op.drop_index(op.f('ix_round_people_round_id'), table_name='round_people')
    op.drop_table('round_people')
    op.drop_index(op.f('ix_absences_to_come'), table_name='absences')
    op.drop_index(op.f('ix_absences_person_id'), table_name='absences')
    op.drop_table('absences')
    op.drop_table('ways')
    op.drop_table('rounds')
    op.drop_table('rosters')
    op.drop_table('quiet_hours')
    op.drop_table('marks')
    op.drop_table('days_off')
    _shifts_as_before()


def _shifts_anew() -> None:
    """Nothing was ever written into the old table."""
    op.drop_table('shifts')
    op.create_table('shifts',
        sa.Column('id', sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('roster', 'kind', 'why')),
        sa.Column('person_id', sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ('instead_of', 'by_id')),
        *(sa.Column(name, WHEN) for name in ('begins_at', 'ends_at', 'cancelled_at')),
        sa.Column('at', WHEN, nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_shifts_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_shifts')),
    )
    op.create_index(op.f('ix_shifts_person_id'), 'shifts', ['person_id'])
    op.create_index(op.f('ix_shifts_roster'), 'shifts', ['roster', 'ends_at'], sqlite_where=sa.text('cancelled_at IS NULL'), postgresql_where=sa.text('cancelled_at IS NULL'))


def _shifts_as_before() -> None:
    op.drop_index(op.f('ix_shifts_roster'), table_name='shifts')
    op.drop_index(op.f('ix_shifts_person_id'), table_name='shifts')
    op.drop_table('shifts')
    op.create_table('shifts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('unit', 'kind')),
        *(sa.Column(name, WHEN) for name in ('begins_at', 'ends_at')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_shifts_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_shifts')),
    )
