"""Dossiers that are kept: every step is one operation, and what they show passes the gate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text

from archive_app.domain.records import Audience, Dossier, Span
from archive_app.dossier.contents import Excerpts, Heading, WholeInterview
from archive_app.errors import BadValue, NotFound
from archive_app.store.archive import Archive
from archive_app.work import access, collected, collecting, dossiers
from archive_app.work.archives import open_archive
from archive_app.work.collecting import Collected
from archive_app.work.dossiers import Selection
from archive_app.work.history import undo
from archive_app.work.transcripts import delete_turn, edit_text

TODAY = date(2026, 6, 1)


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened


def kept(archive: Archive, dossier_id: int) -> Dossier:
    with archive.read() as reader:
        return reader.dossier(dossier_id)


def turns_of(archive: Archive, accession: str) -> tuple[int, int, list[int]]:
    """An interview's id, its first transcript's id, and its turns' ids."""
    with archive.read() as reader:
        interview = reader.interview_by_accession(accession)
        assert interview is not None
        transcript = reader.transcripts(interview.id)[0]
        return interview.id, transcript.id, [turn.id for turn in reader.turns(transcript.id)]


def order(archive: Archive, dossier_id: int) -> list[int]:
    return [item.id for item in kept(archive, dossier_id).items]


def test_passages_are_collected_once_and_in_order(archive: Archive) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-001")
    dossier = collecting.create_dossier(archive, "  My   passages ").value
    wanted = [Collected(interview, transcript, turns[3], turns[5]), Collected(interview)]
    first = collecting.add_items(archive, dossier, wanted).value
    again = collecting.add_items(archive, dossier, wanted)
    assert again.value == first
    assert not again.changes
    assert kept(archive, dossier).title == "My passages"
    assert [item.kind for item in kept(archive, dossier).items] == ["passage", "interview"]


def test_a_passage_of_another_transcript_is_refused(archive: Archive) -> None:
    interview, _, turns = turns_of(archive, "MRB-001")
    other = turns_of(archive, "MRB-002")[1]
    dossier = collecting.create_dossier(archive, "D").value
    with pytest.raises(BadValue):
        collecting.add_items(archive, dossier, [Collected(interview, other, turns[0])])
    backwards = Collected(interview, turns_of(archive, "MRB-001")[1], turns[4], turns[1])
    with pytest.raises(BadValue):
        collecting.add_items(archive, dossier, [backwards])
    assert not kept(archive, dossier).items


def test_every_step_is_taken_back_by_one_undo(archive: Archive) -> None:
    with archive.read() as reader:
        dossier = reader.dossiers()[0]
    items = [item.id for item in dossier.items]
    steps = [
        lambda: collecting.add_heading(archive, dossier.id, "Later", after_item=items[2]),
        lambda: collecting.reorder(archive, dossier.id, items[::-1]),
        lambda: collecting.remove_items(archive, items[1:4]),
        lambda: collecting.reword_item(archive, items[0], "Going away"),
        lambda: collecting.edit_dossier(archive, dossier.id, title="T", settings={"paper": "a5"}),
        lambda: collecting.delete_dossier(archive, dossier.id),
    ]
    for step in steps:
        step()
        undo(archive)
        assert kept(archive, dossier.id) == dossier


def test_a_heading_stands_where_it_was_put(archive: Archive) -> None:
    with archive.read() as reader:
        dossier = reader.dossiers()[0]
    items = [item.id for item in dossier.items]
    new = collecting.add_heading(archive, dossier.id, "Later", after_item=items[2]).value
    assert order(archive, dossier.id) == [*items[:3], new, *items[3:]]
    collecting.reorder(archive, dossier.id, [new, *items])
    assert order(archive, dossier.id) == [new, *items]


def test_a_heading_needs_words(archive: Archive) -> None:
    dossier = collecting.create_dossier(archive, "D").value
    with pytest.raises(BadValue):
        collecting.add_heading(archive, dossier, "  ")


def test_neighbouring_passages_of_an_interview_stand_together(archive: Archive) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-001")
    dossier = collecting.create_dossier(archive, "D").value
    passages = [Collected(interview, transcript, turns[n], turns[n + 1]) for n in (20, 2)]
    collecting.add_items(archive, dossier, passages)
    collecting.add_heading(archive, dossier, "After")
    collecting.add_items(archive, dossier, [Collected(interview)])
    pages = collected.contents_of(archive, dossier, audience=Audience.STAFF, on=TODAY)
    excerpts, heading, whole = pages.parts
    assert isinstance(excerpts, Excerpts)
    assert [(one.first, one.last) for one in excerpts.passages] == [(21, 22), (3, 4)]
    assert isinstance(heading, Heading)
    assert isinstance(whole, WholeInterview)
    assert pages.left_out == ()


def test_a_closed_passage_is_left_out_and_told_of(archive: Archive) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-001")
    with archive.read() as reader:
        length = len(reader.turn(turns[7]).text)
    access.restrict_span(
        archive, transcript, Span(turns[7], 0, turns[7], length), shut_out=Audience.READING_ROOM
    )
    dossier = collecting.create_dossier(archive, "D").value
    both = [Collected(interview, transcript, turns[n]) for n in (2, 7)]
    collecting.add_items(archive, dossier, both)
    pages = collected.contents_of(archive, dossier, audience=Audience.READING_ROOM, on=TODAY)
    (excerpts,) = pages.parts
    assert isinstance(excerpts, Excerpts)
    assert [one.first for one in excerpts.passages] == [3]
    assert len(pages.left_out) == 1
    shown = collected.outline(archive, dossier, audience=Audience.READING_ROOM, on=TODAY)
    assert [one.is_there for one in shown.items] == [True, False]
    assert shown.items[1].item.interview_id is None
    staff = collected.contents_of(archive, dossier, audience=Audience.STAFF, on=TODAY)
    assert staff.left_out == ()


def test_a_passage_whose_words_are_gone_does_not_stop_the_dossier(archive: Archive) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-004")
    dossier = collecting.create_dossier(archive, "D").value
    both = [Collected(interview, transcript, turns[n]) for n in (2, 7)]
    collecting.add_items(archive, dossier, both)
    delete_turn(archive, transcript, turns[7])
    pages = collected.contents_of(archive, dossier, audience=Audience.STAFF, on=TODAY)
    (excerpts,) = pages.parts
    assert isinstance(excerpts, Excerpts)
    assert len(excerpts.passages) + len(pages.left_out) == 2


def test_the_scholars_own_words_pass_the_gate(archive: Archive, tmp_path: Path) -> None:
    with archive.read() as reader:
        real = reader.protected_people()[0].real_names[0]
    interview, transcript, turns = turns_of(archive, "MRB-003")
    dossier = collecting.create_dossier(archive, f"On {real}").value
    collecting.add_heading(archive, dossier, f"What {real} said")
    collecting.add_items(
        archive, dossier, [Collected(interview, transcript, turns[2], comment=f"So {real}.")]
    )
    shown = collected.outline(archive, dossier, audience=Audience.READING_ROOM, on=TODAY)
    assert real not in repr(shown)
    assert real not in repr(collected.kept_dossiers(archive, audience=Audience.PUBLIC))
    target = tmp_path / "d.pdf"
    dossiers.make_stored_dossier(archive, dossier, target, audience=Audience.READING_ROOM, on=TODAY)
    assert real not in extract_text(target)
    assert real in repr(collected.outline(archive, dossier, audience=Audience.STAFF, on=TODAY))


def test_a_kept_dossier_is_made_as_pdf(archive: Archive, tmp_path: Path) -> None:
    with archive.read() as reader:
        dossier = reader.dossiers()[0]
    target = tmp_path / "dossier.pdf"
    settings = {"paper": "letter", "subtitle": "A choice"}
    collecting.edit_dossier(archive, dossier.id, settings=settings)
    report = dossiers.make_stored_dossier(
        archive, dossier.id, target, audience=Audience.READING_ROOM, on=TODAY
    )
    assert report.pages > 3
    text = extract_text(target)
    assert dossier.title in text
    assert "A choice" in text


def test_an_empty_dossier_says_that_there_is_nothing(archive: Archive, tmp_path: Path) -> None:
    dossier = collecting.create_dossier(archive, "D").value
    with pytest.raises(NotFound):
        dossiers.make_stored_dossier(
            archive, dossier, tmp_path / "d.pdf", audience=Audience.STAFF, on=TODAY
        )


def test_a_selection_is_kept_as_interviews_or_as_passages(archive: Archive) -> None:
    on = {"audience": Audience.STAFF, "on": TODAY}
    whole = collecting.collect_selection(
        archive, None, Selection(title="Two", accessions=("MRB-002", "MRB-001")), **on
    ).value
    assert [item.kind for item in kept(archive, whole).items] == ["interview", "interview"]
    tagged = collecting.collect_selection(
        archive, whole, Selection(tags=("departure",)), **on
    ).value
    assert tagged == whole
    assert {item.kind for item in kept(archive, whole).items} == {"interview", "passage"}


def test_text_may_be_edited_under_a_collected_passage(archive: Archive) -> None:
    from archive_app.domain.spans import TextEdit

    interview, transcript, turns = turns_of(archive, "MRB-001")
    dossier = collecting.create_dossier(archive, "D").value
    collecting.add_items(archive, dossier, [Collected(interview, transcript, turns[2])])
    edit_text(archive, transcript, [TextEdit(turns[2], 0, 0, "Well, ")])
    shown = collected.outline(archive, dossier, audience=Audience.STAFF, on=TODAY)
    assert shown.items[0].is_there
    assert shown.items[0].text.startswith("Well, ")
