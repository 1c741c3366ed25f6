"""The one MetaData, and short names for the columns that tables share."""

from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Text

from storage.types import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
must = partial(Column, nullable=False)
at = partial(must, "at", UtcDateTime)
JSON = sa.JSON(none_as_null=True)


def key(*names: str, of: Any = Text) -> list[Column[Any]]:
    return [Column(name, of, primary_key=True) for name in names]


def row_id() -> list[Column[Any]]:
    return [Column("id", Integer, primary_key=True)]


def texts(*names: str) -> list[Column[Any]]:
    return [must(name, Text) for name in names]


def numbers(*names: str) -> list[Column[Any]]:
    return [must(name, Integer) for name in names]


def flags(*names: str) -> list[Column[Any]]:
    return [must(name, sa.Boolean) for name in names]


def jsons(*names: str) -> list[Column[Any]]:
    return [must(name, JSON) for name in names]


def moments(*names: str) -> list[Column[Any]]:
    """Aware UTC, and empty while it has not happened."""
    return [Column(name, UtcDateTime) for name in names]


def to(table: str, name: str, *, index: bool = False, optional: bool = False) -> Column[Any]:
    return Column(name, ForeignKey(f"{table}.id"), index=index, nullable=optional)


def only_where(name: str, *columns: Column[Any], where: str, unique: bool = False) -> sa.Index:
    """An index over the rows that a literal condition names, so that SQLite may use it."""
    condition = sa.text(where)
    return sa.Index(
        name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )
