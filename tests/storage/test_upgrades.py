"""A database of an earlier version: what was under way in it goes on after the upgrade."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from storage.migrate import migrate

TAKEN, CLOSED = "2026-11-20 17:00:00.000000", "2026-11-20 19:30:00.000000"
FILLERS = {"INTEGER": 1, "BOOLEAN": 0, "FLOAT": 0.0, "JSON": "[]", "DATETIME": TAKEN, "BLOB": b""}


@pytest.fixture
def before_duty(tmp_path: Path) -> Path:
    """Two incidents that were acknowledged, the second of them closed."""
    file = tmp_path / "trucban.db"
    engine = create_engine(f"sqlite:///{file}")
    migrate(engine)
    migrate(engine, "0004")  # back
    engine.dispose()
    with closing(sqlite3.connect(file)) as rows, rows:
        _add(rows, "people", id=1)
        for number, state in ((1, "open"), (2, "closed")):
            _add(rows, "incidents", id=number, state=state)
            _add(rows, "pages", id=number, incident_id=number, kind="respond", closed=number == 2)
            _add(rows, "acknowledgements", id=number, page_id=number, person_id=1, at=TAKEN)
        closed = {"chain": "incident/2", "seq": 9, "kind": "incident.closed", "at": CLOSED}
        _add(rows, "events", **closed)
    return file


def test_who_has_a_page_is_looked_at_and_the_figures_know_what_was(before_duty: Path) -> None:
    engine = create_engine(f"sqlite:///{before_duty}")
    migrate(engine)
    assert _found(engine, "SELECT page_id, next_at FROM acknowledgements") == [
        (1, TAKEN),
        (2, None),
    ]
    assert _found(engine, "SELECT id, taken_at, closed_at FROM incidents") == [
        (1, TAKEN, None),
        (2, TAKEN, CLOSED),
    ]
    engine.dispose()


def _found(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as rows:
        return [tuple(row) for row in rows.execute(text(statement + " ORDER BY 1"))]


def _add(rows: sqlite3.Connection, table: str, **values: object) -> None:
    """What must not be empty and is not named is filled by its type."""
    for _, name, kind, must, default, _ in rows.execute(f"PRAGMA table_info({table})"):
        if must and default is None and name not in values:
            values[name] = FILLERS.get(kind.split("(")[0], "")
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    rows.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))
