"""Dossiers with texts, pictures and index points, and what was made of them.

``dossier_item`` is made anew, since SQLite does not alter a check: renamed, made
afresh, filled, and the old one dropped. Its counter of ids goes along, so that no
id is used twice.

Revision: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEPT = (
    "id, uuid, dossier_id, position, kind, text, interview_id, transcript_id,"
    ' start_turn, start, end_turn, "end", settings'
)


def upgrade() -> None:
    last = (
        op.get_bind()
        .execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'dossier_item'"))
        .scalar()
    )
    for column in ("dossier_id", "interview_id", "transcript_id"):
        op.drop_index(f"ix_dossier_item_{column}", "dossier_item")
    op.rename_table("dossier_item", "dossier_item_before")
    _create_dossier_item()
    op.execute(
        f"INSERT INTO dossier_item ({_KEPT}, level, body, index_point_id, picture, seen)"  # noqa: S608
        f" SELECT {_KEPT}, 1, '', NULL, '', '' FROM dossier_item_before"
    )
    op.drop_table("dossier_item_before")
    if last is not None:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'dossier_item'")
        op.execute(
            sa.text(
                "INSERT INTO sqlite_sequence (name, seq) VALUES ('dossier_item', :last)"
            ).bindparams(last=last)
        )
    for column in ("dossier_id", "index_point_id", "interview_id", "transcript_id"):
        op.create_index(op.f(f"ix_dossier_item_{column}"), "dossier_item", [column])
    _create_dossier_export()


def _create_dossier_item() -> None:
    op.create_table(
        "dossier_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("transcript_id", sa.Integer(), nullable=True),
        sa.Column("start_turn", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end_turn", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("index_point_id", sa.Integer(), nullable=True),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('interview', 'passage', 'heading', 'text', 'picture', 'point')",
            name=op.f("ck_dossier_item_kind"),
        ),
        sa.CheckConstraint(
            "(start_turn IS NULL) = (start IS NULL) AND (start IS NULL) = (end_turn IS NULL)"
            ' AND (end_turn IS NULL) = ("end" IS NULL)',
            name=op.f("ck_dossier_item_whole_span"),
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 3", name=op.f("ck_dossier_item_level")),
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
        sa.ForeignKeyConstraint(
            ["index_point_id"],
            ["index_point.id"],
            name=op.f("fk_dossier_item_index_point_id_index_point"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_item")),
        sa.UniqueConstraint("uuid", name=op.f("uq_dossier_item_uuid")),
        sqlite_autoincrement=True,
    )


def _create_dossier_export() -> None:
    op.create_table(
        "dossier_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("on", sa.String(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "\"audience\" IN ('public', 'reading-room', 'staff')",
            name=op.f("ck_dossier_export_audience"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossier.id"],
            name=op.f("fk_dossier_export_dossier_id_dossier"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_export")),
        sa.UniqueConstraint("uuid", name=op.f("uq_dossier_export_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dossier_export_dossier_id"), "dossier_export", ["dossier_id"])
