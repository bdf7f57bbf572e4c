"""The tables of people's work on the archive: notes, dossiers, searches, and its history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive_app.domain.records import Audience
from archive_app.store.columns import EMPTY_MAP, SETTINGS, STRINGS, DayText, EnumText, UtcText
from archive_app.store.tables_base import (
    Base,
    HasUuid,
    one_of,
    optional_reference,
    reference,
    table_args,
)

ITEM_KINDS = ("interview", "passage", "heading", "text", "picture", "point")
CHANGE_KINDS = ("insert", "update", "delete")


class NoteRow(HasUuid, Base):
    """``domain.records.Note``; it is deleted with the row it is on, by that row's trigger."""

    __tablename__ = "note"
    __table_args__ = table_args(Index(None, "table", "row_id"))

    table: Mapped[str] = mapped_column(String)
    row_id: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")
    who: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime | None] = mapped_column(UtcText)


class SourceFileRow(HasUuid, Base):
    """A file that something was taken in from: its bytes' hash, and what was lost on the way."""

    __tablename__ = "source_file"
    __table_args__ = table_args(Index(None, "sha256"))

    interview_id: Mapped[int] = reference("interview", on_delete="CASCADE")
    name: Mapped[str] = mapped_column(Text, default="")
    format: Mapped[str] = mapped_column(String, default="")
    sha256: Mapped[str] = mapped_column(String)
    losses: Mapped[tuple[str, ...]] = mapped_column(STRINGS, default=())
    who: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime | None] = mapped_column(UtcText)


class DossierRow(HasUuid, Base):
    """``domain.records.Dossier``, without its items."""

    __tablename__ = "dossier"

    title: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(Text, default="")
    settings: Mapped[Mapping[str, str]] = mapped_column(SETTINGS, default=EMPTY_MAP)


class DossierItemRow(HasUuid, Base):
    """``domain.records.DossierItem``; it goes with its interview or transcript.

    The turns of its span are no foreign keys: a passage must not keep anybody
    from editing the transcript that it is taken from. An index point that is
    deleted leaves its item behind, which then says that it is gone.
    """

    __tablename__ = "dossier_item"
    __table_args__ = table_args(
        one_of("kind", ITEM_KINDS),
        CheckConstraint(
            "(start_turn IS NULL) = (start IS NULL)"
            " AND (start IS NULL) = (end_turn IS NULL)"
            ' AND (end_turn IS NULL) = ("end" IS NULL)',
            name="whole_span",
        ),
        CheckConstraint("level BETWEEN 1 AND 3", name="level"),
    )

    dossier_id: Mapped[int] = reference("dossier", on_delete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String)
    level: Mapped[int] = mapped_column(default=1)
    text: Mapped[str] = mapped_column(Text, default="")
    interview_id: Mapped[int | None] = optional_reference("interview", on_delete="CASCADE")
    transcript_id: Mapped[int | None] = optional_reference("transcript", on_delete="CASCADE")
    start_turn: Mapped[int | None]
    start: Mapped[int | None]
    end_turn: Mapped[int | None]
    end: Mapped[int | None]
    settings: Mapped[Mapping[str, str]] = mapped_column(SETTINGS, default=EMPTY_MAP)
    body: Mapped[str] = mapped_column(Text, default="")
    index_point_id: Mapped[int | None] = optional_reference("index_point", on_delete="SET NULL")
    picture: Mapped[str] = mapped_column(Text, default="")
    seen: Mapped[str] = mapped_column(String, default="")


class DossierExportRow(HasUuid, Base):
    """``domain.records.DossierExport``; it holds no testimony and no protected name."""

    __tablename__ = "dossier_export"
    __table_args__ = table_args(one_of("audience", Audience))

    dossier_id: Mapped[int] = reference("dossier", on_delete="CASCADE")
    made_at: Mapped[datetime | None] = mapped_column(UtcText)
    who: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[Audience] = mapped_column(EnumText(Audience))
    on: Mapped[date] = mapped_column(DayText)
    layout: Mapped[str] = mapped_column(String, default="")
    file_name: Mapped[str] = mapped_column(Text, default="")
    pages: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String, default="")
    proof: Mapped[str] = mapped_column(Text, default="")


class SavedSearchRow(HasUuid, Base):
    """``domain.records.SavedSearch``."""

    __tablename__ = "saved_search"

    name: Mapped[str] = mapped_column(Text, default="")
    query: Mapped[str] = mapped_column(Text, default="")


class OperationRow(HasUuid, Base):
    """``domain.records.Operation``; ``interview_id`` outlives the interview."""

    __tablename__ = "operation"

    label: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcText)
    interview_id: Mapped[int | None] = mapped_column(index=True)
    undoes: Mapped[int | None] = optional_reference("operation")
    redoes: Mapped[int | None] = optional_reference("operation")
    is_undone: Mapped[bool] = mapped_column(default=False)


class JournalRow(Base):
    """One row that an operation changed, with the image of the row before.

    There is no image of the row after: it is the next entry's image of before,
    or the row itself. So an import does not store everything twice, and a purge
    finds each former state in one place. ``before`` is empty for an insert, and
    for an image that was purged.
    """

    __tablename__ = "journal"
    __table_args__ = table_args(
        one_of("kind", CHANGE_KINDS), Index(None, "table_name", "row_id", "id")
    )

    operation_id: Mapped[int] = reference("operation")
    table_name: Mapped[str] = mapped_column(String)
    row_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String)
    before: Mapped[str | None] = mapped_column(Text)
    is_purged: Mapped[bool] = mapped_column(default=False)
