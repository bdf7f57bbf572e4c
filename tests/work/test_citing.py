"""Citations come from what an audience may see, and references leak nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from archive_app.domain.citation_source import Cited
from archive_app.domain.citation_styles import CitationStyle
from archive_app.domain.records import Audience, Layer, Span
from archive_app.errors import BadValue, Environment, Withheld
from archive_app.store.archive import Archive
from archive_app.work import access, citing, collecting, interviews
from archive_app.work.archives import open_archive
from archive_app.work.citing import CitedPlace
from archive_app.work.collecting import Collected
from tests.work.dossier_material import turns_of, whole_turn

TODAY = date(2026, 6, 1)


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened


def interview(archive: Archive, accession: str = "MRB-001") -> int:
    with archive.read() as reader:
        found = reader.interview_by_accession(accession)
        assert found is not None
        return found.id


def passage(archive: Archive, first: int, last: int) -> CitedPlace:
    one = interview(archive)
    with archive.read() as reader:
        transcript = reader.transcripts(one)[0]
        turns = reader.turns(transcript.id)
    span = Span(turns[first].id, 0, turns[last].id, len(turns[last].text))
    return CitedPlace(one, transcript.id, span)


def test_an_interview_is_cited_in_every_style(archive: Archive) -> None:
    found = citing.citations(
        archive, CitedPlace(interview(archive)), audience=Audience.PUBLIC, on=TODAY
    )
    assert [one.style for one in found.by_style] == list(CitationStyle)
    assert all("MRB-001" in one.reference for one in found.by_style)
    assert found.of(CitationStyle.GOST).language == "ru"


def test_a_passage_has_the_times_of_its_turns(archive: Archive) -> None:
    place = passage(archive, 2, 4)
    assert place.span is not None
    with archive.read() as reader:
        turns = {turn.id: turn for turn in reader.turns(place.transcript_id or 0)}
    found = citing.citations(archive, place, audience=Audience.STAFF, on=TODAY).source
    assert found.kind is Cited.PASSAGE
    assert found.start_ms == turns[place.span.start_turn].start_ms
    assert found.end_ms == turns[place.span.end_turn].end_ms


def test_a_passage_that_is_closed_is_cited_without_times(archive: Archive) -> None:
    place = passage(archive, 2, 4)
    access.restrict_layer(
        archive, place.interview_id, Layer.TRANSCRIPT, shut_out=Audience.READING_ROOM
    )
    found = citing.citations(archive, place, audience=Audience.PUBLIC, on=TODAY).source
    assert found.kind is Cited.INTERVIEW
    assert found.start_ms is None


def test_an_interview_that_is_closed_cannot_be_cited(archive: Archive, tmp_path: Path) -> None:
    one = interview(archive)
    access.restrict_layer(archive, one, Layer.LISTING, shut_out=Audience.READING_ROOM)
    with pytest.raises(Withheld):
        citing.citations(archive, CitedPlace(one), audience=Audience.PUBLIC, on=TODAY)
    target = tmp_path / "refs.bib"
    with pytest.raises(Withheld):
        citing.save_references(
            archive, [CitedPlace(one)], target, format="bibtex", audience=Audience.PUBLIC, on=TODAY
        )
    assert not target.exists()


def test_a_real_name_is_in_no_citation_and_no_reference(archive: Archive, tmp_path: Path) -> None:
    one = interview(archive)
    with archive.read() as reader:
        person = reader.interview_file(one).contributions[0].person
    access.protect_name(archive, person.id, pseudonym="Narrator X", real_names=["Zebedee Quux"])
    interviews.edit_interview(archive, one, {"title": "Zebedee Quux speaks"})
    found = citing.citations(archive, CitedPlace(one), audience=Audience.PUBLIC, on=TODAY)
    for style in found.by_style:
        assert "Quux" not in style.reference + style.note
        assert "Zebedee" not in style.reference + style.note
    assert "Narrator X" in found.of(CitationStyle.CHICAGO).note
    for name in ("csl-json", "bibtex", "ris"):
        target = tmp_path / name
        citing.save_references(
            archive, [CitedPlace(one)], target, format=name, audience=Audience.PUBLIC, on=TODAY
        )
        assert "Quux" not in target.read_text("utf-8")


def test_references_name_each_source_once(archive: Archive, tmp_path: Path) -> None:
    places = [
        CitedPlace(interview(archive)),
        passage(archive, 0, 1),
        CitedPlace(interview(archive)),
    ]
    target = tmp_path / "refs.json"
    count = citing.save_references(
        archive, places, target, format="csl-json", audience=Audience.STAFF, on=TODAY
    )
    assert count == len(json.loads(target.read_text("utf-8"))) == 2


def test_a_dossiers_interviews_are_referred_to(archive: Archive, tmp_path: Path) -> None:
    with archive.read() as reader:
        dossier = reader.dossiers()[0]
    target = tmp_path / "refs.ris"
    count = citing.save_dossier_references(
        archive, dossier.id, target, format="ris", audience=Audience.STAFF, on=TODAY
    )
    assert target.read_text("utf-8").count("TY  - ") == count > 1


def test_a_file_that_stood_there_survives_what_goes_wrong(archive: Archive, tmp_path: Path) -> None:
    target = tmp_path / "refs.bib"
    target.write_text("old")
    places = [CitedPlace(interview(archive))]
    with pytest.raises(BadValue):
        citing.save_references(
            archive, places, target, format="word", audience=Audience.STAFF, on=TODAY
        )
    with pytest.raises(Environment):
        citing.save_references(
            archive, places, target / "refs.bib", format="ris", audience=Audience.STAFF, on=TODAY
        )
    assert target.read_text() == "old"


def test_references_beside_a_pdf_are_called_as_it_is_and_leave_other_files_alone(
    archive: Archive, tmp_path: Path
) -> None:
    with archive.read() as reader:
        dossier = reader.dossiers()[0]
    own = tmp_path / "The winter.bib"
    own.write_text("what the scholar gathered", "utf-8")
    written = citing.save_references_beside(
        archive, dossier.id, tmp_path / "The winter.pdf", ["csl-json", "bibtex", "ris"],
        audience=Audience.STAFF, on=TODAY,
    )  # fmt: skip
    names = [f"The winter-references.{ending}" for ending in ("json", "bib", "ris")]
    assert [one.name for one in written] == names
    assert own.read_text("utf-8") == "what the scholar gathered"
    items = json.loads(written[0].read_text("utf-8"))
    assert all("note" not in one for one in items)
    assert written[2].read_text("utf-8").count("TY  - ") == len(items)


def test_a_dossiers_passages_follow_their_interviews_with_their_times(
    archive: Archive, tmp_path: Path
) -> None:
    with archive.read() as reader:
        dossier = reader.dossiers()[0]
    passages = {i.interview_id for i in dossier.items if i.kind == "passage"}
    assert passages
    (written,) = citing.save_references_beside(
        archive, dossier.id, tmp_path / "d.pdf", ["csl-json"], audience=Audience.STAFF, on=TODAY,
        has_passages=True,
    )  # fmt: skip
    items = json.loads(written.read_text("utf-8"))
    timed = [one for one in items if "Passage: 0:" in one.get("note", "")]
    assert len(timed) >= len(passages)
    assert len({one["id"] for one in items}) == len(items)
    places = [one["archive_location"] for one in items]
    assert places == sorted(places, key=places.index)


def test_no_reference_is_written_where_one_format_is_unknown(
    archive: Archive, tmp_path: Path
) -> None:
    with archive.read() as reader:
        dossier = reader.dossiers()[0]
    with pytest.raises(BadValue):
        citing.save_references_beside(
            archive, dossier.id, tmp_path / "d.pdf", ["ris", "word"], audience=Audience.STAFF,
            on=TODAY,
        )  # fmt: skip
    assert list(tmp_path.glob("d*")) == []


def test_a_closed_passage_is_not_among_the_references_beside_a_pdf(
    archive: Archive, tmp_path: Path
) -> None:
    one, transcript, turns = turns_of(archive, "MRB-001")
    dossier = collecting.create_dossier(archive, "D").value
    passages = [Collected(one, transcript, turns[n]) for n in (1, 3)]
    collecting.add_items(archive, dossier, passages)

    def written() -> list[str]:
        (path,) = citing.save_references_beside(
            archive, dossier, tmp_path / "d.pdf", ["csl-json"], audience=Audience.PUBLIC,
            on=TODAY, has_passages=True,
        )  # fmt: skip
        items = json.loads(path.read_text("utf-8"))
        return [each["note"] for each in items if "Passage" in each.get("note", "")]

    both = written()
    assert len(both) == 2
    access.restrict_span(
        archive, transcript, whole_turn(archive, turns[1]), shut_out=Audience.PUBLIC
    )
    assert written() == both[1:]
