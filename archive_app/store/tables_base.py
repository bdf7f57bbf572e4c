"""What every table shares: constraint names, ids, UUIDs, checks and the columns of a span."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration can speak of it."""


class Base(DeclarativeBase):
    """The root of all tables; every row has an id that is never used twice."""

    metadata = MetaData(naming_convention=NAMES)
    __table_args__: object = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-20)


class HasUuid:
    """Everything that may leave the archive can be recognised outside of it."""

    uuid: Mapped[str] = mapped_column(String(36), unique=True, sort_order=-10)


def table_args(*constraints: CheckConstraint | Index) -> tuple[object, ...]:
    """Return a table's ``__table_args__``: its constraints and the ids that are never reused."""
    return (*constraints, {"sqlite_autoincrement": True})


def one_of(column: str, values: Iterable[str], *, nullable: bool = False) -> CheckConstraint:
    """Return a check that the column holds one of the values."""
    listed = ", ".join(f"'{value}'" for value in values)
    null = f'"{column}" IS NULL OR ' if nullable else ""
    return CheckConstraint(f'{null}"{column}" IN ({listed})', name=column)


def reference(target: str, *, on_delete: str | None = None, nullable: bool = False) -> Mapped[int]:
    """Return an indexed foreign key to a table's id.

    Without ``on_delete`` a row that is still referred to cannot be deleted.
    """
    return mapped_column(
        Integer, ForeignKey(f"{target}.id", ondelete=on_delete), index=True, nullable=nullable
    )


def optional_reference(target: str, *, on_delete: str | None = None) -> Mapped[int | None]:
    """Return an indexed foreign key that may be empty."""
    return mapped_column(
        Integer, ForeignKey(f"{target}.id", ondelete=on_delete), index=True, nullable=True
    )


def living_turn(column: str) -> Mapped[int | None]:
    """Return the foreign key of a span's end, which only a living span has.

    ``start_turn`` and ``end_turn`` themselves keep the former place of an orphan
    and must therefore outlive the turn. This generated column holds a living
    span's turn in place: deleting that turn is refused, so no edit can lose a tagging.
    """
    return mapped_column(
        Integer,
        Computed(f"CASE WHEN is_orphan THEN NULL ELSE {column} END", persisted=True),
        ForeignKey("turn.id"),
        index=True,
        nullable=True,
    )
