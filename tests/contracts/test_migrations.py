"""The migrations lead to exactly the tables, back to nothing, and there again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

from bot.services.ports.books import Books
from playbooks.loader import load_plans
from storage.migrate import configuration, migrate
from storage.store import SqlStore
from storage.tables import metadata


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'trucban.db'}")
    yield engine
    engine.dispose()


def differences(engine: Engine) -> list[object]:
    with engine.connect() as rows:
        context = MigrationContext.configure(rows, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


def schema(engine: Engine) -> dict[str, str]:
    with engine.connect() as rows:
        found = rows.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {row.name: row.sql for row in found}


def test_from_nothing_to_exactly_the_tables(engine: Engine) -> None:
    migrate(engine)
    assert differences(engine) == []
    assert {index.name for table in metadata.tables.values() for index in table.indexes} <= set(
        schema(engine)
    )


def test_conditions_of_indexes_are_the_tables_own(engine: Engine) -> None:
    """compare_metadata does not look at them."""
    migrate(engine)
    written = schema(engine)
    made = create_engine("sqlite://")
    metadata.create_all(made)
    for name, sql in schema(made).items():
        if sql.startswith(("CREATE INDEX", "CREATE UNIQUE INDEX")):
            assert " ".join(written[name].split()) == " ".join(sql.split())
    made.dispose()


def test_down_to_nothing_and_up_again(engine: Engine) -> None:
    migrate(engine)
    first = schema(engine)
    migrate(engine, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(engine)
    assert schema(engine) == first


def test_there_is_one_line_of_migrations_and_each_can_go_back() -> None:
    scripts = ScriptDirectory.from_config(configuration())
    assert len(scripts.get_heads()) == 1
    for script in scripts.walk_revisions():
        assert script.module.downgrade.__code__.co_names, f"{script.revision} does not go back"


async def test_a_fresh_file_and_the_same_one_again_at_start(tmp_path: Path) -> None:
    for _ in range(2):
        store = SqlStore(f"sqlite:///{tmp_path / 'data' / 'trucban.db'}", Books(load_plans()))
        with store.engine.connect() as rows:
            assert rows.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        await store.close()


def test_a_child_without_its_parent_is_refused_and_nothing_is_changed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where tables were rebuilt: rows that somebody cut out must not keep the bot down."""
    migrate(engine)
    with engine.begin() as rows:
        rows.exec_driver_sql("INSERT INTO identities VALUES ('t', 'b', '1', 99)")
    migrate(engine)
    revisions = iter(("before", "after"))
    monkeypatch.setattr("storage.migrate._revision", lambda rows: next(revisions))
    with pytest.raises(OSError, match="foreign keys"):
        migrate(engine)
