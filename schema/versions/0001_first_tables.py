# ruff: noqa: E501
"""The first tables.

Revision: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_collection()
    _create_dossier()
    _create_note()
    _create_operation()
    _create_person()
    _create_place()
    _create_saved_search()
    _create_setting()
    _create_vocabulary()
    _create_interview()
    _create_journal()
    _create_person_name()
    _create_tag()
    _create_consent()
    _create_contribution()
    _create_index_point()
    _create_recording()
    _create_transcript()
    _create_dossier_item()
    _create_turn()
    _create_footnote()
    _create_restriction()
    _create_tagging()


def downgrade() -> None:
    raise NotImplementedError("an older program opens the copy made before the upgrade")


def _create_collection() -> None:
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('repository', 'project', 'series', 'collection')",
            name=op.f("ck_collection_kind"),
        ),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_collection_not_in_itself")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["collection.id"], name=op.f("fk_collection_parent_id_collection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
        sa.UniqueConstraint("uuid", name=op.f("uq_collection_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_collection_parent_id"), "collection", ["parent_id"], unique=False)


def _create_dossier() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("uuid", name=op.f("uq_dossier_uuid")),
        sqlite_autoincrement=True,
    )


def _create_note() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("uuid", name=op.f("uq_note_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_note_table_row_id"), "note", ["table", "row_id"], unique=False)


def _create_operation() -> None:
    op.create_table(
        "operation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("redoes", sa.Integer(), nullable=True),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["redoes"], ["operation.id"], name=op.f("fk_operation_redoes_operation")
        ),
        sa.ForeignKeyConstraint(
            ["undoes"], ["operation.id"], name=op.f("fk_operation_undoes_operation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sa.UniqueConstraint("uuid", name=op.f("uq_operation_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_operation_interview_id"), "operation", ["interview_id"], unique=False)
    op.create_index(op.f("ix_operation_redoes"), "operation", ["redoes"], unique=False)
    op.create_index(op.f("ix_operation_undoes"), "operation", ["undoes"], unique=False)


def _create_person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("public_name", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("biography", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("uuid", name=op.f("uq_person_uuid")),
        sqlite_autoincrement=True,
    )


def _create_place() -> None:
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("exactness", sa.String(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "\"exactness\" IN ('', 'exact', 'town', 'region', 'country')",
            name=op.f("ck_place_exactness"),
        ),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_place_both_or_neither")
        ),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_place_latitude")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_place_longitude")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("uuid", name=op.f("uq_place_uuid")),
        sqlite_autoincrement=True,
    )


def _create_saved_search() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("uuid", name=op.f("uq_saved_search_uuid")),
        sqlite_autoincrement=True,
    )


def _create_setting() -> None:
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("key", name=op.f("uq_setting_key")),
        sqlite_autoincrement=True,
    )


def _create_vocabulary() -> None:
    op.create_table(
        "vocabulary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vocabulary")),
        sa.UniqueConstraint("uuid", name=op.f("uq_vocabulary_uuid")),
        sqlite_autoincrement=True,
    )


def _create_interview() -> None:
    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("accession", sa.String(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=True),
        sa.Column("titles", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("circumstances", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("rights_holder", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("usage_note", sa.Text(), nullable=False),
        sa.Column("funder", sa.Text(), nullable=False),
        sa.Column("identifiers", sa.Text(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=False),
        sa.CheckConstraint("accession <> ''", name=op.f("ck_interview_accession_given")),
        sa.CheckConstraint(
            "\"status\" IN ('planned', 'recorded', 'transcribed', 'audited', 'narrator-reviewed', 'indexed', 'released')",
            name=op.f("ck_interview_status"),
        ),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collection.id"],
            name=op.f("fk_interview_collection_id_collection"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["place_id"],
            ["place.id"],
            name=op.f("fk_interview_place_id_place"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("accession", name=op.f("uq_interview_accession")),
        sa.UniqueConstraint("uuid", name=op.f("uq_interview_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_interview_collection_id"), "interview", ["collection_id"], unique=False
    )
    op.create_index(op.f("ix_interview_place_id"), "interview", ["place_id"], unique=False)


def _create_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("is_purged", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('insert', 'update', 'delete')", name=op.f("ck_journal_kind")
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_journal_operation_id_operation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_journal_operation_id"), "journal", ["operation_id"], unique=False)
    op.create_index(
        op.f("ix_journal_table_name_row_id_id"),
        "journal",
        ["table_name", "row_id", "id"],
        unique=False,
    )


def _create_person_name() -> None:
    op.create_table(
        "person_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("\"kind\" IN ('real', 'variant')", name=op.f("ck_person_name_kind")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_name_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_person_name_person_id"), "person_name", ["person_id"], unique=False)


def _create_tag() -> None:
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("vocabulary_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_tag_not_in_itself")),
        sa.ForeignKeyConstraint(["parent_id"], ["tag.id"], name=op.f("fk_tag_parent_id_tag")),
        sa.ForeignKeyConstraint(
            ["vocabulary_id"], ["vocabulary.id"], name=op.f("fk_tag_vocabulary_id_vocabulary")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("uuid", name=op.f("uq_tag_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tag_parent_id"), "tag", ["parent_id"], unique=False)
    op.create_index(op.f("ix_tag_vocabulary_id"), "tag", ["vocabulary_id"], unique=False)


def _create_consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.String(), nullable=True),
        sa.Column("uses", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.String(), nullable=True),
        sa.Column("risk", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_consent_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("uuid", name=op.f("uq_consent_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_consent_interview_id"), "consent", ["interview_id"], unique=False)
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)


def _create_contribution() -> None:
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "\"role\" IN ('ive', 'ivr', 'trc', 'trl', 'vdg', 'oth')",
            name=op.f("ck_contribution_role"),
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_contribution_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contribution_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_contribution_interview_id"), "contribution", ["interview_id"], unique=False
    )
    op.create_index(op.f("ix_contribution_person_id"), "contribution", ["person_id"], unique=False)


def _create_index_point() -> None:
    op.create_table(
        "index_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("start_ms", sa.Integer(), nullable=False),
        sa.Column("end_ms", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("synopsis", sa.Text(), nullable=False),
        sa.Column("partial_transcript", sa.Text(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("gps", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.CheckConstraint("start_ms <= end_ms", name=op.f("ck_index_point_times")),
        sa.CheckConstraint("start_ms >= 0", name=op.f("ck_index_point_start_ms")),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_index_point_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["place_id"],
            ["place.id"],
            name=op.f("fk_index_point_place_id_place"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_point")),
        sa.UniqueConstraint("uuid", name=op.f("uq_index_point_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_index_point_interview_id"), "index_point", ["interview_id"], unique=False
    )
    op.create_index(op.f("ix_index_point_place_id"), "index_point", ["place_id"], unique=False)


def _create_recording() -> None:
    op.create_table(
        "recording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("offset_ms", sa.Integer(), nullable=False),
        sa.Column("original_name", sa.Text(), nullable=False),
        sa.Column("vault_path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("container", sa.String(), nullable=False),
        sa.Column("codec", sa.String(), nullable=False),
        sa.Column("sample_rate_hz", sa.Integer(), nullable=True),
        sa.Column("channels", sa.Integer(), nullable=True),
        sa.Column("bit_depth", sa.Integer(), nullable=True),
        sa.Column("has_video", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.String(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("embedded_tags", sa.Text(), nullable=False),
        sa.CheckConstraint("duration_ms >= 0", name=op.f("ck_recording_duration_ms")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_recording_sha256")),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_recording_size_bytes")),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_recording_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("uuid", name=op.f("uq_recording_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_recording_interview_id"), "recording", ["interview_id"], unique=False)
    op.create_index(op.f("ix_recording_sha256"), "recording", ["sha256"], unique=False)


def _create_transcript() -> None:
    op.create_table(
        "transcript",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_language_guessed", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("style", sa.Text(), nullable=False),
        sa.Column("narrator_reviewed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('verbatim', 'edited', 'translation')", name=op.f("ck_transcript_kind")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_transcript_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript")),
        sa.UniqueConstraint("uuid", name=op.f("uq_transcript_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_transcript_interview_id"), "transcript", ["interview_id"], unique=False
    )


def _create_dossier_item() -> None:
    op.create_table(
        "dossier_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("transcript_id", sa.Integer(), nullable=True),
        sa.Column("start_turn", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end_turn", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('interview', 'passage', 'heading')", name=op.f("ck_dossier_item_kind")
        ),
        sa.CheckConstraint(
            '(start_turn IS NULL) = (start IS NULL) AND (start IS NULL) = (end_turn IS NULL) AND (end_turn IS NULL) = ("end" IS NULL)',
            name=op.f("ck_dossier_item_whole_span"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossier.id"],
            name=op.f("fk_dossier_item_dossier_id_dossier"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_dossier_item_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk_dossier_item_transcript_id_transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_item")),
        sa.UniqueConstraint("uuid", name=op.f("uq_dossier_item_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_dossier_item_dossier_id"), "dossier_item", ["dossier_id"], unique=False
    )
    op.create_index(
        op.f("ix_dossier_item_interview_id"), "dossier_item", ["interview_id"], unique=False
    )
    op.create_index(
        op.f("ix_dossier_item_transcript_id"), "dossier_item", ["transcript_id"], unique=False
    )


def _create_turn() -> None:
    op.create_table(
        "turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("speaker_label", sa.Text(), nullable=False),
        sa.Column("recording_id", sa.Integer(), nullable=True),
        sa.Column("start_ms", sa.Integer(), nullable=True),
        sa.Column("end_ms", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("timed", sa.Text(), nullable=False),
        sa.Column("is_time_estimated", sa.Boolean(), nullable=False),
        sa.CheckConstraint("start_ms <= end_ms", name=op.f("ck_turn_times")),
        sa.CheckConstraint("start_ms >= 0", name=op.f("ck_turn_start_ms")),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recording.id"],
            name=op.f("fk_turn_recording_id_recording"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["person.id"], name=op.f("fk_turn_speaker_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk_turn_transcript_id_transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
        sa.UniqueConstraint("uuid", name=op.f("uq_turn_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_turn_recording_id"), "turn", ["recording_id"], unique=False)
    op.create_index(op.f("ix_turn_speaker_id"), "turn", ["speaker_id"], unique=False)
    op.create_index(
        op.f("ix_turn_transcript_id_position"), "turn", ["transcript_id", "position"], unique=False
    )


def _create_footnote() -> None:
    op.create_table(
        "footnote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.CheckConstraint('"offset" >= 0', name=op.f("ck_footnote_offset")),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turn.id"], name=op.f("fk_footnote_turn_id_turn"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_footnote")),
        sa.UniqueConstraint("uuid", name=op.f("uq_footnote_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_footnote_turn_id"), "footnote", ["turn_id"], unique=False)


def _create_restriction() -> None:
    op.create_table(
        "restriction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("shut_out", sa.String(), nullable=False),
        sa.Column("layer", sa.String(), nullable=True),
        sa.Column("transcript_id", sa.Integer(), nullable=True),
        sa.Column("start_turn", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end_turn", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("is_orphan", sa.Boolean(), nullable=False),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("opens_by_itself", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("review_on", sa.String(), nullable=True),
        sa.Column(
            "living_start_turn",
            sa.Integer(),
            sa.Computed("CASE WHEN is_orphan THEN NULL ELSE start_turn END", persisted=True),
            nullable=True,
        ),
        sa.Column(
            "living_end_turn",
            sa.Integer(),
            sa.Computed("CASE WHEN is_orphan THEN NULL ELSE end_turn END", persisted=True),
            nullable=True,
        ),
        sa.CheckConstraint(
            "\"layer\" IS NULL OR \"layer\" IN ('listing', 'description', 'index', 'transcript', 'recording')",
            name=op.f("ck_restriction_layer"),
        ),
        sa.CheckConstraint(
            "\"shut_out\" IN ('public', 'reading-room', 'staff')",
            name=op.f("ck_restriction_shut_out"),
        ),
        sa.CheckConstraint(
            "(layer IS NULL) <> (transcript_id IS NULL)", name=op.f("ck_restriction_layer_or_span")
        ),
        sa.CheckConstraint(
            '(transcript_id IS NULL) = (start_turn IS NULL) AND (start_turn IS NULL) = (start IS NULL) AND (start IS NULL) = (end_turn IS NULL) AND (end_turn IS NULL) = ("end" IS NULL)',
            name=op.f("ck_restriction_whole_span"),
        ),
        sa.CheckConstraint(
            'start IS NULL OR is_orphan OR start >= 0 AND "end" >= 0 AND (start_turn <> end_turn OR start < "end")',
            name=op.f("ck_restriction_span"),
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_restriction_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["living_end_turn"], ["turn.id"], name=op.f("fk_restriction_living_end_turn_turn")
        ),
        sa.ForeignKeyConstraint(
            ["living_start_turn"], ["turn.id"], name=op.f("fk_restriction_living_start_turn_turn")
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk_restriction_transcript_id_transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction")),
        sa.UniqueConstraint("uuid", name=op.f("uq_restriction_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_restriction_interview_id"), "restriction", ["interview_id"], unique=False
    )
    op.create_index(
        op.f("ix_restriction_living_end_turn"), "restriction", ["living_end_turn"], unique=False
    )
    op.create_index(
        op.f("ix_restriction_living_start_turn"), "restriction", ["living_start_turn"], unique=False
    )
    op.create_index(
        op.f("ix_restriction_transcript_id"), "restriction", ["transcript_id"], unique=False
    )


def _create_tagging() -> None:
    op.create_table(
        "tagging",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("start_turn", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end_turn", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("is_orphan", sa.Boolean(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=True),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column(
            "living_start_turn",
            sa.Integer(),
            sa.Computed("CASE WHEN is_orphan THEN NULL ELSE start_turn END", persisted=True),
            nullable=True,
        ),
        sa.Column(
            "living_end_turn",
            sa.Integer(),
            sa.Computed("CASE WHEN is_orphan THEN NULL ELSE end_turn END", persisted=True),
            nullable=True,
        ),
        sa.CheckConstraint(
            'is_orphan OR start >= 0 AND "end" >= 0 AND (start_turn <> end_turn OR start < "end")',
            name=op.f("ck_tagging_span"),
        ),
        sa.ForeignKeyConstraint(
            ["living_end_turn"], ["turn.id"], name=op.f("fk_tagging_living_end_turn_turn")
        ),
        sa.ForeignKeyConstraint(
            ["living_start_turn"], ["turn.id"], name=op.f("fk_tagging_living_start_turn_turn")
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tag.id"], name=op.f("fk_tagging_tag_id_tag"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk_tagging_transcript_id_transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tagging")),
        sa.UniqueConstraint("uuid", name=op.f("uq_tagging_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_tagging_living_end_turn"), "tagging", ["living_end_turn"], unique=False
    )
    op.create_index(
        op.f("ix_tagging_living_start_turn"), "tagging", ["living_start_turn"], unique=False
    )
    op.create_index(op.f("ix_tagging_tag_id"), "tagging", ["tag_id"], unique=False)
    op.create_index(op.f("ix_tagging_transcript_id"), "tagging", ["transcript_id"], unique=False)
