"""A dossier tells that what it draws on has changed since, until its scholar accepts that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_app.domain.records import Audience, Layer
from archive_app.domain.spans import TextEdit
from archive_app.store.archive import Archive
from archive_app.work import access, collected, collecting, interviews
from archive_app.work.archives import open_archive
from archive_app.work.collecting import Collected
from archive_app.work.history import undo
from archive_app.work.transcripts import delete_turn, edit_text, merge_turns, split_turn
from tests.work.dossier_material import TODAY, kept, text_of, turns_of, whole_turn

STAFF = {"audience": Audience.STAFF, "on": TODAY}


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened


@pytest.fixture
def dossier(archive: Archive) -> int:
    return collecting.create_dossier(archive, "D").value


def changes(archive: Archive, dossier: int, audience: Audience = Audience.STAFF) -> list[str]:
    shown = collected.outline(archive, dossier, audience=audience, on=TODAY)
    return [one.change for one in shown.items]


def test_a_passage_has_changed_when_its_words_have(archive: Archive, dossier: int) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-001")
    both = [Collected(interview, transcript, turns[n]) for n in (2, 4)]
    ids = collecting.add_items(archive, dossier, both).value
    assert changes(archive, dossier) == ["", ""]
    edit_text(archive, transcript, [TextEdit(turns[2], 0, 0, "Well, ")])
    assert changes(archive, dossier) == ["changed", ""]
    assert changes(archive, dossier, Audience.PUBLIC) == ["changed", ""]
    assert collected.accept_changes(archive, ids, **STAFF).value == 1
    assert changes(archive, dossier) == ["", ""]
    undo(archive)
    assert changes(archive, dossier) == ["changed", ""]
    undo(archive)
    assert changes(archive, dossier) == ["", ""]


def test_splitting_and_merging_turns_changes_no_passage(archive: Archive, dossier: int) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-001")
    collecting.add_items(archive, dossier, [Collected(interview, transcript, turns[2], turns[3])])
    text = text_of(archive, turns[2])
    split_turn(archive, transcript, turns[2], text.index(" ") + 1)
    assert changes(archive, dossier) == [""]
    undo(archive)
    merge_turns(archive, transcript, turns[2])
    assert changes(archive, dossier) == [""]


def test_a_passage_whose_words_are_gone_says_so(archive: Archive, dossier: int) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-004")
    collecting.add_items(archive, dossier, [Collected(interview, transcript, turns[7])])
    delete_turn(archive, transcript, turns[7])
    assert changes(archive, dossier) == ["gone"]


def test_a_passage_that_was_closed_says_so_to_those_who_are_shut_out(
    archive: Archive, dossier: int
) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-001")
    collecting.add_items(archive, dossier, [Collected(interview, transcript, turns[7])])
    access.restrict_span(
        archive, transcript, whole_turn(archive, turns[7]), shut_out=Audience.READING_ROOM
    )
    assert changes(archive, dossier) == [""]
    assert changes(archive, dossier, Audience.READING_ROOM) == ["closed"]


def test_what_changed_behind_a_mark_is_not_told_to_those_who_are_shut_out(
    archive: Archive, dossier: int
) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-001")
    whole = Collected(interview, transcript, turns[7], turns[8])
    collecting.add_items(archive, dossier, [whole, Collected(interview)])
    access.restrict_span(
        archive, transcript, whole_turn(archive, turns[7]), shut_out=Audience.READING_ROOM
    )
    end = len(text_of(archive, turns[7])) // 2
    edit_text(archive, transcript, [TextEdit(turns[7], end, end, "secret ")])
    assert changes(archive, dossier) == ["changed", "changed"]
    assert changes(archive, dossier, Audience.READING_ROOM) == ["", ""]


def test_an_interview_that_is_not_listed_is_closed_whatever_happens_to_it(
    archive: Archive, dossier: int
) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-002")
    collecting.add_items(
        archive, dossier, [Collected(interview), Collected(interview, transcript, turns[3])]
    )
    access.restrict_layer(archive, interview, Layer.LISTING, shut_out=Audience.PUBLIC)
    delete_turn(archive, transcript, turns[3])
    assert changes(archive, dossier, Audience.PUBLIC) == ["closed", "closed"]


def test_an_interview_has_changed_when_its_record_or_its_text_has(
    archive: Archive, dossier: int
) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-001")
    ids = collecting.add_items(archive, dossier, [Collected(interview)]).value
    assert changes(archive, dossier) == [""]
    interviews.edit_interview(archive, interview, {"abstract": "Another one."})
    assert changes(archive, dossier) == ["changed"]
    collected.accept_changes(archive, ids, **STAFF)
    edit_text(archive, transcript, [TextEdit(turns[30], 0, 0, "Well, ")])
    assert changes(archive, dossier) == ["changed"]


def test_what_may_not_be_seen_cannot_be_accepted(archive: Archive, dossier: int) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-001")
    ids = collecting.add_items(archive, dossier, [Collected(interview, transcript, turns[7])]).value
    edit_text(archive, transcript, [TextEdit(turns[7], 0, 0, "Well, ")])
    access.restrict_span(
        archive, transcript, whole_turn(archive, turns[7]), shut_out=Audience.PUBLIC
    )
    seen = kept(archive, dossier).items[0].seen
    done = collected.accept_changes(archive, ids, audience=Audience.PUBLIC, on=TODAY)
    assert done.value == 0
    assert kept(archive, dossier).items[0].seen == seen
