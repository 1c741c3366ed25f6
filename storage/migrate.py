"""Bringing a database up to date when the program starts."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine

FOLDER = Path(__file__).parent / "migrations"


def migrate(engine: Engine, to: str = "head") -> None:
    """With foreign keys off, and checked after: rebuilding a table would delete its children.

    OSError: a foreign key leads nowhere afterwards; nothing has been changed then.
    """
    raw = engine.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys = OFF")  # takes effect outside a transaction only
    raw.close()
    with engine.begin() as connection:
        settings = configuration()
        settings.attributes["connection"] = connection
        before = _revision(connection)
        move = command.upgrade if to == "head" else command.downgrade
        move(settings, to)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken and _revision(connection) != before:  # rows cut out by others: `verify` says so
            raise OSError(f"foreign keys that lead nowhere after migrating: {broken[:3]}")
    engine.dispose()  # the next connection has its foreign keys on


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def configuration() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    return settings
