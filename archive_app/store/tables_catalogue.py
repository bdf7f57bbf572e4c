"""The tables of the catalogue: collections, interviews, people, places, recordings, access."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from archive_app.domain.records import Audience, ConsentUse, Layer, NameKind, Role, Status
from archive_app.store.columns import EMPTY_MAP, STRINGS, TEXTS, USES, DayText, Degrees, EnumText
from archive_app.store.tables_base import (
    Base,
    HasUuid,
    living_turn,
    one_of,
    optional_reference,
    reference,
    table_args,
)

COLLECTION_KINDS = ("repository", "project", "series", "collection")
EXACTNESS = ("", "exact", "town", "region", "country")


class CollectionRow(HasUuid, Base):
    """``domain.records.Collection``. One that has children cannot be deleted."""

    __tablename__ = "collection"
    __table_args__ = table_args(
        one_of("kind", COLLECTION_KINDS), CheckConstraint("parent_id <> id", name="not_in_itself")
    )

    parent_id: Mapped[int | None] = optional_reference("collection")
    kind: Mapped[str] = mapped_column(String, default="collection")
    title: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)


class PlaceRow(HasUuid, Base):
    """``domain.records.Place``. Deleting one leaves interviews and index points without it."""

    __tablename__ = "place"
    __table_args__ = table_args(
        one_of("exactness", EXACTNESS),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="both_or_neither"),
    )

    names: Mapped[Mapping[str, str]] = mapped_column(TEXTS, default=EMPTY_MAP)
    latitude: Mapped[float | None] = mapped_column(Degrees)
    longitude: Mapped[float | None] = mapped_column(Degrees)
    exactness: Mapped[str] = mapped_column(String, default="")
    authority: Mapped[Mapping[str, str]] = mapped_column(TEXTS, default=EMPTY_MAP)


class InterviewRow(HasUuid, Base):
    """``domain.records.Interview``. What hangs on it is deleted with it."""

    __tablename__ = "interview"
    __table_args__ = table_args(
        one_of("status", Status), CheckConstraint("accession <> ''", name="accession_given")
    )

    accession: Mapped[str] = mapped_column(String, unique=True)
    collection_id: Mapped[int | None] = optional_reference("collection", on_delete="SET NULL")
    titles: Mapped[Mapping[str, str]] = mapped_column(TEXTS, default=EMPTY_MAP)
    abstract: Mapped[str] = mapped_column(Text, default="")
    date: Mapped[str] = mapped_column(String, default="")
    place_id: Mapped[int | None] = optional_reference("place", on_delete="SET NULL")
    languages: Mapped[tuple[str, ...]] = mapped_column(STRINGS, default=())
    status: Mapped[Status] = mapped_column(EnumText(Status), default=Status.RECORDED)
    circumstances: Mapped[str] = mapped_column(Text, default="")
    subjects: Mapped[tuple[str, ...]] = mapped_column(STRINGS, default=())
    keywords: Mapped[tuple[str, ...]] = mapped_column(STRINGS, default=())
    rights_holder: Mapped[str] = mapped_column(Text, default="")
    licence: Mapped[str] = mapped_column(Text, default="")
    usage_note: Mapped[str] = mapped_column(Text, default="")
    funder: Mapped[str] = mapped_column(Text, default="")
    identifiers: Mapped[tuple[str, ...]] = mapped_column(STRINGS, default=())
    extra: Mapped[Mapping[str, str]] = mapped_column(TEXTS, default=EMPTY_MAP)


class PersonRow(HasUuid, Base):
    """``domain.records.Person``. One who contributed or spoke cannot be deleted."""

    __tablename__ = "person"

    public_name: Mapped[str] = mapped_column(Text, default="")
    sort_name: Mapped[str] = mapped_column(Text, default="")
    biography: Mapped[str] = mapped_column(Text, default="")
    authority: Mapped[Mapping[str, str]] = mapped_column(TEXTS, default=EMPTY_MAP)


class PersonNameRow(Base):
    """``domain.records.PersonName``; ``position`` is the register's order."""

    __tablename__ = "person_name"
    __table_args__ = table_args(one_of("kind", NameKind))

    person_id: Mapped[int] = reference("person", on_delete="CASCADE")
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[NameKind] = mapped_column(EnumText(NameKind))
    language: Mapped[str] = mapped_column(String, default="")
    position: Mapped[int] = mapped_column(default=0)


class ContributionRow(Base):
    """``domain.records.Contribution``, its person by id."""

    __tablename__ = "contribution"
    __table_args__ = table_args(one_of("role", Role))

    interview_id: Mapped[int] = reference("interview", on_delete="CASCADE")
    person_id: Mapped[int] = reference("person")
    role: Mapped[Role] = mapped_column(EnumText(Role))
    position: Mapped[int] = mapped_column(default=0)


class RecordingRow(HasUuid, Base):
    """``domain.records.Recording``. Deleting one leaves its turns without a recording."""

    __tablename__ = "recording"
    __table_args__ = table_args(
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("size_bytes >= 0", name="size_bytes"),
        CheckConstraint("duration_ms >= 0", name="duration_ms"),
    )

    interview_id: Mapped[int] = reference("interview", on_delete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    offset_ms: Mapped[int] = mapped_column(default=0)
    original_name: Mapped[str] = mapped_column(Text)
    vault_path: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size_bytes: Mapped[int]
    duration_ms: Mapped[int | None]
    container: Mapped[str] = mapped_column(String, default="")
    codec: Mapped[str] = mapped_column(String, default="")
    sample_rate_hz: Mapped[int | None]
    channels: Mapped[int | None]
    bit_depth: Mapped[int | None]
    has_video: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[str] = mapped_column(String, default="")
    device: Mapped[str] = mapped_column(Text, default="")
    embedded_tags: Mapped[Mapping[str, str]] = mapped_column(TEXTS, default=EMPTY_MAP)


class RestrictionRow(HasUuid, Base):
    """``domain.records.Restriction``: a layer, or a span of a transcript, never both."""

    __tablename__ = "restriction"
    __table_args__ = table_args(
        one_of("shut_out", Audience),
        one_of("layer", Layer, nullable=True),
        CheckConstraint("(layer IS NULL) <> (transcript_id IS NULL)", name="layer_or_span"),
        CheckConstraint(
            "(transcript_id IS NULL) = (start_turn IS NULL)"
            " AND (start_turn IS NULL) = (start IS NULL)"
            " AND (start IS NULL) = (end_turn IS NULL)"
            ' AND (end_turn IS NULL) = ("end" IS NULL)',
            name="whole_span",
        ),
        CheckConstraint(
            'start IS NULL OR is_orphan OR start >= 0 AND "end" >= 0'
            ' AND (start_turn <> end_turn OR start < "end")',
            name="span",
        ),
    )

    interview_id: Mapped[int] = reference("interview", on_delete="CASCADE")
    shut_out: Mapped[Audience] = mapped_column(EnumText(Audience))
    layer: Mapped[Layer | None] = mapped_column(EnumText(Layer))
    transcript_id: Mapped[int | None] = optional_reference("transcript", on_delete="CASCADE")
    start_turn: Mapped[int | None]
    start: Mapped[int | None]
    end_turn: Mapped[int | None]
    end: Mapped[int | None]
    quote: Mapped[str] = mapped_column(Text, default="")
    is_orphan: Mapped[bool] = mapped_column(default=False)
    until: Mapped[date | None] = mapped_column(DayText)
    opens_by_itself: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[date | None] = mapped_column(DayText)
    living_start_turn: Mapped[int | None] = living_turn("start_turn")
    living_end_turn: Mapped[int | None] = living_turn("end_turn")


class ConsentRow(HasUuid, Base):
    """``domain.records.Consent``."""

    __tablename__ = "consent"

    interview_id: Mapped[int] = reference("interview", on_delete="CASCADE")
    person_id: Mapped[int | None] = optional_reference("person")
    form: Mapped[str] = mapped_column(Text, default="")
    signed_on: Mapped[date | None] = mapped_column(DayText)
    uses: Mapped[frozenset[ConsentUse]] = mapped_column(USES, default=frozenset())
    withdrawn_on: Mapped[date | None] = mapped_column(DayText)
    risk: Mapped[str] = mapped_column(Text, default="")


class SettingRow(Base):
    """One of the archive's own settings: uuid, name, created, time_zone and what work adds."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String, unique=True)
    value: Mapped[str] = mapped_column(Text, default="")
