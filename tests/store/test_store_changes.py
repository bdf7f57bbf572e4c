"""The index's question: which interviews changed since a position of the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from archive_app.domain.records import NameKind, Role, Span
from archive_app.store.archive import Archive
from archive_app.store.writing import Writer


@dataclass(frozen=True)
class Two:
    """Two interviews with everything on them, and nothing in common."""

    one: int
    two: int
    ids: dict[str, int]
    """Of the first interview's rows, by table."""


def add_interview(w: Writer, accession: str) -> dict[str, int]:
    ids: dict[str, int] = {}
    ids["root"] = w.insert("collection", title="root")
    ids["collection"] = w.insert("collection", parent_id=ids["root"])
    ids["place"] = w.insert("place", names={"en": "Here"})
    ids["interview"] = w.insert(
        "interview", accession=accession, collection_id=ids["collection"], place_id=ids["place"]
    )
    ids["person"] = w.insert("person", public_name="V")
    ids["person_name"] = w.insert(
        "person_name", person_id=ids["person"], name="W", kind=NameKind.REAL
    )
    own = {"interview_id": ids["interview"]}
    ids["contribution"] = w.insert(
        "contribution", **own, person_id=ids["person"], role=Role.INTERVIEWEE
    )
    ids["recording"] = w.insert(
        "recording",
        **own,
        original_name="a",
        vault_path="a",
        sha256="a" * 64,
        size_bytes=1,
    )
    ids["transcript"] = w.insert("transcript", **own)
    ids["speaker"] = w.insert("person", public_name="S")
    ids["turn"] = w.insert(
        "turn",
        transcript_id=ids["transcript"],
        position=1,
        text="text",
        speaker_id=ids["speaker"],
    )
    ids["footnote"] = w.insert("footnote", turn_id=ids["turn"], offset=0)
    ids["vocabulary"] = w.insert("vocabulary")
    ids["parent"] = w.insert("tag", vocabulary_id=ids["vocabulary"])
    ids["tag"] = w.insert("tag", vocabulary_id=ids["vocabulary"], parent_id=ids["parent"])
    ids["tagging"] = w.insert(
        "tagging",
        tag_id=ids["tag"],
        transcript_id=ids["transcript"],
        span=Span(ids["turn"], 0, ids["turn"], 2),
    )
    ids["discussed"] = w.insert("place")
    ids["index_point"] = w.insert("index_point", **own, start_ms=1, place_id=ids["discussed"])
    ids["restriction"] = w.insert("restriction", **own, shut_out="public", layer="index")
    ids["consent"] = w.insert("consent", **own)
    ids["note"] = w.insert("note", table="turn", row_id=ids["turn"])
    return ids


@pytest.fixture
def two(archive: Archive) -> Two:
    with archive.write("Add") as writer:
        ids = add_interview(writer, "A-1")
        other = add_interview(writer, "A-2")
    return Two(ids["interview"], other["interview"], ids)


def changed_by(archive: Archive, change: Callable[[Writer], object]) -> set[int]:
    with archive.read() as reader:
        position = reader.journal_position()
    with archive.write("Change") as writer:
        change(writer)
    with archive.read() as reader:
        return reader.interviews_changed_since(position)


def test_nothing_changed_since_the_last_entry(archive: Archive, two: Two) -> None:
    with archive.read() as reader:
        assert reader.interviews_changed_since(reader.journal_position()) == set()
        assert reader.interviews_changed_since(0) == {two.one, two.two}


@pytest.mark.parametrize(
    ("table", "key", "values"),
    [
        ("collection", "root", {"title": "x"}),
        ("collection", "collection", {"title": "x"}),
        ("place", "place", {"names": {"en": "x"}}),
        ("place", "discussed", {"names": {"en": "x"}}),
        ("interview", "interview", {"abstract": "x"}),
        ("person", "person", {"public_name": "x"}),
        ("person", "speaker", {"public_name": "x"}),
        ("person_name", "person_name", {"name": "x"}),
        ("contribution", "contribution", {"position": 7}),
        ("recording", "recording", {"device": "x"}),
        ("transcript", "transcript", {"language": "ru"}),
        ("turn", "turn", {"text": "x" * 9}),
        ("footnote", "footnote", {"text": "x"}),
        ("vocabulary", "vocabulary", {"names": {"en": "x"}}),
        ("tag", "parent", {"names": {"en": "x"}}),
        ("tag", "tag", {"names": {"en": "x"}}),
        ("tagging", "tagging", {"memo": "x"}),
        ("index_point", "index_point", {"title": "x"}),
        ("restriction", "restriction", {"reason": "x"}),
        ("consent", "consent", {"risk": "x"}),
        ("note", "note", {"text": "x"}),
    ],
)
def test_a_change_of_any_part_names_its_interview_and_no_other(
    archive: Archive, two: Two, table: str, key: str, values: dict[str, object]
) -> None:
    assert changed_by(
        archive,
        lambda writer: writer.update(table, two.ids[key], **values),  # pyright: ignore[reportArgumentType]
    ) == {two.one}


@pytest.mark.parametrize(
    "table",
    [
        "interview", "person_name", "contribution", "recording", "transcript", "footnote",
        "tag", "tagging", "index_point", "restriction", "consent", "note", "place",
    ],
)  # fmt: skip
def test_removing_any_part_names_its_interview_and_no_other(
    archive: Archive, two: Two, table: str
) -> None:
    assert changed_by(archive, lambda writer: writer.delete(table, two.ids[table])) == {two.one}  # pyright: ignore[reportArgumentType]


def test_what_moves_from_one_interview_to_another_names_both(archive: Archive, two: Two) -> None:
    assert changed_by(
        archive,
        lambda writer: writer.update("transcript", two.ids["transcript"], interview_id=two.two),
    ) == {two.one, two.two}


def test_what_was_added_and_removed_again_names_its_interview_still(
    archive: Archive, two: Two
) -> None:
    with archive.read() as reader:
        position = reader.journal_position()
    with archive.write("Add") as writer:
        writer.insert("contribution", interview_id=two.one, person_id=1, role=Role.OTHER)
    archive.undo()
    with archive.read() as reader:
        assert two.one in reader.interviews_changed_since(position)


def test_searches_dossiers_and_settings_change_no_interview(archive: Archive, two: Two) -> None:
    def change(writer: Writer) -> None:
        dossier = writer.insert("dossier")
        writer.insert("dossier_item", dossier_id=dossier, kind="interview", interview_id=two.one)
        writer.insert("saved_search", name="x")
        writer.set_setting("name", "x")

    assert changed_by(archive, change) == set()


def test_a_position_knows_the_operation_that_wrote_it(archive: Archive, two: Two) -> None:
    with archive.read() as reader:
        uuid = reader.operation_uuid_at(reader.journal_position())
        assert len(uuid) == 36
        assert reader.operation_uuid_at(10**9) == ""
