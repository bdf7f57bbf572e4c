"""The tables of what was said: transcripts, turns, tags, taggings, index points."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive_app.domain.records import GpsPoint, Hyperlink, TimedText, TranscriptKind
from archive_app.store.columns import (
    EMPTY_MAP,
    GPS,
    LINKS,
    STRINGS,
    TEXTS,
    TIMED,
    EnumText,
    UtcText,
)
from archive_app.store.tables_base import (
    Base,
    HasUuid,
    living_turn,
    one_of,
    optional_reference,
    reference,
    table_args,
)


class TranscriptRow(HasUuid, Base):
    """``domain.records.Transcript``."""

    __tablename__ = "transcript"
    __table_args__ = table_args(one_of("kind", TranscriptKind))

    interview_id: Mapped[int] = reference("interview", on_delete="CASCADE")
    language: Mapped[str] = mapped_column(String, default="und")
    kind: Mapped[TranscriptKind] = mapped_column(
        EnumText(TranscriptKind), default=TranscriptKind.VERBATIM
    )
    is_language_guessed: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(Text, default="")
    style: Mapped[str] = mapped_column(Text, default="")
    narrator_reviewed: Mapped[bool] = mapped_column(default=False)


class TurnRow(HasUuid, Base):
    """``domain.records.Turn``; ``position`` leaves gaps. Its footnotes are deleted with it.

    A turn on which a living tagging or restriction stands cannot be deleted:
    whoever deletes it moves them, or makes orphans of them, first.
    """

    __tablename__ = "turn"
    __table_args__ = table_args(
        CheckConstraint("start_ms >= 0", name="start_ms"),
        CheckConstraint("start_ms <= end_ms", name="times"),
        Index(None, "transcript_id", "position"),
    )

    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcript.id", ondelete="CASCADE"))
    position: Mapped[int]
    speaker_id: Mapped[int | None] = optional_reference("person")
    speaker_label: Mapped[str] = mapped_column(Text, default="")
    recording_id: Mapped[int | None] = optional_reference("recording", on_delete="SET NULL")
    start_ms: Mapped[int | None]
    end_ms: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    timed: Mapped[tuple[TimedText, ...]] = mapped_column(TIMED, default=())
    is_time_estimated: Mapped[bool] = mapped_column(default=False)


class FootnoteRow(HasUuid, Base):
    """``domain.records.Footnote``, anchored at a code point of a turn."""

    __tablename__ = "footnote"
    __table_args__ = table_args(CheckConstraint('"offset" >= 0', name="offset"))

    turn_id: Mapped[int] = reference("turn", on_delete="CASCADE")
    offset: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")
    link: Mapped[str] = mapped_column(Text, default="")


class VocabularyRow(HasUuid, Base):
    """``domain.records.Vocabulary``. One that holds tags cannot be deleted."""

    __tablename__ = "vocabulary"

    names: Mapped[Mapping[str, str]] = mapped_column(TEXTS, default=EMPTY_MAP)
    description: Mapped[str] = mapped_column(Text, default="")
    links: Mapped[tuple[str, ...]] = mapped_column(STRINGS, default=())
    position: Mapped[int] = mapped_column(default=0)


class TagRow(HasUuid, Base):
    """``domain.records.Tag``. Its taggings go with it; one with children cannot be deleted."""

    __tablename__ = "tag"
    __table_args__ = table_args(CheckConstraint("parent_id <> id", name="not_in_itself"))

    vocabulary_id: Mapped[int] = reference("vocabulary")
    parent_id: Mapped[int | None] = optional_reference("tag")
    names: Mapped[Mapping[str, str]] = mapped_column(TEXTS, default=EMPTY_MAP)
    definition: Mapped[str] = mapped_column(Text, default="")
    colour: Mapped[str] = mapped_column(String, default="")
    links: Mapped[tuple[str, ...]] = mapped_column(STRINGS, default=())
    position: Mapped[int] = mapped_column(default=0)


class TaggingRow(HasUuid, Base):
    """``domain.records.Tagging``, its span in four columns."""

    __tablename__ = "tagging"
    __table_args__ = table_args(
        CheckConstraint(
            'is_orphan OR start >= 0 AND "end" >= 0 AND (start_turn <> end_turn OR start < "end")',
            name="span",
        )
    )

    tag_id: Mapped[int] = reference("tag", on_delete="CASCADE")
    transcript_id: Mapped[int] = reference("transcript", on_delete="CASCADE")
    start_turn: Mapped[int]
    start: Mapped[int]
    end_turn: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    is_orphan: Mapped[bool] = mapped_column(default=False)
    who: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime | None] = mapped_column(UtcText)
    memo: Mapped[str] = mapped_column(Text, default="")
    living_start_turn: Mapped[int | None] = living_turn("start_turn")
    living_end_turn: Mapped[int | None] = living_turn("end_turn")


class IndexPointRow(HasUuid, Base):
    """``domain.records.IndexPoint``."""

    __tablename__ = "index_point"
    __table_args__ = table_args(
        CheckConstraint("start_ms >= 0", name="start_ms"),
        CheckConstraint("start_ms <= end_ms", name="times"),
    )

    interview_id: Mapped[int] = reference("interview", on_delete="CASCADE")
    start_ms: Mapped[int]
    end_ms: Mapped[int | None]
    title: Mapped[str] = mapped_column(Text, default="")
    synopsis: Mapped[str] = mapped_column(Text, default="")
    partial_transcript: Mapped[str] = mapped_column(Text, default="")
    keywords: Mapped[tuple[str, ...]] = mapped_column(STRINGS, default=())
    subjects: Mapped[tuple[str, ...]] = mapped_column(STRINGS, default=())
    place_id: Mapped[int | None] = optional_reference("place", on_delete="SET NULL")
    gps: Mapped[tuple[GpsPoint, ...]] = mapped_column(GPS, default=())
    links: Mapped[tuple[Hyperlink, ...]] = mapped_column(LINKS, default=())
    alt: Mapped[Mapping[str, str]] = mapped_column(TEXTS, default=EMPTY_MAP)
